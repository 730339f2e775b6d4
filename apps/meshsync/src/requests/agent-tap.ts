import type {
  Allocate,
  Batch,
  BatchOutcome,
  IngestControl,
  IngestPort,
  OpenRunRequest,
  OpenRunResponse,
} from '@meshery/contracts';
import type { StoreCopies } from './store-copies.ts';

/** Sits between the agent and its port, so that requests can ask the running agent for everything again. */
export class AgentTap implements IngestPort {
  readonly packsInto?: Allocate;
  readonly #port: IngestPort;
  readonly #copies: StoreCopies | undefined;
  readonly #clusterListeners = new Set<(clusterId: string) => void>();
  #clusterId: string | undefined;
  #onControl: ((control: IngestControl) => void) | undefined;

  /** `copies` where somebody may ask for what passes by. */
  constructor(port: IngestPort, copies?: StoreCopies) {
    this.#port = port;
    this.#copies = copies;
    if (port.packsInto !== undefined) this.packsInto = port.packsInto;
  }

  /** Called at once, if one is known, and whenever another cluster is being discovered. */
  onCluster(listener: (clusterId: string) => void): void {
    this.#clusterListeners.add(listener);
    if (this.#clusterId !== undefined) listener(this.#clusterId);
  }

  /** Every object is sent again; false when nothing is being discovered yet. */
  resync(reason: string): boolean {
    this.#onControl?.({ type: 'snapshot-all', reason });
    return this.#onControl !== undefined;
  }

  openRun(request: OpenRunRequest, signal: AbortSignal): Promise<OpenRunResponse> {
    if (request.clusterId !== this.#clusterId) {
      this.#clusterId = request.clusterId;
      for (const listener of this.#clusterListeners) listener(request.clusterId);
    }
    return this.#port.openRun(request, signal);
  }

  controls(clusterId: string, onControl: (control: IngestControl) => void, signal: AbortSignal): Promise<void> {
    this.#onControl = onControl;
    return this.#port.controls(clusterId, onControl, signal);
  }

  async send(batch: Batch, signal: AbortSignal): Promise<BatchOutcome> {
    await this.#copies?.copy(batch, signal);
    return this.#port.send(batch, signal);
  }
}
