import { LeaseElector } from '@meshery/kube/reconcile';
import type { SourceCondition } from '../sources/link-source.ts';
import type { LinkShare } from './link-share.ts';
import { assign, shardOf } from './rendezvous.ts';
import { Replicas, aborted } from './replicas.ts';
import type { SharingDeps } from './replicas.ts';

/** Links are shared out in that many parts, each with a Lease once it has a link: thousands cost no more than a few. */
const shards = 12;
/** A replica that was killed is replaced within that and two looks, in ms. */
const leaseMs = 10_000;

/** An even share for each replica: the holder of a shard's Lease runs its links. */
export class LeasedShare implements LinkShare {
  readonly #deps: SharingDeps;
  readonly #replicas: Replicas;
  readonly #held = new Set<number>();
  /** Resolved once a link of the shard is known: nobody renews a Lease for nothing. */
  readonly #wanted = Array.from({ length: shards }, () => Promise.withResolvers<undefined>());
  /** Ends a lead that belongs to another replica by now. */
  readonly #giveUp = new Map<number, AbortController>();
  #assigned: readonly string[];

  constructor(deps: SharingDeps) {
    this.#deps = deps;
    this.#replicas = new Replicas(deps);
    this.#assigned = assign(shards, [deps.identity]);
  }

  get failure(): SourceCondition | undefined {
    return this.#replicas.failure;
  }

  claim(identity: string): boolean {
    const shard = shardOf(identity, shards);
    this.#wanted[shard]?.resolve(undefined);
    return this.#held.has(shard);
  }

  async run(onChange: () => Promise<void>, signal: AbortSignal): Promise<void> {
    // Replicas that start together know of each other before the first of them takes anything.
    const known = Promise.withResolvers<undefined>();
    const onLook = (): void => {
      this.#assigned = assign(shards, this.#replicas.living());
      for (const [shard, lead] of this.#giveUp) if (!this.#isMine(shard)) lead.abort();
      known.resolve(undefined);
    };
    const looking = this.#replicas.run(onLook, signal);
    await Promise.race([known.promise, aborted(signal)]);
    const electing = Array.from({ length: shards }, (_, shard) => this.#elect(shard, onChange, signal));
    await Promise.all([looking, ...electing]);
  }

  async #elect(shard: number, onChange: () => Promise<void>, signal: AbortSignal): Promise<void> {
    const { namespace, lookMs } = this.#deps;
    await Promise.race([this.#wanted[shard]?.promise, aborted(signal)]);
    const elector = new LeaseElector({
      ...this.#deps,
      lease: { namespace, name: `meshery-bridge-shard-${shard}` },
      durationMs: leaseMs,
      stands: () => this.#isMine(shard),
      ...(lookMs === undefined ? {} : { retryMs: lookMs }),
    });
    await elector.run(signal, async (lead) => {
      const giveUp = new AbortController();
      this.#giveUp.set(shard, giveUp);
      this.#held.add(shard);
      await onChange();
      await aborted(AbortSignal.any([lead, giveUp.signal]));
      this.#giveUp.delete(shard);
      this.#held.delete(shard);
      await onChange();
    });
  }

  #isMine(shard: number): boolean {
    return this.#assigned[shard] === this.#deps.identity;
  }
}
