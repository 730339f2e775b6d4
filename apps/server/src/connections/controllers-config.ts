import { z } from 'zod';

const text = z.string().max(1024);
const texts = z.array(text).max(500);
const replicas = z.number().int().min(1).max(10);
const watched = z.object({ resource: text, events: z.array(z.enum(['ADDED', 'MODIFIED', 'DELETED'])).max(3) });

/** Settings of a cluster for operator, MeshSync and broker; what is left out is as the server has it. */
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
