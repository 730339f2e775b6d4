import type { SessionInput, SessionOutput, TerminalSize } from '@meshery/contracts';
import type { MesheryError } from '@meshery/errors';
import type { AnswerListener } from './agent-link.ts';
import { agentError, answerUnusable } from './request-faults.ts';

/** A piece of what a pod or a program says. */
export type SessionPiece = Extract<SessionOutput, { type: 'data' }>;

/** The way to the agent. */
export interface SessionLink {
  tell(input: SessionInput): void;
  /** The session is over: nothing is told any more. */
  over(): void;
}

/** Bytes that an agent may send without an acknowledgement: its window and the piece that fills it. */
const windowBytes = (256 + 16) * 1024;

/**
 * A log or a terminal as its user sees it: read it to its end, or stop it. What is read is acknowledged, so that the agent
 * sends no more than a window ahead: a reader that is slow slows its own pod and nothing else.
 */
export class AgentSession implements AnswerListener, AsyncIterable<SessionPiece> {
  /** Resolves when the session is open; rejects with the reason when it will not be. */
  readonly started: Promise<void>;
  readonly #starting = Promise.withResolvers<void>();
  readonly #link: SessionLink;
  readonly #pieces: SessionPiece[] = [];
  #bytes = 0;
  #sequence = 0;
  #more = Promise.withResolvers<void>();
  #end: { readonly exitCode?: number; readonly error?: MesheryError } | undefined;

  constructor(link: SessionLink) {
    this.#link = link;
    this.started = this.#starting.promise;
    this.started.catch(() => undefined);
  }

  /** Exit code of the program, once it has ended; undefined for a log. */
  get exitCode(): number | undefined {
    return this.#end?.exitCode;
  }

  /** Types into a terminal. Throws `meshery-core-1006` when too much waits, or the reason of the end. */
  write(data: Buffer): void {
    this.#tell({ type: 'input', data });
  }

  /** Closes the input of the program. Throws as `write` does. */
  endInput(): void {
    this.#tell({ type: 'end-input' });
  }

  /** Tells the size of the terminal. Throws as `write` does. */
  resize(size: TerminalSize): void {
    this.#tell({ type: 'resize', ...size });
  }

  /** Ends it at the wish of its user, or for `error`, which its reader gets; harmless when it has ended. */
  stop(error?: MesheryError): void {
    if (this.#end !== undefined) return;
    try {
      this.#link.tell({ type: 'stop' });
    } catch {
      // The way is gone or full; the agent ends it when nobody acknowledges.
    }
    this.#finish(error === undefined ? {} : { error });
  }

  /** Reads what is said; ends with the session, or throws the reason of its end. Leaving the loop stops the session. */
  async *[Symbol.asyncIterator](): AsyncGenerator<SessionPiece> {
    try {
      for (;;) {
        const piece = this.#pieces.shift();
        if (piece !== undefined) {
          yield piece;
          this.#acknowledge(piece);
        } else if (this.#end === undefined) await this.#more.promise;
        else if (this.#end.error === undefined) return;
        else throw this.#end.error;
      }
    } finally {
      this.stop();
    }
  }

  answer(output: SessionOutput): void {
    switch (output.type) {
      case 'started':
        this.#starting.resolve();
        return;
      case 'data':
        this.#take(output);
        return;
      case 'end':
        this.#finish(output.exitCode === undefined ? {} : { exitCode: output.exitCode });
        return;
      case 'error':
        this.#finish({ error: agentError(output) });
    }
  }

  lost(error: MesheryError): void {
    this.#finish({ error });
  }

  #take(piece: SessionPiece): void {
    if (this.#end !== undefined) return;
    this.#sequence += 1;
    this.#bytes += piece.data.length;
    if (piece.sequence !== this.#sequence) this.stop(answerUnusable('a piece is missing'));
    else if (this.#bytes > windowBytes) this.stop(answerUnusable('it is more than was acknowledged'));
    else {
      this.#pieces.push(piece);
      this.#wake();
    }
  }

  #acknowledge({ sequence, data }: SessionPiece): void {
    this.#bytes -= data.length;
    if (this.#end === undefined) this.#tell({ type: 'ack', sequence });
  }

  #tell(input: SessionInput): void {
    if (this.#end === undefined) this.#link.tell(input);
    else if (this.#end.error !== undefined) throw this.#end.error;
  }

  #finish(end: { readonly exitCode?: number; readonly error?: MesheryError }): void {
    if (this.#end !== undefined) return;
    this.#end = end;
    if (end.error === undefined) this.#starting.resolve();
    else this.#starting.reject(end.error);
    this.#link.over();
    this.#wake();
  }

  #wake(): void {
    this.#more.resolve();
    this.#more = Promise.withResolvers<void>();
  }
}
