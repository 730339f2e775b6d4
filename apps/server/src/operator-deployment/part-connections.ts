import { shortestWay } from '@meshery/object-model';
import type { Connection, ConnectionStatus } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import { tiedKey } from '../connections/kinds/tied-cluster.ts';
import type { PartFacts } from '../controllers/controller-facts.ts';
import type { Parts } from '../controllers/controller-objects.ts';
import type { Connections } from '../provider/connections-port.ts';
import type { Providers } from '../provider/providers.ts';
import type { ConnectionDefinitions } from '../registry/connection-definitions/connection-definitions.ts';

const kinds = ['operator', 'meshsync', 'broker'] as const;
type PartKind = (typeof kinds)[number];

/** What a part is called for people. */
const titles: Readonly<Record<PartKind, string>> = { operator: 'Operator', meshsync: 'MeshSync', broker: 'Broker' };

/** The cluster that the parts belong to. */
export type Parent = Pick<Connection, 'id' | 'name' | 'organizationId'>;

/**
 * Operator, MeshSync and broker of a cluster as connections of their own. They follow what is true in the cluster, and
 * they are the durable record that something was deployed there: they are made before, and removed after it.
 */
export class PartConnections {
  readonly #providers: Providers;
  readonly #definitions: ConnectionDefinitions;

  constructor(providers: Providers, definitions: ConnectionDefinitions) {
    this.#providers = providers;
    this.#definitions = definitions;
  }

  /** Whether something may have been deployed for a cluster. */
  async isExpected(ctx: RequestContext, parent: Parent): Promise<boolean> {
    return (await this.#find(ctx, parent, 'operator')) !== undefined;
  }

  /** Records that something is about to be deployed. */
  async expect(ctx: RequestContext, parent: Parent): Promise<void> {
    for (const kind of kinds) {
      if ((await this.#find(ctx, parent, kind)) === undefined) await this.#make(ctx, parent, kind);
    }
  }

  /** Makes the states of the parts true: connected is what works, registered what is there and does not yet. */
  async follow(ctx: RequestContext, parent: Parent, { operator, meshSync, broker }: Parts): Promise<void> {
    await this.#followOne(ctx, parent, 'operator', operator);
    await this.#followOne(ctx, parent, 'meshsync', meshSync);
    await this.#followOne(ctx, parent, 'broker', broker);
  }

  /** Forgets the parts of a cluster. */
  async remove(ctx: RequestContext, parent: Parent): Promise<void> {
    // The operator is the record of all of them, so it goes last.
    for (const kind of kinds.toReversed()) {
      const known = await this.#find(ctx, parent, kind);
      if (known !== undefined) await this.#all(ctx).remove(ctx, known.id);
    }
  }

  async #followOne(ctx: RequestContext, parent: Parent, kind: PartKind, facts: PartFacts | undefined): Promise<void> {
    const found = await this.#find(ctx, parent, kind);
    if (found === undefined && facts === undefined) return;
    const known = found ?? (await this.#make(ctx, parent, kind));
    const version = facts?.version ?? '';
    if (known.metadata['version'] !== version) {
      await this.#all(ctx).update(ctx, known.id, { metadata: { version } });
    }
    const why = facts?.message === undefined || facts.message === '' ? 'It was looked at.' : facts.message;
    for (const to of shortestWay(this.#definitions.lifeOf(kind), known.status, statusOf(facts))) {
      await this.#all(ctx).move(ctx, known.id, { to, why });
    }
  }

  #find(ctx: RequestContext, { id, organizationId }: Parent, kind: PartKind): Promise<Connection | undefined> {
    return this.#all(ctx).ofContext(ctx, organizationId, contextOf(id, kind));
  }

  #make(ctx: RequestContext, { id, name, organizationId }: Parent, kind: PartKind): Promise<Connection> {
    const place = { kind, type: 'platform', subType: 'management', status: 'discovered', url: '' } as const;
    const texts = { name: `${titles[kind]} of ${name}`, description: '', styles: {}, origin: 'discovery' } as const;
    const links = { contextId: contextOf(id, kind), controllersConfig: null, credentialId: null } as const;
    const draft = { ...place, ...texts, ...links, organizationId, metadata: { [tiedKey]: id } };
    return this.#all(ctx).create(ctx, draft, 'It belongs to a cluster in operator mode.');
  }

  #all(ctx: RequestContext): Connections {
    return this.#providers.of(ctx).connections;
  }
}

/** Id of the cluster's connection that a part belongs to; undefined for what is no part. */
export function parentOf({ kind, origin, contextId }: Connection): string | undefined {
  // The metadata say it as well, but users may change those.
  if (kind !== 'operator' || origin !== 'discovery' || typeof contextId !== 'string') return undefined;
  return contextId.slice(0, contextId.indexOf('/'));
}

function contextOf(id: string, kind: PartKind): string {
  return `${id}/${kind}`;
}

function statusOf(facts: PartFacts | undefined): ConnectionStatus {
  if (facts === undefined) return 'not found';
  return facts.isReady && !facts.isLeaving ? 'connected' : 'registered';
}
