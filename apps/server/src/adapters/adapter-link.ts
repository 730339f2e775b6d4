import { meshes } from '@meshery/contracts';
import { MesheryError, toMesheryError } from '@meshery/errors';
import { backoffDelay } from '@meshery/kube';
import type { Clock, Logger } from '@meshery/observability';
import { FarSideHealth } from '../connections/kinds/far-side-health.ts';
import type { FarSideHealthParts } from '../connections/kinds/far-side-health.ts';
import type { AdapterClient, AdapterFacts } from './adapter-client.ts';

const reopenDelay = { minMs: 500, maxMs: 30_000 };
/** Who asks again within this time gets the same answer. */
const freshMs = 1000;

/** Which adapter it is: what tells it from another one at the same place. */
export type AdapterIdentity = Pick<AdapterFacts, 'name' | 'version' | 'gitSha'>;

/** What a link is made of. */
export interface AdapterLinkParts {
  readonly client: AdapterClient;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly random: () => number;
  readonly pollMs: number;
  readonly health: Pick<FarSideHealthParts<AdapterIdentity>, 'before' | 'keep'>;
  /** Told of each look: what it answered, or why it did not. */
  readonly onLook: (found: AdapterIdentity | Error) => void;
  readonly onEvent: (event: meshes.EventsResponse) => Promise<void>;
}

interface Look {
  readonly at: number;
  readonly facts: Promise<AdapterFacts>;
}

/** One adapter that is in use: it is tested all the time, and its events are heard while it can be reached. */
export class AdapterLink {
  readonly #parts: AdapterLinkParts;
  readonly #stop = new AbortController();
  /** Ends the stream of events of an adapter that does not answer any more. */
  #hearing: { readonly stop: AbortController; readonly ended: Promise<void> } | undefined;
  #look: Look | undefined;
  readonly #health: FarSideHealth<AdapterIdentity>;
  #running: Promise<void> = Promise.resolve();
  /** Operations whose end is waited for, by id. */
  readonly #awaited = new Map<string, PromiseWithResolvers<void>>();

  constructor(parts: AdapterLinkParts) {
    this.#parts = parts;
    this.#health = new FarSideHealth({ ...parts, ...parts.health });
  }

  /** Begins to test it, the first time after one pause. */
  start(): void {
    this.#running = this.#run(this.#stop.signal);
  }

  /** Resolves when everything about it has ended. */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.#hearing?.stop.abort();
    this.#parts.client.close();
    this.#loseAwaited();
    await Promise.all([this.#running, this.#hearing?.ended, this.#look?.facts.catch(() => undefined)]);
  }

  /** Looks at it now. Whoever asks at the same time shares the answer. Rejects as `AdapterClient.facts` does. */
  look(): Promise<AdapterFacts> {
    const now = this.#parts.clock.monotonic();
    if (this.#look === undefined || now - this.#look.at >= freshMs) {
      this.#look = { at: now, facts: this.#lookNow() };
    }
    return this.#look.facts;
  }

  /** Its own answer to whether it is there. */
  ping(signal: AbortSignal): Promise<void> {
    return this.#parts.client.ping(signal);
  }

  /** Hands it an operation. Rejects when it refuses; `ended` settles with the event that says how the operation went. */
  async apply(request: meshes.ApplyRuleRequest, signal: AbortSignal): Promise<{ readonly ended: Promise<void> }> {
    await this.look();
    const awaited = Promise.withResolvers<void>();
    awaited.promise.catch(() => undefined);
    this.#awaited.set(request.operationId, awaited);
    const forget = (): void => {
      this.#awaited.delete(request.operationId);
    };
    awaited.promise.then(forget, forget);
    try {
      const { error } = await this.#parts.client.apply(request, signal);
      if (error !== '' && error !== 'none') throw failedOperation(error, undefined);
    } catch (thrown) {
      awaited.reject(thrown);
      throw thrown;
    }
    return { ended: awaited.promise };
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { clock, pollMs } = this.#parts;
    for (;;) {
      await clock.sleep(pollMs, signal).catch(() => undefined);
      if (signal.aborted) return;
      // How it went is its health.
      await this.look().catch(() => undefined);
    }
  }

  async #lookNow(): Promise<AdapterFacts> {
    const { client } = this.#parts;
    const { signal } = this.#stop;
    try {
      const facts = await client.facts(signal);
      const { name, version, gitSha } = facts;
      this.#parts.onLook({ name, version, gitSha });
      await this.#health.reached({ name, version, gitSha });
      this.#hear();
      return facts;
    } catch (thrown) {
      if (signal.aborted) throw thrown;
      this.#hearing?.stop.abort();
      const error = toMesheryError(thrown);
      this.#parts.onLook(error);
      await this.#health.lost(error);
      throw error;
    }
  }

  #hear(): void {
    if (this.#hearing !== undefined || this.#stop.signal.aborted) return;
    const stop = new AbortController();
    const ended = this.#hearAll(stop.signal).finally(() => {
      this.#hearing = undefined;
    });
    this.#hearing = { stop, ended };
  }

  async #hearAll(signal: AbortSignal): Promise<void> {
    const { clock, random, logger } = this.#parts;
    for (let failures = 1; !signal.aborted; failures += 1) {
      const began = clock.monotonic();
      await this.#hearOnce(signal).catch((error: unknown) => {
        if (!signal.aborted) logger.debug({ code: toMesheryError(error).code }, 'the events of an adapter ended');
      });
      this.#loseAwaited();
      if (clock.monotonic() - began > reopenDelay.maxMs) failures = 1;
      await clock.sleep(backoffDelay(failures, reopenDelay, random), signal).catch(() => undefined);
    }
  }

  async #hearOnce(signal: AbortSignal): Promise<void> {
    for await (const event of this.#parts.client.events(signal)) {
      await this.#parts.onEvent(event);
      const awaited = this.#awaited.get(event.operationId);
      if (event.eventType === meshes.EventType.ERROR) awaited?.reject(failedOperation(event.summary, event));
      else awaited?.resolve();
    }
  }

  /** True for an operation that was begun here and has not ended. */
  isAwaited(operationId: string): boolean {
    return this.#awaited.has(operationId);
  }

  /** What an adapter says while nobody hears it is lost: it does not repeat itself. */
  #loseAwaited(): void {
    for (const awaited of this.#awaited.values()) {
      awaited.reject(
        new MesheryError('meshery-connection-1705', 'The adapter went away before it said how the operation ended.', {
          probableCause: 'It was stopped or restarted, or the connection to it broke.',
          remedy: 'Look at the cluster for what was done, then begin the operation again if it is needed.',
        }),
      );
    }
  }
}

function failedOperation(summary: string, event: meshes.EventsResponse | undefined): MesheryError {
  const { probableCause = '', suggestedRemediation = '', errorCode = '' } = event ?? {};
  return new MesheryError('meshery-connection-1702', `The adapter reports that it failed: ${summary.slice(0, 500)}`, {
    probableCause: probableCause.slice(0, 1000) || 'The adapter says no more; its own log may.',
    remedy: suggestedRemediation.slice(0, 1000) || 'Read the events of the adapter, then begin the operation again.',
    ...(errorCode === '' ? {} : { details: { adapterCode: errorCode.slice(0, 100) } }),
  });
}
