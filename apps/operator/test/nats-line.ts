import { connect } from 'node:net';
import type { Socket } from 'node:net';

/** A client of nats-server that speaks the protocol line by line, and hears of every refusal at once. */
export class NatsLine {
  readonly #socket: Socket;
  #heard = '';
  #wake: () => void = () => undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setEncoding('utf8').on('data', (piece: string) => {
      this.#heard += piece;
      this.#wake();
    });
    socket
      .on('error', () => undefined)
      .on('close', () => {
        this.#heard += '\r\n-ERR closed\r\n';
        this.#wake();
      });
  }

  /** Connects as a user; undefined as nobody in particular. */
  static async open(
    port: number,
    user: { readonly user: string; readonly password: string } | undefined,
  ): Promise<NatsLine> {
    const line = new NatsLine(connect(port, '127.0.0.1'));
    await line.#until(/^INFO .*\r\n/);
    const shown = user === undefined ? {} : { user: user.user, pass: user.password };
    line.#socket.write(`CONNECT ${JSON.stringify({ verbose: false, ...shown })}\r\n`);
    return line;
  }

  /** What the server says to some lines: what it refuses, or nothing. */
  async say(lines: string): Promise<string | undefined> {
    this.#heard = '';
    this.#socket.write(`${lines}\r\nPING\r\n`);
    // A refusal comes before the answer to what was asked last, or with the end of the connection.
    await this.#until(/PONG\r\n|-ERR closed\r\n/);
    return /-ERR ([^\r]*)/.exec(this.#heard)?.[1];
  }

  close(): void {
    this.#socket.destroy();
  }

  async #until(said: RegExp): Promise<void> {
    while (!said.test(this.#heard)) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
