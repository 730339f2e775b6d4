import { toMesheryError } from '@meshery/errors';
import { LeaseElector, leaseType } from '@meshery/kube/reconcile';
import type { KubeClient, KubeObject } from '@meshery/kube/reconcile';
import type { Clock, Logger } from '@meshery/observability';
import type { SourceCondition } from '../sources/link-source.ts';

/** What the parts of a share have in common. */
export interface SharingDeps {
  /** Of the cluster in which the replicas run. */
  readonly client: KubeClient;
  /** Where their Leases are. */
  readonly namespace: string;
  /** Of this replica: unique, letters, digits and "-". */
  readonly identity: string;
  readonly clock: Clock;
  readonly random: () => number;
  readonly logger: Logger;
  /** Milliseconds between two looks; 2,000 unless told. */
  readonly lookMs?: number;
}

interface Lease extends KubeObject {
  readonly spec?: { readonly holderIdentity?: string | null };
}

interface Seen {
  readonly version: string;
  readonly at: number;
  readonly held: boolean;
}

/** Milliseconds without a renewal after which a replica does not count any more, and its Lease is removed. */
const goneMs = 8000;
const forgottenMs = 60_000;

/** Knows which replicas are there: each renews a Lease of its own. Times of others are not trusted. */
export class Replicas {
  readonly #deps: SharingDeps;
  readonly #seen = new Map<string, Seen>();
  #failure: SourceCondition | undefined;

  constructor(deps: SharingDeps) {
    this.#deps = deps;
  }

  get failure(): SourceCondition | undefined {
    return this.#failure;
  }

  /** Identities of those that are there, this one among them, sorted. */
  living(): readonly string[] {
    const { clock, identity } = this.#deps;
    const since = clock.monotonic() - goneMs;
    const others = [...this.#seen].flatMap(([name, { held, at }]) =>
      held && at >= since ? [name.slice(prefix.length)] : [],
    );
    return [...new Set([...others, identity])].sort();
  }

  /** Is there, and looks who else is, until the signal aborts; `onLook` is called after each look. */
  async run(onLook: () => void, signal: AbortSignal): Promise<void> {
    const { client, namespace, identity, clock, random, logger, lookMs = 2000 } = this.#deps;
    const lease = { namespace, name: `${prefix}${identity}` };
    const elector = new LeaseElector({ client, lease, identity, clock, random, logger, retryMs: lookMs });
    const present = elector.run(signal, (lead) => aborted(lead));
    while (!signal.aborted) {
      await this.#look(signal);
      onLook();
      await clock.sleep(lookMs * (0.9 + 0.2 * random()), signal).catch(() => undefined);
    }
    await present;
  }

  async #look(signal: AbortSignal): Promise<void> {
    const { client, namespace, clock } = this.#deps;
    try {
      const leases = await client.list<Lease>(leaseType, { namespace }, signal);
      const mine = leases.filter(({ metadata }) => metadata.name.startsWith(prefix));
      for (const lease of mine) this.#note(lease, clock.monotonic());
      const names = new Set(mine.map(({ metadata }) => metadata.name));
      for (const name of [...this.#seen.keys()]) if (!names.has(name)) this.#seen.delete(name);
      await this.#prune(signal);
      this.#failure = undefined;
    } catch (error) {
      if (signal.aborted) return;
      const { code, message } = toMesheryError(error);
      this.#failure = { code, reason: `the work cannot be shared: ${message}` };
    }
  }

  #note({ metadata, spec }: Lease, now: number): void {
    const { name, resourceVersion: version = '' } = metadata;
    if (this.#seen.get(name)?.version === version) return;
    const held = (spec?.holderIdentity ?? '') !== '';
    this.#seen.set(name, { version, at: now, held });
  }

  /** Replicas have new names at each start: what they left must not pile up. */
  async #prune(signal: AbortSignal): Promise<void> {
    const { client, namespace, identity, clock } = this.#deps;
    for (const [name, { at }] of this.#seen) {
      if (name === `${prefix}${identity}` || clock.monotonic() - at < forgottenMs) continue;
      await client.delete(leaseType, { namespace, name }, {}, signal);
    }
  }
}

const prefix = 'meshery-bridge-replica-';

/** Resolves when the signal aborts. */
export function aborted(signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  if (signal.aborted) resolve(undefined);
  signal.addEventListener('abort', () => resolve(undefined), { once: true });
  return promise;
}
