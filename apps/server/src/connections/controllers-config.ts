import { z } from 'zod';

const text = z.string().max(1024);
const texts = z.array(text).max(500);
const replicas = z.number().int().min(1).max(10);
const watched = z.object({ resource: text, events: z.array(z.enum(['ADDED', 'MODIFIED', 'DELETED'])).max(3) });

/** Settings of operator, MeshSync and broker; every one may be left out. */
export const controllersConfig = z.object({
  schemaVersion: text.optional(),
  operator: z
    .object({ deploymentMode: z.enum(['operator', 'embedded']), version: text })
    .partial()
    .optional(),
  meshsync: z
    .object({
      version: text,
      replicas,
      watchList: z.object({ whitelist: z.array(watched).max(500), blacklist: texts }).partial(),
      outputNamespaces: texts,
      outputResources: texts,
      redactSecrets: z.boolean(),
      brokerContentDedup: z.boolean(),
      debugLogging: z.boolean(),
    })
    .partial()
    .optional(),
  broker: z
    .object({
      version: text,
      replicas,
      service: z
        .object({
          type: z.enum(['ClusterIP', 'NodePort', 'LoadBalancer']),
          annotations: z.record(z.string(), text),
          loadBalancerClass: text,
          loadBalancerSourceRanges: texts,
          externalEndpointOverride: text,
        })
        .partial(),
    })
    .partial()
    .optional(),
});

type Config = Readonly<Record<string, unknown>>;

/** The settings of a cluster without any of its own. */
export const defaultControllersConfig: Config = {
  schemaVersion: 'controllersconfig.meshery.io/v1alpha1',
  operator: { deploymentMode: 'embedded' },
  meshsync: { replicas: 1, watchList: {}, outputNamespaces: [], outputResources: [], redactSecrets: true },
  broker: { replicas: 1, service: { type: 'ClusterIP' } },
};

/** The defaults with the settings of a cluster laid over them, group by group. */
export function effectiveConfig(override: Config): Config {
  const groups = Object.entries(override).map(([name, value]) => {
    const base = defaultControllersConfig[name];
    const isGroup = typeof value === 'object' && value !== null && typeof base === 'object' && base !== null;
    return [name, isGroup ? { ...base, ...value } : value] as const;
  });
  return { ...defaultControllersConfig, ...Object.fromEntries(groups) };
}
