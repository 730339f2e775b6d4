import type { KubeTransport } from '../transport/kube-transport.ts';
import type { ApiResource, GroupDocument } from './api-resources.ts';
import { checkDiscoveryStatus, parseAnswer } from './api-resources.ts';

interface GroupList {
  readonly groups?: readonly {
    readonly name?: string;
    readonly versions?: readonly { readonly version?: string }[];
    readonly preferredVersion?: { readonly version?: string };
  }[];
}

interface ResourceList {
  readonly resources?: readonly {
    readonly name?: string;
    readonly singularName?: string;
    readonly kind?: string;
    readonly namespaced?: boolean;
    readonly verbs?: readonly string[];
  }[];
}

/** Reads one document per group version, as every API server since 1.0 serves them. */
export async function readClassic(transport: KubeTransport, signal: AbortSignal): Promise<readonly GroupDocument[]> {
  const core = (await getJson(transport, '/api', signal)) as { readonly versions?: readonly string[] };
  const named = (await getJson(transport, '/apis', signal)) as GroupList;
  const documents: GroupDocument[] = [await readGroup(transport, '', core.versions ?? [], signal)];
  for (const group of named.groups ?? []) {
    const preferred = group.preferredVersion?.version;
    const all = (group.versions ?? []).map(({ version = '' }) => version);
    const ordered = preferred === undefined ? all : [preferred, ...all.filter((version) => version !== preferred)];
    documents.push(await readGroup(transport, group.name ?? '', ordered, signal));
  }
  return documents;
}

async function readGroup(
  transport: KubeTransport,
  group: string,
  versions: readonly string[],
  signal: AbortSignal,
): Promise<GroupDocument> {
  const read: { version: string; resources: readonly ApiResource[] }[] = [];
  let stale = false;
  for (const version of versions) {
    const path = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
    const answer = await transport.get(path, { signal });
    // 503: an aggregated API server is down; 404: the version went away between two requests.
    if (answer.status !== 200) {
      stale = stale || answer.status !== 404;
      continue;
    }
    const list = parseAnswer(answer.body, path) as ResourceList;
    read.push({ version, resources: (list.resources ?? []).map((resource) => resourceOf(group, version, resource)) });
  }
  return { group, stale, versions: read };
}

function resourceOf(
  group: string,
  version: string,
  resource: NonNullable<ResourceList['resources']>[number],
): ApiResource {
  return {
    group,
    version,
    plural: resource.name ?? '',
    singular: resource.singularName ?? '',
    kind: resource.kind ?? '',
    namespaced: resource.namespaced === true,
    verbs: resource.verbs ?? [],
  };
}

async function getJson(transport: KubeTransport, path: string, signal: AbortSignal): Promise<unknown> {
  const answer = await transport.get(path, { signal });
  checkDiscoveryStatus(answer.status, path);
  return parseAnswer(answer.body, path);
}
