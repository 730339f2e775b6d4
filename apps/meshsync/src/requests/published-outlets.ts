import { encodeSessionEvent, logChunkOf } from '@meshery/contracts';
import type { PublishedSession } from '@meshery/contracts';
import type { MesheryError } from '@meshery/errors';
import type { BrokerSender } from './broker-sender.ts';
import type { SessionOutlet } from './session-outlet.ts';
import type { Session } from './session-table.ts';

/** Log chunks on the subject of all logs; an empty one of type DELETED ends them. */
export class PublishedLogOutlet implements SessionOutlet {
  readonly #sender: BrokerSender;
  readonly #session: PublishedSession;
  readonly #signal: AbortSignal;

  constructor(sender: BrokerSender, session: PublishedSession, { signal }: Session) {
    this.#sender = sender;
    this.#session = session;
    this.#signal = signal;
  }

  data(_stream: string, piece: Buffer): Promise<void> {
    const chunk = logChunkOf(this.#session, piece.toString('utf8'));
    const text = encodeSessionEvent('log-stream', 'ADDED', chunk);
    return this.#sender.send(text, this.#signal);
  }

  end(): void {
    this.#sender.sendLast(encodeSessionEvent('log-stream', 'DELETED', logChunkOf(this.#session, '')));
  }

  error(error: MesheryError): void {
    sendLogError(this.#sender, this.#session, error);
  }
}

/** Output of a terminal on a subject of its own. */
export class PublishedExecOutlet implements SessionOutlet {
  readonly #sender: BrokerSender;
  readonly #signal: AbortSignal;

  constructor(sender: BrokerSender, { signal }: Session) {
    this.#sender = sender;
    this.#signal = signal;
  }

  data(_stream: string, piece: Buffer): Promise<void> {
    return this.#sender.send(encodeSessionEvent('exec-output', 'ADDED', piece.toString('utf8')), this.#signal);
  }

  end(): void {
    this.#sender.sendLast(encodeSessionEvent('exec-output', 'DELETED', ''));
  }

  error(error: MesheryError): void {
    sendExecError(this.#sender, error);
  }
}

/** Tells the viewer of a log why there is nothing more, or nothing. */
export function sendLogError(sender: BrokerSender, session: PublishedSession, error: MesheryError): void {
  const { code, remedy = '' } = error;
  const chunk = { ...logChunkOf(session, textOf(error)), code, remedy };
  sender.sendLast(encodeSessionEvent('error', 'ERROR', chunk));
}

/** Tells the user of a terminal, where a text is what clients show. */
export function sendExecError(sender: BrokerSender, error: MesheryError): void {
  sender.sendLast(encodeSessionEvent('error', 'ERROR', textOf(error)));
}

function textOf({ code, message, remedy = '' }: MesheryError): string {
  return `${code}: ${message} ${remedy}`.trim();
}
