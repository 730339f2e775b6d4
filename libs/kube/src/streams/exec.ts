import { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { ClusterAccess } from '../kubeconfig/cluster-access.ts';
import { ChannelSocket } from './channel-socket.ts';
import { exitCodeOf } from './exit-status.ts';
import { openWebSocket } from './open-web-socket.ts';
import { podPath } from './pod-target.ts';
import type { PodTarget } from './pod-target.ts';
import { streamFailed } from './stream-errors.ts';

/** A program to run in a container. */
export interface ExecTarget extends PodTarget {
  /** The only one unless told. */
  readonly container?: string;
  readonly command: readonly string[];
  /** With a terminal, which has one output and understands control characters. */
  readonly tty: boolean;
}

/** A piece of what a program wrote. */
export interface ExecOutput {
  readonly stream: 'stdout' | 'stderr';
  readonly data: Buffer;
}

const stdinChannel = 0;
const outputs: Readonly<Record<number, ExecOutput['stream']>> = { 1: 'stdout', 2: 'stderr' };
const statusChannel = 3;
const resizeChannel = 4;
const closeChannel = 255;

/** Pieces of output held until they are read. */
const heldOutputs = 16;

/**
 * Runs a program in a container (`v5.channel.k8s.io`, or `v4` with old clusters) and gives its terminal. Rejects as
 * `openWebSocket` does. Aborting the signal destroys it; the program then loses its terminal.
 */
export async function exec(access: ClusterAccess, target: ExecTarget, signal: AbortSignal): Promise<ExecStream> {
  const { namespace, pod, command, impersonate } = target;
  const what = `run ${command[0] ?? 'nothing'} in pod ${namespace}/${pod}`;
  const path = podPath(target, 'exec', queryOf(target));
  const protocols = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];
  const request = { path, protocols, what, ...(impersonate === undefined ? {} : { impersonate }) };
  const socket = await openWebSocket(access, request, signal);
  return new ExecStream(socket, what, signal);
}

function queryOf({ container, command, tty }: ExecTarget): URLSearchParams {
  const query = new URLSearchParams({ stdin: 'true', stdout: 'true', stderr: String(!tty), tty: String(tty) });
  if (container !== undefined) query.set('container', container);
  for (const word of command) query.append('command', word);
  return query;
}

/**
 * A running program: what is written is its input, what is read (as ExecOutput) its output, which ends with the program.
 * `end` closes its input (with `v4` it cannot). Unread output stops the program and the news of its end. Errors are
 * `meshery-kube-1314`. Destroy it to be rid of it earlier.
 */
export class ExecStream extends Duplex {
  /** Exit code of the program; rejects with what destroyed the stream. */
  readonly exit: Promise<number>;
  readonly #exit = Promise.withResolvers<number>();
  readonly #channels: ChannelSocket;
  readonly #what: string;
  readonly #signal: AbortSignal;
  readonly #onAbort: () => void;
  #over = false;

  constructor(socket: WebSocket, what: string, signal: AbortSignal) {
    super({ readableObjectMode: true, readableHighWaterMark: heldOutputs });
    this.exit = this.#exit.promise;
    this.exit.catch(() => undefined);
    this.#what = what;
    this.#signal = signal;
    this.#onAbort = () => {
      this.destroy(signal.reason as Error);
    };
    this.#channels = new ChannelSocket(socket, {
      onFrame: (channel, data) => this.#take(channel, data),
      onClose: (error) => {
        this.#closed(error);
      },
    });
    signal.addEventListener('abort', this.#onAbort, { once: true });
    if (signal.aborted) this.#onAbort();
  }

  /** Tells the terminal its size in characters. */
  resize(columns: number, rows: number): void {
    const size = Buffer.from(JSON.stringify({ Width: columns, Height: rows }));
    this.#channels.send(resizeChannel, size, () => undefined);
  }

  override _read(): void {
    this.#channels.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    if (this.#over) done();
    else this.#channels.send(stdinChannel, chunk, done);
  }

  override _final(done: (error?: Error | null) => void): void {
    if (this.#over || !this.#channels.protocol.startsWith('v5.')) done();
    else this.#channels.send(closeChannel, Uint8Array.of(stdinChannel), done);
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#signal.removeEventListener('abort', this.#onAbort);
    this.#over = true;
    this.#channels.destroy();
    this.#exit.reject(error ?? streamFailed(this.#what, 'it was given up'));
    done(error);
  }

  #take(channel: number, data: Buffer): boolean {
    if (data.length === 0) return true;
    if (channel === statusChannel) this.#finish(data);
    const stream = outputs[channel];
    return stream === undefined || this.push({ stream, data } satisfies ExecOutput);
  }

  #finish(status: Buffer): void {
    const { code, message } = exitCodeOf(status);
    if (code === undefined) this.destroy(streamFailed(this.#what, message));
    else this.#exit.resolve(code);
    this.#over = true;
  }

  #closed(error: Error | undefined): void {
    if (!this.#over) {
      this.destroy(streamFailed(this.#what, 'the connection broke', error));
      return;
    }
    this.push(null);
    this.end();
  }
}
