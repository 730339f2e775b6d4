import { retryAfterMs } from '../transport/backoff.ts';
import type { KubeStream } from '../transport/kube-transport.ts';
import { classifyStatus, outcome, readStatus } from './api-status.ts';
import type { StreamOutcome } from './api-status.ts';
import { LineFramer } from './line-framer.ts';
import type { Framer } from './line-framer.ts';
import { ListFramer } from './list-framer.ts';
import type { ListEnvelope } from './list-framer.ts';
import { isOlderVersion } from './resource-version.ts';
import type { ResourceStreamOptions } from './resource-stream.ts';
import { StreamFault } from './stream-fault.ts';
import { guardBody, readErrorBody, readRecords } from './stream-reader.ts';
import { cutWatchLine, readBookmark } from './watch-event.ts';
import type { WatchEventType } from './watch-event.ts';

const jsonType = 'application/json';
const metadataType = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1';
const metadataListType = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';
const streamingListQuery = 'watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true';
/** Most bytes read of an error answer, and longest silence in it in ms. */
const maxErrorBytes = 64 * 1024;
const maxErrorSilenceMs = 5000;

/** How an attempt starts. */
export interface AttemptPlan {
  /** Lists are paged instead of streamed. */
  readonly paged: boolean;
  /** Set when a snapshot is needed. */
  readonly snapshotReason: string | undefined;
  /** The watch before this one was given up because it said nothing. */
  readonly afterSilence: boolean;
  /** Called once, when the stream is live. */
  readonly onLive: () => void;
}

/** One attempt of a stream: at most one snapshot and one watch connection. */
export class StreamAttempt {
  readonly #options: ResourceStreamOptions;
  readonly #plan: AttemptPlan;
  readonly #controller = new AbortController();
  #holdsSlot = false;
  #inSnapshot = false;
  #live = false;
  #late = false;
  #verb: StreamOutcome['verb'];

  constructor(options: ResourceStreamOptions, plan: AttemptPlan) {
    this.#options = options;
    this.#plan = plan;
  }

  /** Ends the attempt with this outcome. */
  abort(ended: StreamOutcome): void {
    this.#controller.abort(new StreamFault(ended));
  }

  /** Runs to its end. Rejects with the signal's reason or an error of the sink. */
  async run(signal: AbortSignal): Promise<StreamOutcome> {
    const onAbort = (): void => {
      this.#controller.abort(signal.reason);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      await this.#follow();
      return outcome('ended', 'The API server closed the watch.');
    } catch (error) {
      if (signal.aborted || !(error instanceof StreamFault)) throw error;
      return this.#withMeaning({ ...error.outcome, ...(this.#verb === undefined ? {} : { verb: this.#verb }) });
    } finally {
      signal.removeEventListener('abort', onAbort);
      this.#controller.abort();
      this.#releaseSlot();
    }
  }

