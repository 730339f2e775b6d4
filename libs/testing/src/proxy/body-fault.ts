import type { IncomingMessage, ServerResponse } from 'node:http';

/** Harm done to the body of an answer; byte counts are those of the decoded body. */
export type BodyFault =
  /** Exactly `afterBytes` bytes pass, then the connection breaks; `andThen` runs at that moment. */
  | { readonly type: 'cut'; readonly afterBytes: number; readonly andThen?: () => void }
  /** No byte passes after `afterBytes`; the connection stays open. */
  | { readonly type: 'stall'; readonly afterBytes: number }
  /** `afterLines` whole lines pass, then `line`, then the stream ends in good order. */
  | { readonly type: 'inject-line'; readonly afterLines: number; readonly line: string }
  /** Every byte passes, in writes of `size` bytes at most: characters and lines are torn apart. */
  | { readonly type: 'split'; readonly size: number };

/** A body on its way. */
export interface BodyTransfer {
  readonly answer: IncomingMessage;
  readonly outgoing: ServerResponse;
  /** Counts the bytes passed. */
  readonly record: { bytes: number };
  readonly fault: BodyFault | undefined;
  readonly onFault: () => void;
}

/** Passes a body on, with the fault where there is one. */
export function passBody(transfer: BodyTransfer): void {
  const { answer, outgoing, fault } = transfer;
  outgoing.flushHeaders();
  const handlers = { cut: cutBody, stall: stallBody, 'inject-line': injectLine, split: splitBody };
  const onData = fault === undefined ? plain(transfer) : handlers[fault.type](transfer, fault as never);
  answer.on('data', (chunk: Buffer) => {
    if (!outgoing.destroyed) onData(chunk);
  });
  answer.on('end', () => {
    if (!outgoing.writableEnded && !answer.isPaused()) outgoing.end();
  });
  answer.on('error', () => outgoing.destroy());
  answer.on('aborted', () => outgoing.destroy());
  outgoing.on('drain', () => answer.resume());
}

type OnData = (chunk: Buffer) => void;

function write({ answer, outgoing, record }: BodyTransfer, chunk: Buffer): void {
  if (chunk.length === 0) return;
  record.bytes += chunk.length;
  if (!outgoing.write(chunk)) answer.pause();
}

function plain(transfer: BodyTransfer): OnData {
  return (chunk) => {
    write(transfer, chunk);
  };
}

function cutBody(transfer: BodyTransfer, fault: Extract<BodyFault, { type: 'cut' }>): OnData {
  return (chunk) => {
    const room = fault.afterBytes - transfer.record.bytes;
    write(transfer, chunk.subarray(0, room));
    if (room > chunk.length) return;
    transfer.onFault();
    fault.andThen?.();
    breakAfterFlush(transfer);
  };
}

/** The bytes before the cut must arrive, so the socket is ended, not reset; the missing last chunk tells the client. */
function breakAfterFlush({ answer, outgoing }: BodyTransfer): void {
  answer.removeAllListeners('data');
  const { socket } = outgoing;
  if (socket === null) return;
  socket.end(() => {
    socket.destroy();
    answer.destroy();
  });
}

function stallBody(transfer: BodyTransfer, fault: Extract<BodyFault, { type: 'stall' }>): OnData {
  let stalled = false;
  return (chunk) => {
    if (stalled) return;
    const room = fault.afterBytes - transfer.record.bytes;
    write(transfer, chunk.subarray(0, Math.max(0, room)));
    if (room > chunk.length) return;
    stalled = true;
    transfer.onFault();
    // The upstream goes on to be read and thrown away, as when a network drops packets.
    transfer.answer.removeAllListeners('end');
  };
}

function injectLine(transfer: BodyTransfer, fault: Extract<BodyFault, { type: 'inject-line' }>): OnData {
  let lines = 0;
  return (chunk) => {
    let end = 0;
    while (lines < fault.afterLines) {
      const newline = chunk.indexOf(10, end);
      if (newline === -1) break;
      lines += 1;
      end = newline + 1;
    }
    if (lines < fault.afterLines) {
      write(transfer, chunk);
      return;
    }
    write(transfer, chunk.subarray(0, end));
    transfer.onFault();
    transfer.answer.removeAllListeners('data');
    transfer.outgoing.end(`${fault.line}\n`);
    transfer.answer.destroy();
  };
}

function splitBody(transfer: BodyTransfer, fault: Extract<BodyFault, { type: 'split' }>): OnData {
  let counted = false;
  return (chunk) => {
    if (!counted && chunk.length > fault.size) {
      counted = true;
      transfer.onFault();
    }
    for (let at = 0; at < chunk.length; at += fault.size) write(transfer, chunk.subarray(at, at + fault.size));
  };
}
