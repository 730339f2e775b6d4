import { encodeBatch, ownMemory } from '@meshery/contracts';
import type {
  Batch,
  BatchOutcome,
  IngestControl,
  IngestPort,
  OpenRunRequest,
  OpenRunResponse,
} from '@meshery/contracts';
import type { MesheryError } from '@meshery/errors';
import type { Clock, Logger } from '@meshery/observability';
import { abortable } from '../abortable.ts';
import type { PublishCondition } from '../ingest/broker-ingest-port.ts';
import { IngestChannel } from './ingest-channel.ts';
import { PushStream } from './push-stream.ts';
import type { ServeClientCall } from './serve-call.ts';
import { serverFault } from './server-faults.ts';

/** What a ServerIngestPort needs. */
export interface ServerIngestPortDeps {
  /** "host:port" of the Ingest service; always TLS. */
  readonly address: string;
  /** PEM of the authority that signed the server's certificate, read for each attempt; undefined: the well-known ones. */
  readonly ca: () => Buffer | undefined;
  /** Token of this agent, read for each call. */
  readonly token: () => string | undefined;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Called after every batch that is stored, for metrics. */
  readonly onSent?: (bytes: number) => void;
}

/** Less than an agent waits: so it hears the reason, and not only that time is over. */
const openTimeoutMs = 9000;
const readyTimeoutMs = 5000;

/**
 * Sends batches straight to the server's Ingest service, where no broker can be reached; nothing listens on the agent's
 * side. A batch is sent until the server answers it, over as many connections as that takes: `send` resolves after the
 * commit. The caller bounds how many sends are in flight. The stream lives as long as `controls` does.
 */
export class ServerIngestPort implements IngestPort {
  readonly packsInto = ownMemory;
  readonly #deps: ServerIngestPortDeps;
  readonly #push: PushStream;
  #channel: { readonly ca: string; readonly calls: IngestChannel } | undefined;
  #onControl: ((control: IngestControl) => void) | undefined;
  #openFault: MesheryError | undefined;
  #inFlightBytes = 0;

  constructor(deps: ServerIngestPortDeps) {
    const { clock, logger } = deps;
    this.#deps = deps;
    this.#push = new PushStream({
      open: () => this.#calls().push(),
      whenReady: () => this.#calls().whenReady(readyTimeoutMs),
      onReset: (reason) => this.#onControl?.({ type: 'snapshot-all', reason }),
      clock,
      logger,
    });
  }

  /** Whether the server takes batches now, for readiness and conditions. */
  condition(): PublishCondition {
    const { error: ended, pending } = this.#push.state();
    const base = { inFlight: pending, inFlightBytes: this.#inFlightBytes };
    const error = this.#openFault ?? (ended === undefined ? undefined : serverFault(ended));
    return error === undefined ? { healthy: true, ...base } : { healthy: false, error, ...base };
  }

  /** Rejects with `meshery-messaging-1500`, `-1505`, `-1506`, `-1507` or `-1510`, never with 1504: without the server nothing can be sent. */
  async openRun(request: OpenRunRequest, signal: AbortSignal): Promise<OpenRunResponse> {
    try {
      const answer = await abortable(this.#calls().openRun(request, openTimeoutMs), signal);
      this.#openFault = undefined;
      return answer;
    } catch (error) {
      signal.throwIfAborted();
      this.#openFault = serverFault(error);
      throw this.#openFault;
    }
  }

  async send(batch: Batch, signal: AbortSignal): Promise<BatchOutcome> {
    const data = encodeBatch(batch);
    this.#inFlightBytes += data.byteLength;
    try {
      const outcome = await abortable(this.#push.push(batch, data), signal);
      this.#deps.onSent?.(data.byteLength);
      return outcome;
    } finally {
      this.#inFlightBytes -= data.byteLength;
    }
  }

  async controls(_clusterId: string, onControl: (control: IngestControl) => void, signal: AbortSignal): Promise<void> {
    this.#onControl = onControl;
    await this.#push.run(signal);
    this.#onControl = undefined;
  }

  /** Opens the stream of requests on the same connection. Throws `meshery-messaging-1506` without credentials. */
  serve(): ServeClientCall {
    return this.#calls().serve();
  }

  /** Ends the connection; the last call. */
  close(): void {
    this.#channel?.calls.close();
    this.#channel = undefined;
  }

  /** A connection trusts for as long as it lives: another authority needs another one. */
  #calls(): IngestChannel {
    const { address, token } = this.#deps;
    const ca = this.#deps.ca();
    const text = ca?.toString('latin1') ?? '';
    if (this.#channel?.ca === text) return this.#channel.calls;
    this.close();
    const calls = new IngestChannel({ address, token, tls: ca === undefined ? {} : { ca } });
    this.#channel = { ca: text, calls };
    return calls;
  }
}
