import { isMesheryError, toMesheryError } from '@meshery/errors';
import type { MesheryError } from '@meshery/errors';
import type { Clock, Logger } from '@meshery/observability';
import type { KubeClient } from '../client/kube-client.ts';
import { keyOf } from '../client/kube-object.ts';
import type { KubeObject, ResourceType } from '../client/kube-object.ts';

/** coordination.k8s.io Lease. */
export const leaseType: ResourceType = {
  group: 'coordination.k8s.io',
  version: 'v1',
  plural: 'leases',
  kind: 'Lease',
  namespaced: true,
};

interface Lease extends KubeObject {
  readonly spec?: {
    readonly holderIdentity?: string | null;
    readonly leaseDurationSeconds?: number;
    readonly acquireTime?: string;
    readonly renewTime?: string;
    readonly leaseTransitions?: number;
  };
}

/** What an elector needs. */
export interface LeaseElectorOptions {
  readonly client: KubeClient;
  readonly lease: { readonly namespace: string; readonly name: string };
  /** Who this process is, unique among the candidates. */
  readonly identity: string;
  readonly clock: Clock;
  readonly random: () => number;
  readonly logger: Logger;
  /** How long the lease holds without being renewed, in ms. Default 15,000. */
  readonly durationMs?: number;
  /** Time between looks at another's lease, in ms; it is renewed thrice in its duration. Default 2000. */
  readonly retryMs?: number;
  /** Whether to stand as a candidate now; always when absent. */
  readonly stands?: () => boolean;
}

/**
 * At most one of many processes leads, by a Lease that the leader renews. Times of others are not trusted: a lease is
 * taken over when it did not change for its duration on our own clock. A leader that cannot renew stops leading before
 * others may begin: after two thirds of the duration.
 */
export class LeaseElector {
  readonly #options: LeaseElectorOptions;
  readonly #durationMs: number;
  readonly #retryMs: number;
  #seen: { readonly version: string; readonly at: number } | undefined;
  /** On our own clock: nobody else leads before. */
  #until = Number.NEGATIVE_INFINITY;
  #fault: MesheryError | undefined;

  constructor(options: LeaseElectorOptions) {
    this.#options = options;
    this.#durationMs = options.durationMs ?? 15_000;
    this.#retryMs = options.retryMs ?? 2000;
  }

  /** Ask before each write: it turns false in time even when this process was held up and has not noticed yet. */
  get leading(): boolean {
    return this.#options.clock.monotonic() < this.#until;
  }

  /** Why the lease could not be read or taken at the last look; undefined when it could. */
  get fault(): MesheryError | undefined {
    return this.#fault;
  }

  /**
   * Stands for election until the signal aborts, and calls `lead` while this process leads. Its signal aborts when the
   * lead is lost; the next election waits for it to end. The lease is given back at the end, so that another can go on.
   */
  async run(signal: AbortSignal, lead: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const { clock, random } = this.#options;
    while (!signal.aborted) {
      const lease = await this.#tryAcquire(signal);
      if (lease !== undefined) await this.#lead(lease, signal, lead);
      await clock.sleep(this.#retryMs * (1 + 0.2 * random()), signal).catch(() => undefined);
    }
  }

  async #lead(acquired: Lease, signal: AbortSignal, lead: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const { logger, lease, clock } = this.#options;
    const lost = new AbortController();
    const ended = new AbortController();
    logger.info({ lease: keyOf(lease) }, 'leading');
    const renewing = this.#renewUntilLost(acquired, AbortSignal.any([signal, ended.signal]));
    const watching = renewing.then((last) => {
      lost.abort(new Error('the lead was lost'));
      return last;
    });
    try {
      await lead(AbortSignal.any([signal, lost.signal]));
    } finally {
      ended.abort();
      const last = await watching;
      this.#until = Number.NEGATIVE_INFINITY;
      logger.info({ lease: keyOf(lease) }, 'not leading any more');
      await this.#release(last, AbortSignal.timeout(Math.min(2000, this.#durationMs)));
      this.#seen = { version: '', at: clock.monotonic() };
    }
  }

  /** Renews until the signal aborts or the lease is lost; answers the lease as it was renewed last. */
  async #renewUntilLost(acquired: Lease, signal: AbortSignal): Promise<Lease> {
    const { clock } = this.#options;
    const usualMs = this.#durationMs / 3;
    let lease = acquired;
    let pauseMs = usualMs;
    while (await this.#slept(pauseMs, signal)) {
      const startedAt = clock.monotonic();
      const left = this.#until - startedAt;
      if (left <= 0) break;
      const renewed = await this.#renew(lease, AbortSignal.any([signal, AbortSignal.timeout(Math.ceil(left))]));
      if (renewed === 'taken') break;
      pauseMs = renewed === undefined ? Math.min(this.#retryMs, usualMs) : usualMs;
      if (renewed === undefined) continue;
      lease = renewed;
      this.#holdFrom(startedAt);
    }
    return lease;
  }

