import { PassThrough } from 'node:stream';
import type { TerminalSize } from '@meshery/contracts';
import type { ExecStream } from '@meshery/kube/streams';
import { inputTooLarge } from './request-errors.ts';
import { SessionEnd } from './session-table.ts';
import type { Session } from './session-table.ts';

/** Bytes that may wait for a program. */
const maxWaiting = 256 * 1024;

/** What a client types: kept from the beginning of its session, passed on as fast as the program reads. */
export class ExecInput {
  readonly #session: Session;
  readonly #waiting = new PassThrough();
  #size: TerminalSize | undefined;
  #stream: ExecStream | undefined;

  constructor(session: Session, size?: TerminalSize) {
    this.#session = session;
    this.#size = size;
  }

  write(data: Uint8Array | string): void {
    this.#session.touch();
    if (this.#waiting.writableEnded) return;
    this.#waiting.write(data);
    const waiting = this.#waiting.writableLength + this.#waiting.readableLength;
    if (waiting > maxWaiting) this.#session.end(new SessionEnd('slow', inputTooLarge(maxWaiting)));
  }

  /** Closes the input of the program. */
  end(): void {
    this.#session.touch();
    this.#waiting.end();
  }

  resize(size: TerminalSize): void {
    this.#session.touch();
    this.#size = size;
    this.#stream?.resize(size.columns, size.rows);
  }

  /** The program runs. */
  connect(stream: ExecStream): void {
    this.#stream = stream;
    if (this.#size !== undefined) stream.resize(this.#size.columns, this.#size.rows);
    this.#waiting.pipe(stream);
  }
}
