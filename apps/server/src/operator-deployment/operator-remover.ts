import { isMesheryError } from '@meshery/errors';
import type { KubeClient, KubeObject } from '@meshery/kube/reconcile';
import type { Clock } from '@meshery/observability';
import { inParallel } from '../kubernetes/in-parallel.ts';
import { brokerType, definitionType, meshSyncType, namespaceContents, namespaceType } from './kinds.ts';
import { inWords, notInTime } from './operator-errors.ts';
import { isOwn } from './operator-installer.ts';
import type { PlacedObject } from './wanted-objects.ts';

const read = 8;
const pollMs = 200;

/** What removes the operator from one cluster. */
export interface RemoverParts {
  readonly client: KubeClient;
  readonly clock: Clock;
  /** Id of the connection that it was deployed for: what was deployed for another one stays. */
  readonly connectionId: string;
  readonly wanted: readonly PlacedObject[];
  /** Milliseconds for the objects of each step to go. */
  readonly goneMs: number;
  /** Milliseconds for what the operator made itself to go: pods take as long as they may. */
  readonly childrenMs: number;
}

/** Removes what was deployed for a connection, and nothing else. */
export class OperatorRemover {
  readonly #parts: RemoverParts;

  constructor(parts: RemoverParts) {
    this.#parts = parts;
  }

  /**
   * Custom resources go first, while the operator still runs and cleans up after them; then the operator, then its
   * kinds and its namespace unless somebody else uses them. Calls back with per cent that are done. Answers what stays
   * because of others, in words. Rejects with `meshery-connection-1708` for what does not go in time.
   */
  async remove(onProgress: (percent: number) => void, signal: AbortSignal): Promise<readonly string[]> {
    const own = await this.#own(signal);
    const isCustom = ({ type }: PlacedObject): boolean => type === brokerType || type === meshSyncType;
    const isLast = ({ type }: PlacedObject): boolean => type === definitionType || type === namespaceType;
    await this.#delete(own.filter(isCustom), signal);
    onProgress(40);
    await this.#delete(own.filter((one) => !isCustom(one) && !isLast(one)).toReversed(), signal);
    onProgress(60);
    const definitions = own.filter(({ type }) => type === definitionType);
    const users = definitions.length === 0 ? [] : await this.#customResources(signal);
    if (users.length === 0) await this.#delete(definitions, signal);
    onProgress(80);
    const namespaces = own.filter(({ type }) => type === namespaceType);
    const contents = namespaces.length === 0 ? [] : await this.#emptied(namespaces, signal);
    if (contents.length === 0) await this.#delete(namespaces, signal);
    return [...users, ...contents];
  }

  async #own(signal: AbortSignal): Promise<readonly PlacedObject[]> {
    const { client, connectionId, wanted } = this.#parts;
    const live = await inParallel(wanted, read, ({ type, object }) =>
      client.get<KubeObject>(type, object.metadata, signal),
    );
    return wanted.filter((_one, index) => isOwn(live[index], connectionId));
  }

  /** Deletes objects and waits until they are gone. */
  async #delete(objects: readonly PlacedObject[], signal: AbortSignal): Promise<void> {
    const { client, clock, goneMs } = this.#parts;
    for (const { type, object } of objects) await client.delete(type, object.metadata, {}, signal);
    const end = clock.monotonic() + goneMs;
    for (;;) {
      const left = (await inParallel(objects, read, (one) => this.#leftOf(one, signal))).filter((text) => text !== '');
      if (left.length === 0) return;
      if (clock.monotonic() > end) throw notInTime('These objects of the operator do not go', left);
      await clock.sleep(pollMs, signal);
    }
  }

  /** An object that is still there, with what it waits for; empty when it is gone or somebody made it anew. */
  async #leftOf({ type, object }: PlacedObject, signal: AbortSignal): Promise<string> {
    const live = await this.#parts.client.get<KubeObject>(type, object.metadata, signal);
    if (live?.metadata.deletionTimestamp === undefined) return '';
    const { finalizers = [] } = live.metadata;
    const waits = finalizers.length === 0 ? '' : ` (finalizers ${finalizers.join(', ')})`;
    return `${inWords(type, object.metadata)}${waits}`;
  }

  /** Brokers and MeshSyncs of others: with their kinds they would go, too. */
  async #customResources(signal: AbortSignal): Promise<readonly string[]> {
    const { client } = this.#parts;
    const found = await inParallel([brokerType, meshSyncType], read, async (type) => {
      const items = await client.list<KubeObject>(type, {}, signal).catch(noneWithoutKind);
      return items.map(({ metadata }) => inWords(type, metadata));
    });
    return found.flat();
  }

  /**
   * What others keep in the namespace, when all that the operator made is gone. What has an owner or is being deleted is
   * waited for: it is nobody else's, however long it takes.
   */
  async #emptied([namespace]: readonly PlacedObject[], signal: AbortSignal): Promise<readonly string[]> {
    const { clock, childrenMs } = this.#parts;
    const name = namespace?.object.metadata.name ?? '';
    const end = clock.monotonic() + childrenMs;
    for (;;) {
      const left = await this.#contents(name, signal);
      const others = left.filter(({ isEnding }) => !isEnding);
      if (others.length > 0 || left.length === 0) return others.map(({ text }) => text);
      const texts = left.map(({ text }) => text);
      if (clock.monotonic() > end) throw notInTime('What the operator made does not go', texts);
      await clock.sleep(pollMs, signal);
    }
  }

  /** What is in a namespace, but for what every namespace has. */
  async #contents(namespace: string, signal: AbortSignal): Promise<readonly Content[]> {
    const found = await inParallel(namespaceContents, read, async (type) => {
      const items = await this.#parts.client.list<KubeObject>(type, { namespace }, signal);
      return items
        .filter(({ metadata }) => !isAlwaysThere(type.kind, metadata.name))
        .map(({ metadata }) => ({ text: inWords(type, metadata), isEnding: isEnding(metadata) }));
    });
    return found.flat();
  }
}

/** An object in the namespace of the operator. */
interface Content {
  /** The object in words. */
  readonly text: string;
  /** It goes by itself. */
  readonly isEnding: boolean;
}

function isEnding({ deletionTimestamp, ownerReferences = [] }: KubeObject['metadata']): boolean {
  return deletionTimestamp !== undefined || ownerReferences.length > 0;
}

/** Every namespace has these. */
function isAlwaysThere(kind: string, name: string): boolean {
  return (kind === 'ConfigMap' && name === 'kube-root-ca.crt') || (kind === 'ServiceAccount' && name === 'default');
}

/** A kind that the cluster does not know any more has no objects. */
function noneWithoutKind(error: unknown): readonly KubeObject[] {
  if (isMesheryError(error) && error.code === 'meshery-kube-1313') return [];
  throw error;
}
