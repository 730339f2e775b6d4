import { once } from 'node:events';
import { type Socket, connect } from 'node:net';
import { waitUntil } from '@meshery/testing';

const marker = Buffer.from('\ndata: ');

/** How an audience listens. */
export interface AudienceOptions {
  readonly port: number;
  /** Sent by each listener after it connected. */
  readonly request: string;
  readonly listeners: number;
  /** How many of them stop reading once they hear. */
  readonly stalled: number;
}

/** Many sockets that hear the same events, and how long after its sending each event reached each of them. */
export class Audience {
  readonly delays: number[] = [];
  readonly #sockets: Socket[];
  readonly #sentAt: number[] = [];
  readonly #reading: number;
  #lastAt = 0;

  private constructor(sockets: Socket[], stalled: number) {
    this.#sockets = sockets;
    this.#reading = sockets.length - stalled;
    for (const socket of sockets.slice(0, this.#reading)) this.#count(socket);
    for (const socket of sockets.slice(this.#reading)) socket.pause();
  }

  /** Connects all listeners; resolves when each was answered. */
  static async open({ port, request, listeners, stalled }: AudienceOptions): Promise<Audience> {
    const sockets: Socket[] = [];
    for (let index = 0; index < listeners; index += 1) {
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => undefined);
      socket.write(request);
      await once(socket, 'data');
      sockets.push(socket);
    }
    return new Audience(sockets, stalled);
  }

  /** Notes that the next event is sent now. */
  sending(): void {
    this.#sentAt.push(performance.now());
  }

  /** Deliveries per second from the first event to the last; rejects when events are missing. */
  async heardAll(): Promise<number> {
    const expected = this.#sentAt.length * this.#reading;
    await waitUntil({ what: 'every event at every listener', timeoutMs: 60_000 }, () => this.delays.length >= expected);
    return (expected * 1000) / (this.#lastAt - (this.#sentAt[0] ?? 0));
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  #count(socket: Socket): void {
    let heard = 0;
    let rest = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      const now = performance.now();
      const text = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      let from = 0;
      for (let at = text.indexOf(marker); at !== -1; at = text.indexOf(marker, from)) {
        this.delays.push(now - (this.#sentAt[heard] ?? now));
        heard += 1;
        from = at + marker.length;
      }
      rest = Buffer.from(text.subarray(Math.max(from, text.length - marker.length + 1)));
      this.#lastAt = now;
    });
  }
}
