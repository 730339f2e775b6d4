import { setTimeout as sleep } from 'node:timers/promises';
import type { KubeAdmin } from './kube-admin.ts';

interface Workload {
  readonly metadata: { readonly namespace: string; readonly name: string; readonly generation: number };
  readonly spec: { readonly replicas?: number };
  readonly status?: { readonly observedGeneration?: number; readonly readyReplicas?: number };
}

const LOOK_EVERY_MS = 100;
const COLLECTIONS = ['statefulsets', 'deployments'] as const;

/** Plays controllers and nodes: says of each workload that all of its pods run, soon after it was written. */
export class WorkloadPlayer {
  readonly #admin: KubeAdmin;
  readonly #selector: string;
  readonly #stop = new AbortController();
  readonly #playing: Promise<void>;
  /** Statuses written. */
  played = 0;

  /** Plays for workloads that have these labels, until it is stopped. */
  constructor(admin: KubeAdmin, selector: string) {
    this.#admin = admin;
    this.#selector = encodeURIComponent(selector);
    this.#playing = this.#play();
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#playing;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  async #play(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      // An API server that is away, or an object that went meanwhile, is what tests are about: the next look tells.
      await Promise.allSettled(COLLECTIONS.map((plural) => this.#tend(plural)));
      await sleep(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  async #tend(plural: (typeof COLLECTIONS)[number]): Promise<void> {
    const path = `/apis/apps/v1/${plural}?labelSelector=${this.#selector}`;
    const { items } = await this.#admin.json<{ readonly items: readonly Workload[] }>({ path });
    await Promise.allSettled(items.map((item) => this.#settle(plural, item)));
  }

  async #settle(plural: string, { metadata, spec, status }: Workload): Promise<void> {
    const { namespace, name, generation } = metadata;
    const replicas = spec.replicas ?? 1;
    if (status?.observedGeneration === generation && (status.readyReplicas ?? 0) === replicas) return;
    const counts = { replicas, readyReplicas: replicas, updatedReplicas: replicas, availableReplicas: replicas };
    const change = { status: { observedGeneration: generation, ...counts } };
    await this.#admin.patch(`/apis/apps/v1/namespaces/${namespace}/${plural}/${name}/status`, change);
    this.played += 1;
  }
}
