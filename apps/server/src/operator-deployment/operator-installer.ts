import { isMesheryError } from '@meshery/errors';
import { Applier, isApplied, keyOf } from '@meshery/kube/reconcile';
import type { KubeClient, KubeObject } from '@meshery/kube/reconcile';
import type { Clock } from '@meshery/observability';
import { inParallel } from '../kubernetes/in-parallel.ts';
import { definitionType, deploymentType, namespaceType } from './kinds.ts';
import { missingRights, neededRights } from './needed-rights.ts';
import { inWords, notInTime, othersOperatorNotReady, rightsMissing, takenByOthers } from './operator-errors.ts';
import { deployedForAnnotation } from './wanted-objects.ts';
import type { PlacedObject } from './wanted-objects.ts';

/** Name of the field manager that owns what the server applies. */
export const fieldManager = 'meshery-server';

const operatorName = 'meshery-operator';
const read = 8;
const establishedMs = 30_000;
const pollMs = 100;

/** What installs the operator in one cluster. */
export interface InstallerParts {
  readonly client: KubeClient;
  readonly clock: Clock;
  /** Id of the connection that it is deployed for. */
  readonly connectionId: string;
  readonly wanted: readonly PlacedObject[];
  /**
   * State of objects in which applying changes nothing although something else stands in them, by their key: what a
   * webhook of the cluster adds to lists stays. Kept from one look to the next.
   */
  readonly settled: Map<string, string>;
}

/** An object as it is wanted, and as it is; `live` is undefined where it is not there. */
export interface Compared extends PlacedObject {
  readonly live: KubeObject | undefined;
}

type Deployment = KubeObject & { readonly status?: { readonly readyReplicas?: number } };
type Definition = KubeObject & {
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
};

/** Looks at the operator of a cluster and deploys it. What somebody else made is never written to. */
export class OperatorInstaller {
  readonly #parts: InstallerParts;
  readonly #applier: Applier;

  constructor(parts: InstallerParts) {
    this.#parts = parts;
    this.#applier = new Applier({ client: parts.client, fieldManager });
  }

  /**
   * What has to be written, in its order; nothing where all is as wanted, or somebody else's operator works. Changes
   * nothing. Rejects with `meshery-connection-1706` when a right is missing, and `1707` for what somebody else made.
   */
  async plan(signal: AbortSignal): Promise<readonly PlacedObject[]> {
    const { client, connectionId, wanted } = this.#parts;
    const others = await this.#othersOperator(signal);
    if (others !== undefined) {
      if ((others.status?.readyReplicas ?? 0) > 0) return [];
      throw othersOperatorNotReady(keyOf(others.metadata));
    }
    const seen = await this.#lookIfAllowed(signal);
    if (seen?.some((one) => this.#isToWrite(one)) === false) return [];
    const missing = await missingRights(client, neededRights(wanted), signal);
    if (missing.length > 0) throw rightsMissing(missing);
    const compared = seen ?? (await this.look(signal));
    const strangers = compared.filter(({ type, live }) => type !== namespaceType && isOthers(live, connectionId));
    if (strangers.length > 0) throw takenByOthers(strangers.map(({ type, object }) => inWords(type, object.metadata)));
    return compared.filter((one) => this.#isToWrite(one));
  }

  /** Applies what was planned. Calls back with the number of objects that are done. */
  async apply(planned: readonly PlacedObject[], onDone: (count: number) => void, signal: AbortSignal): Promise<void> {
    for (const [index, { type, object }] of planned.entries()) {
      signal.throwIfAborted();
      const { object: live } = await this.#applier.apply(type, object, undefined, signal);
      if (isApplied(live, object)) this.#parts.settled.delete(inWords(type, object.metadata));
      else this.#parts.settled.set(inWords(type, object.metadata), stateOf(live));
      const isLastDefinition = type === definitionType && planned[index + 1]?.type !== definitionType;
      if (isLastDefinition) await this.#established(signal);
      onDone(index + 1);
    }
  }

  /** Every object that is wanted, as it is. Rejects as `KubeClient.get` does. */
  look(signal: AbortSignal): Promise<readonly Compared[]> {
    const { client, wanted } = this.#parts;
    return inParallel(wanted, read, async ({ type, object }) => ({
      type,
      object,
      live: await client.get<KubeObject>(type, object.metadata, signal),
    }));
  }

  #isToWrite({ type, object, live }: Compared): boolean {
    const { connectionId, settled } = this.#parts;
    if (live === undefined) return true;
    if (type === namespaceType && !isOwn(live, connectionId)) return false;
    return !isApplied(live, object) && settled.get(inWords(type, object.metadata)) !== stateOf(live);
  }

  /** Undefined where that much may not be seen. */
  async #lookIfAllowed(signal: AbortSignal): Promise<readonly Compared[] | undefined> {
    try {
      return await this.look(signal);
    } catch (error) {
      if (isForbidden(error)) return undefined;
      throw error;
    }
  }

  /** An operator that was not deployed for this connection, wherever in the cluster it is as far as that may be seen. */
  async #othersOperator(signal: AbortSignal): Promise<Deployment | undefined> {
    const { client, connectionId } = this.#parts;
    const labelSelector = `app.kubernetes.io/name=${operatorName}`;
    const named = { namespace: this.#namespace(), name: operatorName };
    const found = await Promise.all([
      orNothing(client.get<Deployment>(deploymentType, named, signal)),
      orNothing(client.list<Deployment>(deploymentType, { labelSelector }, signal)),
    ]);
    return found.flat().find((one): one is Deployment => isOthers(one, connectionId));
  }

  #namespace(): string {
    return this.#parts.wanted.find(({ type }) => type === deploymentType)?.object.metadata.namespace ?? '';
  }

  async #established(signal: AbortSignal): Promise<void> {
    const { client, clock, wanted } = this.#parts;
    const end = clock.monotonic() + establishedMs;
    const definitions = wanted.filter(({ type }) => type === definitionType);
    for (;;) {
      const live = await inParallel(definitions, read, ({ type, object }) =>
        client.get<Definition>(type, object.metadata, signal),
      );
      const waiting = definitions.filter((_one, index) => !isEstablished(live[index]));
      if (waiting.length === 0) return;
      if (clock.monotonic() > end) {
        const left = waiting.map(({ type, object }) => inWords(type, object.metadata));
        throw notInTime('The kinds of the operator are not served', left);
      }
      await clock.sleep(pollMs, signal);
    }
  }
}

/** True for an object that was deployed for this connection. */
export function isOwn(live: KubeObject | undefined, connectionId: string): boolean {
  return live?.metadata.annotations?.[deployedForAnnotation] === connectionId;
}

function isOthers(live: KubeObject | undefined, connectionId: string): boolean {
  return live !== undefined && !isOwn(live, connectionId);
}

/** Its status may change without a new state. */
function stateOf({ metadata }: KubeObject): string {
  const { uid = '', generation, resourceVersion = '' } = metadata;
  return `${uid} ${generation === undefined ? resourceVersion : String(generation)}`;
}

function isForbidden(error: unknown): boolean {
  return isMesheryError(error) && error.code === 'meshery-kube-1308';
}

async function orNothing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (isForbidden(error)) return undefined;
    throw error;
  }
}

function isEstablished(live: Definition | undefined): boolean {
  return live?.status?.conditions?.some(({ type, status }) => type === 'Established' && status === 'True') === true;
}