  get #signal(): AbortSignal {
    return this.#controller.signal;
  }

  async #follow(): Promise<void> {
    const reason = this.#plan.snapshotReason;
    if (reason === undefined) return this.#watch();
    await this.#options.snapshots.acquire(this.#signal);
    this.#holdsSlot = true;
    if (!this.#plan.paged) return this.#streamingList(reason);
    await this.#pagedList(reason);
    this.#releaseSlot();
    return this.#watch();
  }

  async #streamingList(reason: string): Promise<void> {
    const stream = await this.#connect(streamingListQuery, true);
    await this.#beginSnapshot(reason);
    await this.#readWatch(stream);
    if (this.#inSnapshot) throw new StreamFault(outcome('broken', 'The initial list ended too early.'));
  }

  async #pagedList(reason: string): Promise<void> {
    const { config, sink } = this.#options;
    for (let token = ''; ;) {
      const more = token === '' ? '' : `&continue=${encodeURIComponent(token)}`;
      const stream = await this.#connect(`limit=${String(config.pageSize)}${more}`, false);
      if (!this.#inSnapshot) await this.#beginSnapshot(reason);
      const envelope = await this.#readPage(stream);
      token = envelope.continueToken;
      if (token !== '') continue;
      await sink.snapshotEnd(envelope.resourceVersion);
      this.#inSnapshot = false;
      return;
    }
  }

  async #watch(): Promise<void> {
    const { clock, config, sink } = this.#options;
    const position = encodeURIComponent(sink.position() ?? '');
    const stream = await this.#connect(`watch=1&allowWatchBookmarks=true&resourceVersion=${position}`, false);
    // A position that is too old is refused inside the answer, at once: only after that the watch counts as accepted.
    const settling = clock.sleep(config.settleMs, this.#signal).then(
      () => {
        this.#goLive();
      },
      () => undefined,
    );
    await this.#readWatch(stream);
    await settling;
  }

  async #connect(query: string, streamingList: boolean): Promise<KubeStream> {
    const { transport, clock } = this.#options;
    const stream = await this.#open(query);
    if (stream.status === 200) return stream;
    if (stream.status === 401) transport.invalidateCredential();
    const guard = guardBody(stream.body, this.#signal, () => maxErrorSilenceMs, clock);
    const body = await readErrorBody(stream.body, maxErrorBytes);
    await guard.end();
    const ended = classifyStatus(readStatus(body, stream.status), streamingList);
    const wait = retryAfterMs(stream.headers['retry-after'], clock.now());
    throw new StreamFault(
      wait === undefined ? ended : { ...ended, retryAfterMs: Math.max(wait, ended.retryAfterMs ?? 0) },
    );
  }

  async #open(query: string): Promise<KubeStream> {
    const { transport, path, metadataOnly } = this.#options;
    this.#verb = query.startsWith('watch') ? 'watch' : 'list';
    const partial = this.#verb === 'watch' ? metadataType : metadataListType;
    try {
      return await transport.stream(`${path}?${query}${selection(this.#options)}`, {
        signal: this.#signal,
        accept: metadataOnly ? `${partial},${jsonType}` : jsonType,
      });
    } catch (error) {
      this.#signal.throwIfAborted();
      const cause = error instanceof Error ? error : new Error(String(error));
      throw new StreamFault(outcome('unreachable', cause.message, cause));
    }
  }

  async #beginSnapshot(reason: string): Promise<void> {
    this.#inSnapshot = true;
    this.#options.sink.phase('listing');
    await this.#options.sink.snapshotBegin(reason);
  }

  async #readPage(stream: KubeStream): Promise<ListEnvelope> {
    const { config, sink } = this.#options;
    const framer = new ListFramer(config.maxObjectBytes, (bytes, head) => {
      sink.oversized(bytes, head);
    });
    await this.#read(stream, framer, (item) => sink.event('ADDED', item, framer.nesting));
    const envelope = framer.finish();
    if (envelope === undefined) throw new StreamFault(outcome('broken', 'A list page ended too early.'));
    return envelope;
  }

  #readWatch(stream: KubeStream): Promise<void> {
    const { config, sink } = this.#options;
    const framer = new LineFramer(config.maxObjectBytes, (bytes, head) => {
      sink.oversized(bytes, head);
    });
    return this.#read(stream, framer, (line) => this.#line(line));
  }

  #line(line: Buffer): void | Promise<void> {
    const { sink } = this.#options;
    const event = cutWatchLine(line);
    if (event === undefined) {
      sink.garbled(line);
      return undefined;
    }
    if (event.type === 'ERROR') throw new StreamFault(classifyStatus(readStatus(event.object, 500), this.#inSnapshot));
    if (!this.#inSnapshot && !this.#live) this.#accepted(event.type);
    return event.type === 'BOOKMARK' ? this.#bookmark(event.object) : sink.event(event.type, event.object);
  }

  async #bookmark(object: Buffer): Promise<void> {
    const { sink } = this.#options;
    const { resourceVersion, initialEventsEnd } = readBookmark(object);
    if (this.#inSnapshot && !initialEventsEnd) return;
    if (this.#inSnapshot) {
      await sink.snapshotEnd(resourceVersion);
      this.#inSnapshot = false;
      this.#releaseSlot();
      this.#goLive();
      return;
    }
    if (isOlderVersion(resourceVersion, sink.position())) {
      const message = 'The API server is older than what was read before, for example restored from a backup.';
      throw new StreamFault({ end: 'expired', reason: 'ResourceVersionWentBack', message });
    }
    await sink.bookmark(resourceVersion);
  }

  /**
   * A new watch begins with what happened since its position. After a silence that is what the connection before kept
   * back: it was dead and not idle, and what was read is late until the watch has settled.
   */
  #accepted(type: WatchEventType): void {
    if (!this.#plan.afterSilence || type === 'BOOKMARK') {
      if (!this.#late) this.#goLive();
    } else if (!this.#late) {
      this.#late = true;
      const stalled = outcome(
        'stalled',
        'The watch said nothing although there were changes: its connection was dead.',
      );
      this.#options.sink.phase('waiting', { ...stalled, verb: 'watch' });
    }
  }

  #goLive(): void {
    if (this.#live || this.#signal.aborted) return;
    this.#live = true;
    this.#plan.onLive();
    this.#options.sink.phase('live');
  }

  async #read(stream: KubeStream, framer: Framer, onRecord: (record: Buffer) => void | Promise<void>): Promise<void> {
    const { config, sink, clock } = this.#options;
    const limit = (): number => (this.#inSnapshot ? config.listStallMs : config.stallMs);
    const guard = guardBody(stream.body, this.#signal, limit, clock);
    try {
      await readRecords(stream.body, { framer, onRecord, onIdle: () => sink.idle() });
    } finally {
      await guard.end();
    }
  }

  /**
   * What a silence means. A streaming list is paged next time: proxies are known to hold back its closing bookmark. A
   * watch may just be idle: API servers send bookmarks only as far as their cache has moved on, and none for Events.
   */
  #withMeaning(ended: StreamOutcome): StreamOutcome {
    if (ended.end !== 'stalled') return ended;
    if (!this.#inSnapshot) return { ...ended, ...outcome('quiet', ended.message) };
    return this.#plan.paged ? ended : { ...ended, end: 'fallback', reason: 'StreamingListStalled' };
  }

  #releaseSlot(): void {
    if (!this.#holdsSlot) return;
    this.#holdsSlot = false;
    this.#options.snapshots.release();
  }
}

function selection({ labelSelector, fieldSelector }: ResourceStreamOptions): string {
  const labels = labelSelector === undefined ? '' : `&labelSelector=${encodeURIComponent(labelSelector)}`;
  const fields = fieldSelector === undefined ? '' : `&fieldSelector=${encodeURIComponent(fieldSelector)}`;
  return `${labels}${fields}`;
}
