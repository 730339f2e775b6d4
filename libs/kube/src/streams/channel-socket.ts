import type { RawData, WebSocket } from 'ws';

/** What a ChannelSocket calls. */
export interface ChannelHandler {
  /** One frame; false pauses the socket until `resume`. */
  onFrame(channel: number, data: Buffer): boolean;
  /** Once, when the connection is gone: well, or with an error. */
  onClose(error: Error | undefined): void;
}

/** The Kubernetes channel protocol: the first byte of every WebSocket message names its channel. */
export class ChannelSocket {
  readonly #socket: WebSocket;

  constructor(socket: WebSocket, handler: ChannelHandler) {
    this.#socket = socket;
    let failure: Error | undefined;
    socket.on('message', (message) => {
      const frame = bytesOf(message);
      const [channel] = frame;
      if (channel !== undefined && !handler.onFrame(channel, frame.subarray(1))) socket.pause();
    });
    socket.on('error', (error) => {
      failure = error;
    });
    socket.once('close', () => {
      handler.onClose(failure);
    });
    socket.resume();
  }

  /** The subprotocol that the server chose. */
  get protocol(): string {
    return this.#socket.protocol;
  }

  /** Sends one frame; `done` is called when the system has taken it, which is the back-pressure. */
  send(channel: number, data: Uint8Array, done: (error?: Error | null) => void): void {
    const frame = Buffer.allocUnsafe(data.byteLength + 1);
    frame[0] = channel;
    frame.set(data, 1);
    this.#socket.send(frame, done);
  }

  resume(): void {
    if (this.#socket.isPaused) this.#socket.resume();
  }

  /** Ends the connection at once. */
  destroy(): void {
    this.#socket.terminate();
  }
}

function bytesOf(message: RawData): Buffer {
  if (Buffer.isBuffer(message)) return message;
  return Array.isArray(message) ? Buffer.concat(message) : Buffer.from(message);
}
