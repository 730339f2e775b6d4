import type { Clock } from '@meshery/observability';
import type { UserStore } from '@meshery/store';

/** How long somebody who left an organization may still hear of it. */
const keptMs = 1000;
const maxOrganizations = 1000;

interface Kept {
  readonly users: readonly string[];
  readonly until: number;
}

/** Who is in an organization; asked of the store once a second at most. */
export class MembershipCache {
  readonly #clock: Clock;
  readonly #kept = new Map<string, Kept>();
  #generation = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Forgets everything, for somebody whose membership may be younger than what is known. */
  clear(): void {
    this.#generation += 1;
    this.#kept.clear();
  }

  /** Ids of the members. */
  async of(store: UserStore, organizationId: string): Promise<readonly string[]> {
    const now = this.#clock.monotonic();
    const kept = this.#kept.get(organizationId);
    if (kept !== undefined && kept.until > now) return kept.users;
    const generation = this.#generation;
    const members = await store.read((data) => data.memberships.all({ organizationId }));
    const users = members.map(({ userId }) => userId);
    if (this.#kept.size >= maxOrganizations) this.#kept.clear();
    if (generation === this.#generation) this.#kept.set(organizationId, { users, until: now + keptMs });
    return users;
  }
}
