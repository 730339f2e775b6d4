import { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { ClusterAccess } from '../kubeconfig/cluster-access.ts';
import { ChannelSocket } from './channel-socket.ts';
import { openWebSocket } from './open-web-socket.ts';
import { podPath } from './pod-target.ts';
import type { PodTarget } from './pod-target.ts';
import { streamFailed } from './stream-errors.ts';

/** A TCP port inside of a pod. */
export interface PortTarget extends PodTarget {
  readonly port: number;
}

const dataChannel = 0;
/** Each channel begins with the port as two bytes. */
const portBytes = 2;

/**
 * Opens one connection to a port of a pod, through the API server and the node (`v4.channel.k8s.io`). The stream ends
 * when the pod closes; a port that refuses destroys it with `meshery-kube-1314`, because the node dials only after the
 * stream was opened. The protocol has no half-close: `end` sends what is left and says nothing, so destroy the stream
 * when the near side is done. Aborting the signal destroys it. Rejects as `openWebSocket` does, for example with
 * `meshery-kube-1313` when there is no such pod.
 */
export async function portForward(access: ClusterAccess, target: PortTarget, signal: AbortSignal): Promise<Duplex> {
  const { namespace, pod, port, impersonate } = target;
  const what = `forward port ${String(port)} of pod ${namespace}/${pod}`;
  const path = podPath(target, 'portforward', new URLSearchParams({ ports: String(port) }));
  const protocols = ['v4.channel.k8s.io'];
  const request = { path, protocols, what, ...(impersonate === undefined ? {} : { impersonate }) };
  const socket = await openWebSocket(access, request, signal);
  return new PortConnection(socket, what, signal);
}

class PortConnection extends Duplex {
  readonly #channels: ChannelSocket;
  readonly #what: string;
  readonly #signal: AbortSignal;
  readonly #onAbort: () => void;
  readonly #headerLeft = [portBytes, portBytes];

  constructor(socket: WebSocket, what: string, signal: AbortSignal) {
    super({ allowHalfOpen: false });
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

  override _read(): void {
    this.#channels.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#channels.send(dataChannel, chunk, done);
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#signal.removeEventListener('abort', this.#onAbort);
    this.#channels.destroy();
    done(error);
  }

  #take(channel: number, frame: Buffer): boolean {
    const header = Math.min(this.#headerLeft[channel] ?? 0, frame.length);
    this.#headerLeft[channel] = (this.#headerLeft[channel] ?? 0) - header;
    const data = frame.subarray(header);
    if (data.length === 0) return true;
    if (channel === dataChannel) return this.push(data);
    this.destroy(streamFailed(this.#what, data.toString('utf8')));
    return true;
  }

  #closed(error: Error | undefined): void {
    if (error === undefined) this.push(null);
    else this.destroy(streamFailed(this.#what, 'the connection broke', error));
  }
}
