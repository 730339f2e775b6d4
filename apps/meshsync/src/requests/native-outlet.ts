import { encodeSessionOutput } from '@meshery/contracts';
import type { SessionOutput } from '@meshery/contracts';
import type { MesheryError } from '@meshery/errors';
import type { ExecOutput } from '@meshery/kube/streams';
import type { IncomingRequest } from '@meshery/messaging';
import type { Clock } from '@meshery/observability';
import { clientTooSlow } from './request-errors.ts';
import type { SessionOutlet } from './session-outlet.ts';
import { SessionEnd } from './session-table.ts';
import type { Session } from './session-table.ts';

/** Bytes that may be under way to a client. */
const windowBytes = 256 * 1024;

/** What a NativeOutlet needs. */
export interface NativeOutletDeps {
  readonly sender: Pick<IncomingRequest, 'send' | 'sendLast'>;
  readonly clock: Clock;
  /** Longest wait for an acknowledgement, in ms. */
  readonly ackMs: number;
}

/** Answers to a native request. A client that acknowledges nothing gets one window and no more. */
export class NativeOutlet implements SessionOutlet {
  readonly #deps: NativeOutletDeps;
  readonly #session: Session;
  readonly #underWay: { readonly sequence: number; readonly bytes: number }[] = [];
  #bytes = 0;
  #sequence = 0;
  #acknowledged = Promise.withResolvers<void>();

  constructor(deps: NativeOutletDeps, session: Session) {
    this.#deps = deps;
    this.#session = session;
  }

  /** The session is there; its subject is listened to. */
  started(): Promise<void> {
    return this.#send({ type: 'started' });
  }

  async data(stream: ExecOutput['stream'], piece: Buffer): Promise<void> {
    while (this.#bytes >= windowBytes) await this.#windowOpens();
    this.#sequence += 1;
    this.#bytes += piece.length;
    this.#underWay.push({ sequence: this.#sequence, bytes: piece.length });
    await this.#send({ type: 'data', sequence: this.#sequence, stream, data: piece });
  }

  /** The client got everything up to this sequence. */
  acknowledge(sequence: number): void {
    for (let first = this.#underWay[0]; first !== undefined && first.sequence <= sequence; first = this.#underWay[0]) {
      this.#bytes -= first.bytes;
      this.#underWay.shift();
    }
    this.#acknowledged.resolve();
    this.#acknowledged = Promise.withResolvers<void>();
  }

  end(exitCode?: number): void {
    this.#sendLast(exitCode === undefined ? { type: 'end' } : { type: 'end', exitCode });
  }

  error(error: MesheryError): void {
    this.#sendLast(sentErrorOf(error));
  }

  async #windowOpens(): Promise<void> {
    const { clock, ackMs } = this.#deps;
    const { signal } = this.#session;
    const timer = new AbortController();
    const late = clock.sleep(ackMs, AbortSignal.any([signal, timer.signal])).then(() => {
      this.#session.end(new SessionEnd('slow', clientTooSlow(ackMs)));
    });
    late.catch(() => undefined);
    try {
      await Promise.race([this.#acknowledged.promise, late]);
    } finally {
      timer.abort();
    }
    signal.throwIfAborted();
  }

  #send(output: SessionOutput): Promise<void> {
    const text = encodeSessionOutput(this.#session.facts.id, output);
    return this.#deps.sender.send(text, this.#session.signal);
  }

  #sendLast(output: SessionOutput): void {
    this.#deps.sender.sendLast(encodeSessionOutput(this.#session.facts.id, output));
  }
}

/** An error as clients see it. */
export function sentErrorOf({ code, message, probableCause, remedy }: MesheryError): SessionOutput {
  const cause = probableCause === undefined ? {} : { probableCause };
  return { type: 'error', code, message, ...cause, ...(remedy === undefined ? {} : { remedy }) };
}
