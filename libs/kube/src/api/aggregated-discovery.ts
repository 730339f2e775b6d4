import { credentialRejected } from '../kube-errors.ts';
import type { KubeTransport } from '../transport/kube-transport.ts';
import type { ApiResource, DiscoveryCache, GroupDocument } from './api-resources.ts';
import { checkDiscoveryStatus, parseAnswer } from './api-resources.ts';

const aggregatedType = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';
const aggregatedBetaType = 'application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList';

interface AggregatedResource {
  readonly resource?: string;
  readonly responseKind?: { readonly kind?: string } | null;
  readonly scope?: string;
  readonly singularResource?: string;
  readonly verbs?: readonly string[];
}

interface AggregatedDocument {
  readonly kind?: string;
  readonly items?: readonly {
    readonly metadata?: { readonly name?: string };
    readonly versions?: readonly {
      readonly version?: string;
      readonly resources?: readonly AggregatedResource[];
      readonly freshness?: string;
    }[];
  }[];
}

/** Reads /api or /apis in the aggregated form (KEP-3352); undefined when the server does not speak it. */
export async function readAggregated(
  transport: KubeTransport,
  path: string,
  cache: DiscoveryCache,
  signal: AbortSignal,
): Promise<readonly GroupDocument[] | undefined> {
  const known = cache.get(path);
  const accept = `${aggregatedType},${aggregatedBetaType},application/json`;
  const headers = known === undefined ? {} : { 'if-none-match': known.etag };
  const answer = await transport.get(path, { signal, accept, headers });
  if (answer.status === 304 && known !== undefined) return known.groups;
  if (answer.status === 406) return undefined;
  if (answer.status === 401) {
    transport.invalidateCredential();
    throw credentialRejected(transport.server);
  }
  checkDiscoveryStatus(answer.status, path);
  const document = parseAnswer(answer.body, path) as AggregatedDocument | null;
  if (document?.kind !== 'APIGroupDiscoveryList') return undefined;
  const groups = (document.items ?? []).map(groupOf);
  const etag = answer.headers['etag'];
  if (typeof etag === 'string') cache.set(path, { etag, groups });
  return groups;
}

function groupOf(item: NonNullable<AggregatedDocument['items']>[number]): GroupDocument {
  const group = item.metadata?.name ?? '';
  const versions = item.versions ?? [];
  return {
    group,
    stale: versions.some((version) => version.freshness === 'Stale'),
    versions: versions.map(({ version = '', resources = [] }) => ({
      version,
      resources: resources.map((resource) => resourceOf(group, version, resource)),
    })),
  };
}

function resourceOf(group: string, version: string, resource: AggregatedResource): ApiResource {
  return {
    group,
    version,
    plural: resource.resource ?? '',
    singular: resource.singularResource ?? '',
    kind: resource.responseKind?.kind ?? '',
    namespaced: resource.scope === 'Namespaced',
    verbs: resource.verbs ?? [],
  };
}
