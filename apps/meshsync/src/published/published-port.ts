import {
  ChangeType,
  KindState,
  RunVerdict,
  Verdict,
  encodeReply,
  encodeResourceEvent,
  publishedSubjects,
  toKubernetesResource,
} from '@meshery/contracts';
import type {
  Batch,
  BatchOutcome,
  EventType,
  IngestControl,
  IngestPort,
  KubernetesResource,
  ObjectChange,
  OpenRunRequest,
  OpenRunResponse,
} from '@meshery/contracts';
import { isMesheryError } from '@meshery/errors';
import type { Clock, Logger } from '@meshery/observability';
import type { Broker } from '@meshery/messaging';
import { StoreAnswer } from '../requests/store-answer.ts';
import { ObjectBook } from './object-book.ts';
import type { KnownObject } from './object-book.ts';

/** Says on every message that label and annotation values are plain, not escaped. */
const headers = { 'Meshery-Plain-Values': '1' };

const unwatched: ReadonlySet<KindState> = new Set([KindState.KIND_STATE_EXCLUDED, KindState.KIND_STATE_REMOVED]);

/** What a PublishedPort needs. */
export interface PublishedPortDeps {
  readonly broker: Broker;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Do not send again what did not change. */
  readonly contentDedup: boolean;
  readonly onTooLarge: () => void;
}

/**
 * Sends what is found as published messages, one for each object. Published consumers know no epochs: what a snapshot
 * does not name is announced as deleted. An `informer-store` request is answered by a new snapshot of every kind, sent
 * to the reply subject; so no object is kept in memory.
 */
export class PublishedPort implements IngestPort {
  readonly #deps: PublishedPortDeps;
  readonly #books = new Map<string, ObjectBook>();
  #incarnation: string | undefined;
  #store: StoreAnswer | undefined;
  #onControl: ((control: IngestControl) => void) | undefined;

  constructor(deps: PublishedPortDeps) {
    this.#deps = deps;
  }

  /** A run that opens again goes on with what is known; a new one begins with nothing. */
  // eslint-disable-next-line @typescript-eslint/require-await -- the port is asynchronous
  async openRun({ incarnation }: OpenRunRequest): Promise<OpenRunResponse> {
    if (incarnation !== this.#incarnation) this.#books.clear();
    this.#incarnation = incarnation;
    return { verdict: RunVerdict.RUN_VERDICT_ACCEPTED, checkpoints: [] };
  }

  async controls(_clusterId: string, onControl: (control: IngestControl) => void, signal: AbortSignal): Promise<void> {
    this.#onControl = onControl;
    const ended = Promise.withResolvers<undefined>();
    signal.addEventListener(
      'abort',
      () => {
        ended.resolve(undefined);
      },
      { once: true },
    );
    if (!signal.aborted) await ended.promise;
    this.#onControl = undefined;
  }

  /** Every object is sent to `reply`, in arrays of five (the request `informer-store`). */
  sendStore(reply: string): void {
    this.#store = new StoreAnswer(this.#books.keys(), (part, signal) =>
      this.#publish(reply, encodeReply(part), signal),
    );
    this.#onControl?.({ type: 'snapshot-all', reason: 'informer-store' });
  }

  async send(batch: Batch, signal: AbortSignal): Promise<BatchOutcome> {
    const { body } = batch;
    if (body?.$case === 'snapshotBegin') this.#begin(batch.kind);
    else if (body?.$case === 'changes')
      for (const change of body.value.objects) await this.#change(batch, change, signal);
    else if (body?.$case === 'snapshotEnd') await this.#end(batch, signal);
    else if (body?.$case === 'kindReport' && unwatched.has(body.value.state)) await this.#forget(batch, signal);
    await this.#flushed(signal);
    const { clusterId, incarnation, kind, sequence } = batch;
    return {
      clusterId,
      incarnation,
      kind,
      sequence,
      verdict: Verdict.VERDICT_COMMITTED,
      reason: '',
      expectedSequence: 0,
    };
  }

  #begin(kind: string): void {
    this.#book(kind).begin();
    this.#store?.begin(kind);
  }

  async #change(batch: Batch, change: ObjectChange, signal: AbortSignal): Promise<void> {
    const book = this.#book(batch.kind);
    if (change.type === ChangeType.CHANGE_TYPE_DELETE) {
      const known = book.delete(change);
      await this.#publishEvent('DELETED', gone({ ...change, ...known }, batch.clusterId), signal);
      return;
    }
    const before = book.upsert(change);
    const resource = toKubernetesResource(change.json, batch.clusterId);
    if (this.#store?.wants(batch.kind) === true) await this.#store.add(resource, signal);
    else if (!this.#deps.contentDedup || before?.resourceVersion !== change.resourceVersion) {
      const eventType = before === undefined || book.snapshotOpen ? 'ADDED' : 'MODIFIED';
      await this.#publishEvent(eventType, resource, signal);
    }
  }

  async #end(batch: Batch, signal: AbortSignal): Promise<void> {
    for (const known of this.#book(batch.kind).end())
      await this.#publishEvent('DELETED', gone(known, batch.clusterId), signal);
    await this.#store?.end(batch.kind, signal);
    if (this.#store?.complete === true) this.#store = undefined;
  }

  /** Nobody watches the kind any more: a consumer that keeps its objects would keep them for ever. */
  async #forget(batch: Batch, signal: AbortSignal): Promise<void> {
    this.#begin(batch.kind);
    await this.#end(batch, signal);
    this.#books.delete(batch.kind);
  }

  async #publishEvent(eventType: EventType, resource: KubernetesResource, signal: AbortSignal): Promise<void> {
    await this.#publish(publishedSubjects.core, encodeResourceEvent(eventType, resource), signal);
  }

  /** Waits while the broker is away; a message over its limit is left out, counted and logged: this form has no parts. */
  async #publish(subject: string, text: string, signal: AbortSignal): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      try {
        this.#deps.broker.publish(subject, text, { headers });
        return;
      } catch (error) {
        if (isMesheryError(error) && error.code === 'meshery-messaging-1502') {
          this.#deps.onTooLarge();
          this.#deps.logger.error(
            { err: error, code: error.code, subject },
            'an object is too large for the published form',
          );
          return;
        }
      }
      await this.#deps.clock.sleep(500, signal);
    }
  }

  /** Bounds what is on its way: the next batch starts when the broker has this one. */
  async #flushed(signal: AbortSignal): Promise<void> {
    try {
      await this.#deps.broker.flush();
    } catch (error) {
      signal.throwIfAborted();
      this.#deps.logger.debug({ err: error }, 'the broker went away; what it lost is sent with the next snapshot');
    }
  }

  #book(kind: string): ObjectBook {
    const book = this.#books.get(kind) ?? new ObjectBook();
    this.#books.set(kind, book);
    return book;
  }
}

/** The last thing that is said of an object. */
function gone(known: KnownObject, clusterId: string): KubernetesResource {
  const { apiVersion, kind, namespace, name, uid, resourceVersion } = known;
  return toKubernetesResource(
    JSON.stringify({ apiVersion, kind, metadata: { namespace, name, uid, resourceVersion } }),
    clusterId,
  );
}
