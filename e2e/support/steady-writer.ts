import { setTimeout as sleep } from 'node:timers/promises';
import type { KubeAdmin, ObjectState } from '@meshery/testing';

const COLLECTION = '/api/v1/namespaces/default/configmaps';
const PREFIX = 'steady-';
/** Twenty writes a second. */
const EVERY_MS = 50;
/** A round creates one object and changes another. */
const CHANGED_AFTER = 3;
/** Every second round deletes one. */
const DELETED_AFTER = 8;

/** Creates, changes and deletes ConfigMaps all the time, and keeps a ledger of what must be there. */
export class SteadyWriter {
  readonly #admin: KubeAdmin;
  readonly #ledger = new Map<string, ObjectState>();
  #stop = new AbortController();
  #running: Promise<void> = Promise.resolve();
  #turn = 0;
  #writes = 0;

  constructor(admin: KubeAdmin) {
    this.#admin = admin;
  }

  /** Writes that the API server accepted. */
  get writes(): number {
    return this.#writes;
  }

  /** What the cluster must hold of it, while nothing is written. */
  get expected(): readonly ObjectState[] {
    return [...this.#ledger.values()];
  }

  /** True for an object that a writer made. */
  isOwn({ kind, name }: ObjectState): boolean {
    return kind === 'ConfigMap' && name.startsWith(PREFIX);
  }

  resume(): void {
    this.#stop = new AbortController();
    this.#running = this.#loop(this.#stop.signal);
    // Whoever pauses is told.
    this.#running.catch(() => undefined);
  }

  /** Waits for the write under way; rejects with the failure of a write. */
  async pause(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #loop(signal: AbortSignal): Promise<void> {
    for (let due = performance.now(); !signal.aborted; due += EVERY_MS) {
      await this.#next();
      await sleep(Math.max(0, due + EVERY_MS - performance.now()));
    }
  }

  async #next(): Promise<void> {
    const [round, step] = [Math.floor(this.#turn / 3), this.#turn % 3];
    this.#turn += 1;
    if (step === 0) await this.#create(round);
    else if (step === 1) await this.#change(round - CHANGED_AFTER);
    else if (round % 2 === 0) await this.#delete(round - DELETED_AFTER);
    else await this.#change(round);
  }

  async #create(round: number): Promise<void> {
    const name = `${PREFIX}${String(round)}`;
    const { metadata } = await this.#admin.create(COLLECTION, { metadata: { name }, data: { written: 'once' } });
    this.#note(name, metadata);
  }

  async #change(round: number): Promise<void> {
    const name = `${PREFIX}${String(round)}`;
    if (!this.#ledger.has(name)) return;
    const change = { data: { written: String(this.#turn) } };
    const { metadata } = await this.#admin.patch(`${COLLECTION}/${name}`, change);
    this.#note(name, metadata);
  }

  async #delete(round: number): Promise<void> {
    const name = `${PREFIX}${String(round)}`;
    if (!this.#ledger.delete(name)) return;
    await this.#admin.delete(`${COLLECTION}/${name}`);
    this.#writes += 1;
  }

  #note(name: string, { uid, resourceVersion }: Pick<ObjectState, 'uid' | 'resourceVersion'>): void {
    this.#ledger.set(name, { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'default', name, uid, resourceVersion });
    this.#writes += 1;
  }
}
