import { firstOrganizationId } from '../../provider/local/first-records.ts';

/** Organizations that have a connection to a cluster, by the id of the cluster; a cluster without one is absent. */
export type Owners = ReadonlyMap<string, ReadonlySet<string>>;

/** A cluster that has other owners than before; undefined where it had, or has, none. */
export interface OwnerChange {
  readonly before: ReadonlySet<string> | undefined;
  readonly after: ReadonlySet<string> | undefined;
}

/** Where a scope looks owners up: what is known now, so that an open stream follows changes. */
export interface OwnerSource {
  readonly owners: Owners;
  /** The organization of a connection. */
  organizationOf(connectionId: string): string | undefined;
}

/** Which clusters somebody may see and change: those of the organizations that they are in. */
export class ClusterScope {
  readonly #source: OwnerSource;
  readonly #organizations: readonly string[] | 'all';
  /** Scopes with equal keys see the same. */
  readonly key: string;
  #whole: { readonly of: Owners; readonly isIt: boolean } | undefined;

  constructor(source: OwnerSource, organizations: readonly string[] | 'all') {
    this.#source = source;
    this.#organizations = organizations;
    this.key = organizations === 'all' ? 'all' : [...organizations].sort().join(',');
  }

  has(clusterId: string): boolean {
    return this.sees(this.#source.owners.get(clusterId));
  }

  /** Whether a cluster with these owners is seen; one without a connection is the first organization's. */
  sees(owners: ReadonlySet<string> | undefined): boolean {
    if (this.#organizations === 'all') return true;
    if (owners === undefined) return this.#organizations.includes(firstOrganizationId);
    return this.#organizations.some((id) => owners.has(id));
  }

  /** Whether a connection is one of theirs; what the server reads without any is the first organization's. */
  hasConnection(id: string | undefined): boolean {
    if (this.#organizations === 'all') return true;
    const organizationId = id === undefined ? firstOrganizationId : this.#source.organizationOf(id);
    return organizationId !== undefined && this.#organizations.includes(organizationId);
  }

  /** True when there is no cluster that they do not see. */
  hasEverything(): boolean {
    const { owners: of } = this.#source;
    if (this.#whole?.of !== of) {
      this.#whole = { of, isIt: this.sees(undefined) && of.values().every((owners) => this.sees(owners)) };
    }
    return this.#whole.isIt;
  }
}
