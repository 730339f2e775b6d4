import { once } from 'node:events';
import { type Socket, connect } from 'node:net';

const END_OF_HEAD = '\r\n\r\n';

/** One keep-alive connection for GET requests whose answers have a Content-Length, one request at a time (RFC 9112). */
export class PlainConnection {
  readonly #socket: Socket;
  #onAnswer: ((status: number) => void) | undefined;
  #head = '';
  /** Bytes of the body that are still to come; undefined while the head is read. */
  #left: number | undefined;
  #status = 0;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => {
      this.#read(chunk);
    });
    const broken = (): void => {
      this.#settle(0);
    };
    socket.on('error', broken);
    socket.on('close', broken);
  }

  /** Connects to an http origin. */
  static async open(origin: string): Promise<PlainConnection> {
    const { hostname, port } = new URL(origin);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    return new PlainConnection(socket);
  }

  /** Sends a request as it is; `onAnswer` gets the status when the whole answer is there, 0 when the connection broke. */
  send(request: Buffer, onAnswer: (status: number) => void): void {
    this.#onAnswer = onAnswer;
    this.#head = '';
    this.#left = undefined;
    if (this.#socket.destroyed) this.#settle(0);
    else this.#socket.write(request);
  }

  close(): void {
    this.#socket.destroy();
  }

  #read(chunk: Buffer): void {
    const body = this.#left === undefined ? this.#readHead(chunk) : chunk.length;
    if (this.#left === undefined) return;
    this.#left -= body;
    if (this.#left === 0) this.#settle(this.#status);
  }

  /** Answers how many bytes of the chunk belong to the body. */
  #readHead(chunk: Buffer): number {
    const before = this.#head.length;
    this.#head += chunk.toString('latin1');
    const end = this.#head.indexOf(END_OF_HEAD);
    if (end === -1) return 0;
    const head = this.#head.slice(0, end);
    this.#status = Number(head.slice(9, 12));
    this.#left = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? Number.NaN);
    return before + chunk.length - (end + END_OF_HEAD.length);
  }

  #settle(status: number): void {
    const settle = this.#onAnswer;
    this.#onAnswer = undefined;
    settle?.(status);
  }
}
