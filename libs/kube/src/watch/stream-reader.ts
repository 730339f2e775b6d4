import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '@meshery/observability';
import type { BodyReader } from '../transport/body-reader.ts';
import { reasonOf } from '../kube-errors.ts';
import { outcome } from './api-status.ts';
import type { Framer } from './line-framer.ts';
import { StreamFault } from './stream-fault.ts';

/** What reading a body needs. */
export interface ReadOptions {
  readonly framer: Framer;
  /** Handles one record; a returned promise is back-pressure. */
  readonly onRecord: (record: Buffer) => void | Promise<void>;
  /** Everything that arrived was handled. */
  readonly onIdle: () => void | Promise<void>;
}

/**
 * Reads a body to its end, record by record. Rejects with a StreamFault when the connection breaks, and with whatever
 * the handlers reject.
 */
export async function readRecords(body: BodyReader, options: ReadOptions): Promise<void> {
  const { framer, onRecord, onIdle } = options;
  for (;;) {
    let chunk = body.tryRead();
    if (chunk === undefined) {
      const waiting = onIdle();
      if (waiting !== undefined) await waiting;
      chunk = await readOrFault(body);
    }
    if (chunk === undefined) return;
    framer.push(chunk);
    for (let record = framer.next(); record !== undefined; record = framer.next()) {
      const handled = onRecord(record);
      if (handled !== undefined) await handled;
    }
  }
}

async function readOrFault(body: BodyReader): Promise<Buffer | undefined> {
  try {
    return await body.read();
  } catch (error) {
    if (error instanceof StreamFault) throw error;
    const cause = error instanceof Error ? error : undefined;
    throw new StreamFault(outcome('broken', `The connection broke (${reasonOf(error)}).`, cause));
  }
}

/** Reads the beginning of an error answer; what cannot be read is left out. */
export async function readErrorBody(body: BodyReader, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  try {
    for (let chunk = await body.read(); chunk !== undefined; chunk = await body.read()) {
      chunks.push(chunk);
      if (body.bytes > maxBytes) body.abort(new Error('the error answer is too long'));
    }
  } catch {
    // The status of the answer is known already; its text only explains it.
  }
  return Buffer.concat(chunks);
}

/** A watchdog over one body; `end` must be awaited. */
export interface BodyGuard {
  end(): Promise<void>;
}

/**
 * Aborts the body with the signal, and when no byte arrives for `limitMs()`; time in which the reader itself waited does
 * not count as silence, nor does time in which this process was held up.
 */
export function guardBody(body: BodyReader, signal: AbortSignal, limitMs: () => number, clock: Clock): BodyGuard {
  const done = new AbortController();
  const onAbort = (): void => {
    body.abort(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
  };
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort, { once: true });
  const watching = watchSilence(body, limitMs, clock, done.signal);
  return {
    end: async () => {
      signal.removeEventListener('abort', onAbort);
      done.abort();
      await watching;
      // Harmless after the end of the body; otherwise frees the connection.
      body.abort(new Error('the stream was given up'));
    },
  };
}

async function watchSilence(body: BodyReader, limitMs: () => number, clock: Clock, signal: AbortSignal): Promise<void> {
  try {
    const left = (): number => body.activeAt + limitMs() - clock.monotonic();
    for (;;) {
      // A process that was held up runs its timers first: what arrived meanwhile is read after them.
      if (left() <= 0) await nextTurn();
      if (left() <= 0) {
        const silence = `No byte arrived for ${String(limitMs() / 1000)} s.`;
        body.abort(new StreamFault(outcome('stalled', silence)));
        return;
      }
      await clock.sleep(Math.max(5, Math.min(left(), 5000)), signal);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
