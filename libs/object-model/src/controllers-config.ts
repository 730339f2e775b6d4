import { z } from 'zod';

const shortText = z
  .string()
  .max(256)
  .refine((text) => !/\p{Cc}/u.test(text), 'must not contain control characters');
const version = shortText.nullish().transform((text) => text ?? '');
const resourceKey = z.string().regex(/^[\w.-]{1,253}\.v[\w]{1,63}\.[\w.-]{0,253}$/, 'must be plural.version.group');
const cidr = z.union([z.cidrv4(), z.cidrv6()]);
const hostAndPort = z.string().regex(/^(\[[0-9a-fA-F:.]+\]|[^\s:/@]{1,253}):\d{1,5}$/, 'must be HOST:PORT');
const texts = z.array(shortText).max(256).default([]);

const watchList = z
  .strictObject({
    whitelist: z
      .array(
        z.strictObject({
          resource: resourceKey,
          events: z
            .array(z.enum(['ADDED', 'MODIFIED', 'DELETED']))
            .max(3)
            .default([]),
        }),
      )
      .max(512)
      .default([]),
    blacklist: z.array(resourceKey).max(512).default([]),
  })
  .refine(({ whitelist, blacklist }) => whitelist.length === 0 || blacklist.length === 0, {
    error: 'names kinds in whitelist or in blacklist, not in both',
  });

const service = z
  .strictObject({
    type: z.enum(['ClusterIP', 'NodePort', 'LoadBalancer']).default('ClusterIP'),
    annotations: z.record(z.string().max(316), z.string().max(4096)).default({}),
    loadBalancerClass: shortText.default(''),
    loadBalancerSourceRanges: z.array(cidr).max(64).default([]),
    externalEndpointOverride: z.union([z.literal(''), hostAndPort]).default(''),
  })
  .refine(
    ({ type, loadBalancerClass, loadBalancerSourceRanges }) =>
      type === 'LoadBalancer' || (loadBalancerClass === '' && loadBalancerSourceRanges.length === 0),
    { error: 'has settings of a load balancer but another type' },
  );

const operator = z.strictObject({ deploymentMode: z.enum(['operator', 'embedded']).default('operator'), version });

const meshsync = z.strictObject({
  version,
  replicas: z.int().min(0).max(10).default(1),
  watchList: watchList.prefault({}),
  outputNamespaces: texts,
  outputResources: texts,
  redactSecrets: z.boolean().default(true),
  brokerContentDedup: z.boolean().default(true),
  debugLogging: z.boolean().default(false),
});

const broker = z.strictObject({
  version,
  replicas: z.int().min(1).max(10).default(1),
  service: service.prefault({}),
});

/** How operator, MeshSync and broker are set up in a cluster; what is left out has its default. */
export const controllersConfig = z.strictObject({
  schemaVersion: shortText.default('controllers.meshery.io/v1beta1'),
  operator: operator.prefault({}),
  meshsync: meshsync.prefault({}),
  broker: broker.prefault({}),
});
/** See `controllersConfig`. */
export type ControllersConfig = z.output<typeof controllersConfig>;
