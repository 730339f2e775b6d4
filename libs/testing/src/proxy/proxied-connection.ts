import type { Socket } from 'node:net';

/** Direction of bytes: `up` from the client to the target. */
export type Direction = 'up' | 'down';

/** What is done to one connection. Byte counts are those of one direction (`down` unless told), from its start. */
export type TcpFault =
  | { readonly type: 'pass' }
  /** The connection is reset at once (new connections only). */
  | { readonly type: 'refuse' }
  /** Both sockets stay open and no byte passes, from byte `afterBytes` on (at once unless told). */
  | { readonly type: 'stall'; readonly afterBytes?: number; readonly direction?: Direction }
  /** Exactly `afterBytes` bytes pass (none more unless told), then both sockets are reset. */
  | { readonly type: 'cut'; readonly afterBytes?: number; readonly direction?: Direction }
  /** The receiver sees the end of the stream after `afterBytes`; the other direction stays open. */
  | { readonly type: 'half-close'; readonly afterBytes?: number; readonly direction?: Direction }
  /** Every chunk waits this long; order is kept. */
  | { readonly type: 'delay'; readonly ms: number };

/** Faults that are counted. */
export type FaultKind = Exclude<TcpFault['type'], 'pass'>;

/** Who is told about a connection. */
export interface ConnectionObserver {
  onFault(kind: FaultKind): void;
  onClose(connection: ProxiedConnection): void;
}

interface Flow {
  readonly from: Socket;
  readonly to: Socket;
  readonly direction: Direction;
}

type LimitedFault = Extract<TcpFault, { readonly afterBytes?: number }>;

/** One connection through the proxy, which can be harmed at any time. */
export class ProxiedConnection {
  /** Bytes passed from client to target. */
  up = 0;
  /** Bytes passed from target to client. */
  down = 0;
  readonly #flows: readonly [Flow, Flow];
  readonly #observer: ConnectionObserver;
  readonly #held: { readonly flow: Flow; readonly chunk: Buffer }[] = [];
  readonly #timers = new Set<NodeJS.Timeout>();
  #fault: TcpFault = { type: 'pass' };
  #counted = false;
  #closed = false;

  constructor(client: Socket, target: Socket, observer: ConnectionObserver) {
    this.#observer = observer;
    this.#flows = [
      { from: client, to: target, direction: 'up' },
      { from: target, to: client, direction: 'down' },
    ];
    for (const flow of this.#flows) this.#wire(flow);
  }

  /** Changes what is done to this connection from now on; `pass` lets a stalled one go on. */
  inject(fault: TcpFault): void {
    if (this.#closed) return;
    this.#fault = fault;
    this.#counted = false;
    if (fault.type === 'pass' || fault.type === 'delay') this.#release();
    else if (fault.type === 'refuse') this.destroy();
    else if (this.#reached(fault)) this.#strike(fault);
  }

  /** Resets both sockets; no fault is counted. */
  destroy(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    for (const { from } of this.#flows) {
      if (!from.destroyed) from.resetAndDestroy();
    }
    this.#close();
  }

  #wire(flow: Flow): void {
    flow.from.on('data', (chunk: Buffer) => {
      this.#onData(flow, chunk);
    });
    flow.from.on('end', () => {
      if (!this.#stalled()) flow.to.end();
    });
    flow.from.on('error', () => {
      this.destroy();
    });
    flow.from.on('close', () => {
      if (this.#flows.every(({ from }) => from.destroyed)) this.#close();
    });
    flow.to.on('drain', () => {
      if (!this.#stalled()) flow.from.resume();
    });
  }

  #onData(flow: Flow, chunk: Buffer): void {
    const fault = this.#fault;
    if (fault.type === 'delay') this.#later(flow, chunk, fault.ms);
    else if (fault.type === 'pass' || fault.type === 'refuse') this.#pass(flow, chunk);
    else this.#passUpTo(fault, flow, chunk);
  }

  #passUpTo(fault: LimitedFault, flow: Flow, chunk: Buffer): void {
    if (this.#reached(fault)) {
      this.#afterStrike(fault, flow, chunk);
      return;
    }
    const limited = flow.direction === (fault.direction ?? 'down');
    const room = limited ? (fault.afterBytes ?? 0) - this[flow.direction] : chunk.length;
    this.#pass(flow, chunk.subarray(0, room));
    if (!this.#reached(fault)) return;
    this.#strike(fault);
    if (room < chunk.length) this.#afterStrike(fault, flow, chunk.subarray(room));
  }

  /** What happens to bytes that come when the fault has struck already. */
  #afterStrike(fault: LimitedFault, flow: Flow, chunk: Buffer): void {
    if (fault.type === 'stall') this.#held.push({ flow, chunk });
    else if (fault.type === 'half-close' && flow.direction !== (fault.direction ?? 'down')) this.#pass(flow, chunk);
  }

  #reached(fault: LimitedFault): boolean {
    return this[fault.direction ?? 'down'] >= (fault.afterBytes ?? 0);
  }

  #strike(fault: LimitedFault): void {
    this.#count(fault.type);
    if (fault.type === 'cut') this.#cutAfterFlush(fault.direction ?? 'down');
    else if (fault.type === 'stall') for (const { from } of this.#flows) from.pause();
    else this.#flows.find(({ direction }) => direction === (fault.direction ?? 'down'))?.to.end();
  }

  /** The bytes before the cut must arrive, so the receiver gets them before the reset of the other side. */
  #cutAfterFlush(direction: Direction): void {
    const flow = this.#flows[direction === 'up' ? 0 : 1];
    flow.from.resetAndDestroy();
    flow.to.end(() => {
      this.destroy();
    });
  }

  #stalled(): boolean {
    return this.#fault.type === 'stall' && this.#reached(this.#fault);
  }

  #release(): void {
    for (const { flow, chunk } of this.#held.splice(0)) this.#pass(flow, chunk);
    for (const { from, to } of this.#flows) {
      if (from.readableEnded && !to.writableEnded) to.end();
      else from.resume();
    }
  }

  #later(flow: Flow, chunk: Buffer, ms: number): void {
    this.#count('delay');
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#pass(flow, chunk);
    }, ms);
    this.#timers.add(timer);
  }

  #pass(flow: Flow, chunk: Buffer): void {
    if (chunk.length === 0 || flow.to.destroyed || flow.to.writableEnded) return;
    this[flow.direction] += chunk.length;
    if (!flow.to.write(chunk)) flow.from.pause();
  }

  #count(kind: FaultKind): void {
    if (this.#counted) return;
    this.#counted = true;
    this.#observer.onFault(kind);
  }

  #close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#observer.onClose(this);
  }
}
