import type { EventStream } from '../../rest/event-stream.ts';
import type { Following, LiveListener } from './change-hub.ts';
import type { LiveBatch } from './event-group.ts';

/** Writes what a listener hears of resources to an event stream. */
export class ResourceStream implements LiveListener {
  readonly #stream: EventStream;
  #following: Following | undefined;

  /** `open` begins the stream, whose heartbeats say what the given function answers. */
  constructor(open: (heartbeat: () => string) => EventStream) {
    this.#stream = open(() => this.#heartbeat());
  }

  /** From now on heartbeats carry the position, so that a quiet client does not fall out of the change log. */
  goLive(following: Following): void {
    this.#following = following;
    this.#stream.write(`id: ${String(following.seq)}\n\n`);
  }

  onBatch(batch: LiveBatch): void {
    this.#stream.write(batch.text);
  }

  onClusters(clusterIds: readonly string[], seq: number): void {
    for (const id of clusterIds) this.#event('cluster', { cluster_id: id }, seq);
  }

  onReset(reason: string, seq: number): void {
    this.#event('reset', { reason }, seq);
  }

  ready(): Promise<void> {
    return this.#stream.ready();
  }

  /** Ends the stream with its reason. */
  end(code: string, message: string): void {
    this.#stream.end(code, message);
  }

  #heartbeat(): string {
    const position = this.#following?.position();
    return position === undefined ? ': alive\n\n' : `id: ${String(position)}\n: alive\n\n`;
  }

  #event(name: string, data: object, seq: number): void {
    this.#stream.write(`id: ${String(seq)}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
  }
}
