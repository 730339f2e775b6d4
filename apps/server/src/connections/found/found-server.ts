import { z } from 'zod';
import type { ConnectionDefinition, ServiceLabel } from '@meshery/object-model';
import type { StoredObject } from '@meshery/store';

/** A server that a Service of a cluster leads to. */
export interface FoundServer {
  /** Kind of its connection. */
  readonly kind: string;
  readonly clusterId: string;
  readonly namespace: string;
  readonly name: string;
  readonly url: string;
}

const service = z.object({
  metadata: z.object({ labels: z.record(z.string(), z.string()).default({}) }),
  spec: z.object({
    type: z.string().default('ClusterIP'),
    clusterIP: z.string().default(''),
    ports: z
      .array(
        z.object({
          name: z.string().default(''),
          port: z.int().min(1).max(65_535),
          protocol: z.string().default('TCP'),
        }),
      )
      .default([]),
  }),
  status: z
    .object({
      loadBalancer: z
        .object({
          ingress: z.array(z.object({ ip: z.string().optional(), hostname: z.string().optional() })).default([]),
        })
        .prefault({}),
    })
    .prefault({}),
});
type Service = z.output<typeof service>;

/** A kind of connection that is found in clusters, with the labels that tell it. */
export interface FoundKind {
  readonly kind: string;
  readonly labels: readonly ServiceLabel[];
}

/** Those of the known kinds that are found in clusters. */
export function foundKinds(definitions: readonly ConnectionDefinition[]): readonly FoundKind[] {
  return definitions.flatMap(({ kind, foundBy: labels }) => (labels.length === 0 ? [] : [{ kind, labels }]));
}

const componentKeys = ['app.kubernetes.io/component', 'component'];
const webPorts = ['http', 'web', 'http-web', 'https', 'service'];

/**
 * The server behind a Service that has a label of the kind; undefined where it is another part of the same product, or
 * has no address of its own to be asked at.
 */
export function foundServer(kind: string, { clusterId, namespace, name, json }: StoredObject): FoundServer | undefined {
  const { data } = service.safeParse(JSON.parse(json));
  if (data === undefined || data.spec.type === 'ExternalName' || data.spec.clusterIP === 'None') return undefined;
  const component = componentKeys.map((key) => data.metadata.labels[key]).find((value) => value !== undefined);
  if (component !== undefined && component !== 'server' && component !== kind) return undefined;
  const url = urlOf(data, `${name}.${namespace}.svc`);
  return url === undefined ? undefined : { kind, clusterId, namespace, name, url };
}

/** Its address outside of the cluster, else the one inside. */
function urlOf({ spec, status }: Service, inside: string): string | undefined {
  const ports = spec.ports.filter(({ protocol }) => protocol === 'TCP');
  const port = ports.find(({ name }) => webPorts.includes(name)) ?? ports[0];
  if (port === undefined) return undefined;
  const [outside] = status.loadBalancer.ingress;
  const host = outside?.hostname ?? outside?.ip ?? inside;
  const scheme = port.name === 'https' ? 'https' : 'http';
  // What a cluster says of itself must not become another URL than that of a host and a port.
  if (!/^[\w.:-]+$/.test(host)) return undefined;
  return URL.parse(`${scheme}://${host.includes(':') ? `[${host}]` : host}:${String(port.port)}`)?.origin;
}
