import { sliceMembers } from '@meshery/contracts';
import { MesheryError } from '@meshery/errors';
import type { RequestContext } from '@meshery/observability';
import type { GraphqlContext } from '../graphql-context.ts';
import type { SomeConnections } from './connection-ids.ts';
import { describeObject } from './describe-object.ts';
import { discoveredObjects } from './discovered-objects.ts';
import { clusterSelection } from './inventory-operations.ts';
import type { InventoryOperationsParts } from './inventory-operations.ts';
import type { Answer } from './with-published.ts';

type Parts = Pick<InventoryOperationsParts, 'queries' | 'providers'>;

/** An object by what people call it; no namespace for what is in none. */
interface NamedObject {
  readonly name: string;
  readonly kind: string;
  readonly namespace: string;
}

interface OfContexts extends SomeConnections {
  readonly contexts?: readonly string[] | null;
}

/** What Services of Prometheus and Grafana have in their names, whatever installed them. */
const telemetryNames = ['prometheus', 'grafana'];

/** Queries of single objects that were discovered. */
export function objectAnswers(parts: Parts): Readonly<Record<string, Answer>> {
  return {
    getKubectlDescribe: async (named: NamedObject, { ctx }: GraphqlContext) => described(parts, ctx, named),
    fetchTelemetryComponents: async ({ contexts, ...args }: OfContexts, { ctx }: GraphqlContext) =>
      telemetry(parts, ctx, { ...args, k8scontextIDs: contexts ?? null }),
  };
}

async function described({ queries }: Parts, ctx: RequestContext, named: NamedObject): Promise<object> {
  const { name, kind, namespace } = named;
  const filter = { clusterIds: 'all', kinds: [kind], namespaces: [namespace], search: name } as const;
  for await (const object of discoveredObjects(queries, ctx, filter)) {
    if (object.name !== name || object.json === undefined) continue;
    return { describe: describeObject(object.json), ctxid: object.clusterId };
  }
  throw new MesheryError('meshery-core-1002', `No ${kind} "${name}" was discovered in namespace "${namespace}".`, {
    probableCause: 'It was deleted, its kind is not discovered, or the name is spelt otherwise.',
    remedy: 'List the objects of the namespace; kinds are spelt as in manifests, e.g. "Deployment".',
  });
}

async function telemetry(parts: Parts, ctx: RequestContext, args: SomeConnections): Promise<readonly object[]> {
  const selected = await clusterSelection(parts, ctx, args);
  const found = new Map<string, object>();
  for (const search of telemetryNames) {
    for await (const service of discoveredObjects(parts.queries, ctx, { ...selected, kinds: ['Service'], search })) {
      const members = sliceMembers(service.json ?? '{}');
      const [spec, status] = [members.get('spec') ?? '{}', members.get('status') ?? '{}'];
      found.set(`${service.clusterId} ${service.uid}`, { name: service.name, spec, status });
    }
  }
  return [...found.values()];
}
