import type { KubeManifest } from '../builders/objects.ts';
import type { KubeAdmin, KubeAnswer } from './kube-admin.ts';

/** One object and where it goes. */
export interface LoadItem {
  /** For example `/api/v1/namespaces/default/pods`, with a query where one is wanted. */
  readonly collection: string;
  readonly json: string;
  /** A merge patch sent after the creation, for example to the status; `path` is below the API server's root. */
  readonly followUp?: { readonly path: string; readonly json: string };
}

/** How a load went. */
export interface LoadReport {
  readonly created: number;
  readonly seconds: number;
}

/** Collections of the built-in kinds that builders make. */
const collections: Readonly<
  Record<string, { readonly root: string; readonly plural: string; readonly cluster?: true }>
> = {
  Namespace: { root: '/api/v1', plural: 'namespaces', cluster: true },
  Node: { root: '/api/v1', plural: 'nodes', cluster: true },
  Pod: { root: '/api/v1', plural: 'pods' },
  ConfigMap: { root: '/api/v1', plural: 'configmaps' },
  Secret: { root: '/api/v1', plural: 'secrets' },
  Service: { root: '/api/v1', plural: 'services' },
  ServiceAccount: { root: '/api/v1', plural: 'serviceaccounts' },
  Deployment: { root: '/apis/apps/v1', plural: 'deployments' },
  CustomResourceDefinition: {
    root: '/apis/apiextensions.k8s.io/v1',
    plural: 'customresourcedefinitions',
    cluster: true,
  },
};

/** Where an object of a built-in kind is created. */
export function collectionOf(object: KubeManifest): string {
  const place = collections[object.kind];
  if (place === undefined) throw new Error(`the collection of kind ${object.kind} is not known here`);
  const scope = place.cluster === true ? '' : `/namespaces/${object.metadata.namespace ?? 'default'}`;
  return `${place.root}${scope}/${place.plural}`;
}

/** An object of a built-in kind as an item of a load. */
export function loadItem(object: KubeManifest): LoadItem {
  return { collection: collectionOf(object), json: JSON.stringify(object) };
}

/**
 * Creates objects as fast as the API server takes them, `workers` at a time; an object that is there already counts
 * as created. Rejects at the first other refusal.
 */
export async function bulkLoad(admin: KubeAdmin, items: Iterable<LoadItem>, workers = 40): Promise<LoadReport> {
  const started = performance.now();
  const queue = items[Symbol.iterator]();
  let created = 0;
  const work = async (): Promise<void> => {
    for (let item = queue.next(); item.done !== true; item = queue.next()) {
      await createOne(admin, item.value);
      created += 1;
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  return { created, seconds: (performance.now() - started) / 1000 };
}

async function createOne(admin: KubeAdmin, item: LoadItem): Promise<void> {
  const answer = await admin.send({ method: 'POST', path: item.collection, body: item.json, timeoutMs: 60_000 });
  if (answer.status !== 201 && answer.status !== 409) throw refused(`POST ${item.collection}`, answer);
  if (item.followUp === undefined) return;
  const { path, json } = item.followUp;
  const contentType = 'application/merge-patch+json';
  const followed = await admin.send({ method: 'PATCH', path, body: json, contentType, timeoutMs: 60_000 });
  if (followed.status !== 200) throw refused(`PATCH ${path}`, followed);
}

function refused(what: string, answer: KubeAnswer): Error {
  return new Error(`${what} was answered ${String(answer.status)}: ${answer.body.toString('utf8').slice(0, 400)}`);
}
