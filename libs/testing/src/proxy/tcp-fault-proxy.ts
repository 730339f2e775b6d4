import { type Server, type Socket, connect, createServer } from 'node:net';
import { closeServer, portOf } from '../process/ports.ts';
import { type FaultKind, ProxiedConnection, type TcpFault } from './proxied-connection.ts';

/** Where a proxy sends what it gets, and where it listens. */
export interface TcpProxyOptions {
  readonly targetHost?: string;
  readonly targetPort: number;
  /** Port on loopback; any free one unless told. */
  readonly port?: number;
}

/** Bytes from the client to the target (`up`) and back (`down`). */
export interface Traffic {
  readonly up: number;
  readonly down: number;
}

/** How many faults of each kind really hit a connection. */
export type FaultCounts = Readonly<Record<FaultKind, number>>;

/**
 * A TCP proxy on loopback that passes bytes until it is told to do harm, and counts the harm it really did.
 * TLS passes untouched, so faults hit at any byte of the encrypted stream. Close it when done.
 */
export class TcpFaultProxy {
  readonly port: number;
  /** Decides for each new connection, counted from 0; passing unless set. */
  onConnection: (index: number) => TcpFault = () => ({ type: 'pass' });
  readonly #server: Server;
  readonly #options: TcpProxyOptions;
  readonly #open = new Set<ProxiedConnection>();
  readonly #counts: Record<FaultKind, number> = { refuse: 0, stall: 0, cut: 0, 'half-close': 0, delay: 0 };
  #accepted = 0;
  #closedTraffic: Traffic = { up: 0, down: 0 };

  private constructor(server: Server, options: TcpProxyOptions) {
    this.#server = server;
    this.#options = options;
    this.port = portOf(server);
    server.on('connection', (socket) => {
      this.#accept(socket);
    });
  }

  /** Starts to listen. */
  static async start(options: TcpProxyOptions): Promise<TcpFaultProxy> {
    const server = createServer({ allowHalfOpen: true });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(options.port ?? 0, '127.0.0.1', resolve);
    });
    return new TcpFaultProxy(server, options);
  }

  /** Faults that really happened. */
  get injected(): FaultCounts {
    return { ...this.#counts };
  }

  /** All faults that really happened, together. */
  get injectedTotal(): number {
    return Object.values(this.#counts).reduce((sum, count) => sum + count, 0);
  }

  /** Connections accepted since the start, refused ones included. */
  get accepted(): number {
    return this.#accepted;
  }

  /** Connections that are open now, oldest first. */
  get connections(): readonly ProxiedConnection[] {
    return [...this.#open];
  }

  /** Bytes passed on since the start. */
  get traffic(): Traffic {
    let { up, down } = this.#closedTraffic;
    for (const connection of this.#open) {
      up += connection.up;
      down += connection.down;
    }
    return { up, down };
  }

  /** Does the same harm to every open connection and to every new one, until `heal`. */
  injectEverywhere(fault: TcpFault): void {
    this.onConnection = () => fault;
    for (const connection of this.#open) connection.inject(fault.type === 'refuse' ? { type: 'cut' } : fault);
  }

  /** New connections pass; stalled and delayed ones go on. */
  heal(): void {
    this.onConnection = () => ({ type: 'pass' });
    for (const connection of this.#open) connection.inject({ type: 'pass' });
  }

  /** Cuts everything and stops to listen. */
  async close(): Promise<void> {
    const closed = closeServer(this.#server);
    for (const connection of this.#open) connection.destroy();
    await closed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #accept(client: Socket): void {
    const fault = this.onConnection(this.#accepted);
    this.#accepted += 1;
    if (fault.type === 'refuse') {
      client.on('error', () => undefined);
      client.resetAndDestroy();
      this.#counts.refuse += 1;
      return;
    }
    const target = connect({
      host: this.#options.targetHost ?? '127.0.0.1',
      port: this.#options.targetPort,
      allowHalfOpen: true,
      noDelay: true,
    });
    client.setNoDelay(true);
    const connection = new ProxiedConnection(client, target, {
      onFault: (kind) => {
        this.#counts[kind] += 1;
      },
      onClose: (closed) => {
        this.#forget(closed);
      },
    });
    this.#open.add(connection);
    connection.inject(fault);
  }

  #forget(connection: ProxiedConnection): void {
    if (!this.#open.delete(connection)) return;
    this.#closedTraffic = {
      up: this.#closedTraffic.up + connection.up,
      down: this.#closedTraffic.down + connection.down,
    };
  }
}