  #holdFrom(startedAt: number): void {
    this.#until = startedAt + (this.#durationMs * 2) / 3;
  }

  /** False when the signal aborted meanwhile. */
  #slept(ms: number, signal: AbortSignal): Promise<boolean> {
    return this.#options.clock.sleep(ms, signal).then(
      () => true,
      () => false,
    );
  }

  async #renew(lease: Lease, signal: AbortSignal): Promise<Lease | 'taken' | undefined> {
    try {
      return await this.#write(lease, {}, signal);
    } catch (error) {
      if (isMesheryError(error) && error.code === 'meshery-kube-1310') return 'taken';
      this.#options.logger.warn({ err: error }, 'the lease cannot be renewed');
      return undefined;
    }
  }

  async #tryAcquire(signal: AbortSignal): Promise<Lease | undefined> {
    const { client, lease: ref, logger, stands } = this.#options;
    const limit = AbortSignal.any([signal, AbortSignal.timeout(this.#durationMs)]);
    try {
      const lease = await client.get<Lease>(leaseType, ref, limit);
      // Watched without standing too, so that it is known for how long it has been held when this one has to stand.
      const free = lease === undefined || this.#isFree(lease);
      const startedAt = this.#options.clock.monotonic();
      const taken = free && stands?.() !== false ? await this.#take(lease, limit) : undefined;
      if (taken !== undefined) this.#holdFrom(startedAt);
      this.#fault = undefined;
      return taken;
    } catch (error) {
      const raced = isMesheryError(error) && error.code === 'meshery-kube-1310';
      this.#fault = signal.aborted || raced ? undefined : toMesheryError(error);
      if (this.#fault !== undefined)
        logger.warn({ err: error, lease: keyOf(ref) }, 'the lease cannot be read or taken');
      return undefined;
    }
  }

  #take(lease: Lease | undefined, signal: AbortSignal): Promise<Lease> {
    if (lease === undefined) return this.#create(signal);
    const leaseTransitions = (lease.spec?.leaseTransitions ?? 0) + 1;
    return this.#write(lease, { acquireTime: this.#now(), leaseTransitions }, signal);
  }

  #isFree({ spec, metadata }: Lease): boolean {
    const { clock, identity } = this.#options;
    const holder = spec?.holderIdentity ?? '';
    if (holder === '' || holder === identity) return true;
    const version = metadata.resourceVersion ?? '';
    if (this.#seen?.version !== version) this.#seen = { version, at: clock.monotonic() };
    const holdsMs = (spec?.leaseDurationSeconds ?? this.#durationMs / 1000) * 1000;
    return clock.monotonic() - this.#seen.at > holdsMs;
  }

  #create(signal: AbortSignal): Promise<Lease> {
    const now = this.#now();
    return this.#options.client.create<Lease>(
      leaseType,
      { ...this.#bare(), spec: { ...this.#held(now), acquireTime: now, leaseTransitions: 0 } },
      signal,
    );
  }

  #write(lease: Lease, change: object, signal: AbortSignal): Promise<Lease> {
    const spec = { ...lease.spec, ...this.#held(this.#now()), ...change };
    return this.#options.client.replace<Lease>(leaseType, { ...lease, spec }, signal);
  }

  async #release(lease: Lease, signal: AbortSignal): Promise<void> {
    const { client, logger } = this.#options;
    try {
      const spec = { ...lease.spec, holderIdentity: '', leaseDurationSeconds: 1, renewTime: this.#now() };
      await client.replace<Lease>(leaseType, { ...lease, spec }, signal);
    } catch (error) {
      logger.debug({ err: error }, 'the lease was not given back');
    }
  }

  #bare() {
    const { name, namespace } = this.#options.lease;
    return { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name, namespace } } as const;
  }

  #held(renewTime: string) {
    const leaseDurationSeconds = Math.max(1, Math.ceil(this.#durationMs / 1000));
    return { holderIdentity: this.#options.identity, leaseDurationSeconds, renewTime };
  }

  /** metav1.MicroTime. */
  #now(): string {
    return new Date(this.#options.clock.now()).toISOString().replace('Z', '000Z');
  }
}
