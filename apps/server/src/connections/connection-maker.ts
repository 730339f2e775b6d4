import { MesheryError } from '@meshery/errors';
import { firstStatuses, shortestWay } from '@meshery/object-model';
import type {
  Connection,
  ConnectionDefinition,
  ConnectionDraft,
  ConnectionStatus,
  Secret,
} from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import type { NewConnection } from '../provider/connections-port.ts';
import type { Provider } from '../provider/provider.ts';
import type { Providers } from '../provider/providers.ts';
import type { ConnectionDefinitions } from '../registry/connection-definitions/connection-definitions.ts';
import { organizationFor } from '../rest/first-organization.ts';
import { givenMetadata } from './cluster-links.ts';
import { withMode } from './meshsync-mode.ts';
import type { ConnectionLife } from './connection-life.ts';

/** How a connection is made. */
export interface Making {
  /** An id that the client was given for it before. */
  readonly id?: string | undefined;
  /** Where its life begins, if that is a part of its life, to go on to its status; its far side is reached for that. */
  readonly from?: ConnectionStatus;
  /** Believes that the far side can be reached. */
  readonly isTrusted?: boolean | undefined;
}

/** Makes connections out of what clients say; what cannot be made whole is not made at all. */
export class ConnectionMaker {
  readonly #providers: Providers;
  readonly #life: ConnectionLife;
  readonly #definitions: ConnectionDefinitions;

  constructor(providers: Providers, life: ConnectionLife, definitions: ConnectionDefinitions) {
    this.#providers = providers;
    this.#life = life;
    this.#definitions = definitions;
  }

  /** Rejects with `meshery-connection-1701` for an unknown kind, `meshery-core-1001` for a status that none begins in, and as `ConnectionLife.move` does. */
  async make(ctx: RequestContext, draft: ConnectionDraft, making: Making = {}): Promise<Connection> {
    const definition = await this.#definitions.require(draft.kind);
    const [status, ...steps] = beginning(definition, draft.status ?? definition.firstStatus, making.from);
    const provider = this.#providers.of(ctx);
    const organizationId = await organizationFor(ctx, provider, draft.organizationId);
    const undo: (() => Promise<unknown>)[] = [];
    try {
      const credentialId = await this.#credential(ctx, provider, { draft, organizationId, undo });
      const fields = { ...connectionFrom(draft, definition), status, organizationId, credentialId, id: making.id };
      let connection = await provider.connections.create(ctx, fields, 'It was made.');
      undo.push(() => this.#life.remove(ctx, connection.id));
      for (const to of steps) {
        const step = { to, why: 'Asked for when it was made.', isTrusted: making.isTrusted };
        connection = await this.#life.move(ctx, connection.id, step);
      }
      return connection;
    } catch (error) {
      for (const work of undo.reverse()) {
        await work().catch((left: unknown) => ctx.logger.warn({ err: left }, 'a connection was not undone whole'));
      }
      throw error;
    }
  }

  /** Keeps a secret for a connection: in the credential that it has, else in a new one. Gives the credential's id. */
  async keepSecret(ctx: RequestContext, connection: Connection, secret: Secret): Promise<string> {
    const { credentials } = this.#providers.of(ctx);
    const { credentialId, name, kind: type, organizationId } = connection;
    if (typeof credentialId !== 'string') {
      return (await credentials.create(ctx, { name, type, organizationId, secret })).id;
    }
    await credentials.update(ctx, credentialId, { secret });
    return credentialId;
  }

  async #credential(
    ctx: RequestContext,
    provider: Provider,
    making: {
      readonly draft: ConnectionDraft;
      readonly organizationId: string;
      readonly undo: (() => Promise<unknown>)[];
    },
  ): Promise<string | null> {
    const { draft, organizationId, undo } = making;
    const { credentialSecret: secret, credentialId, name, kind } = draft;
    if (secret === null || secret === undefined || Object.keys(secret).length === 0) return credentialId ?? null;
    const { id } = await provider.credentials.create(ctx, { name, type: kind.toLowerCase(), organizationId, secret });
    undo.push(() => provider.credentials.remove(ctx, id));
    return id;
  }
}

/** The status that one is made in, and the steps from there to the one that was asked for. */
function beginning(
  { kind, transitionMap, firstStatus }: ConnectionDefinition,
  status: ConnectionStatus,
  from: ConnectionStatus | undefined,
): readonly [ConnectionStatus, ...ConnectionStatus[]] {
  const first = from === undefined ? status : transitionMap[from] === undefined ? firstStatus : from;
  const steps = shortestWay(transitionMap, first, status);
  const allowed = firstStatuses(transitionMap, firstStatus);
  if (allowed.includes(status) && (steps.length > 0 || first === status)) return [first, ...steps];
  throw new MesheryError('meshery-core-1001', `A new connection of kind "${kind}" cannot be ${status}.`, {
    probableCause: 'Its life does not begin there, and does not lead there.',
    remedy: `Use one of: ${allowed.join(', ')}.`,
  });
}

function connectionFrom(
  draft: ConnectionDraft,
  { kind, type, subType }: ConnectionDefinition,
): Omit<NewConnection, 'organizationId' | 'status'> {
  const { name, description, styles } = draft;
  const metadata = givenMetadata(withMode(kind, draft.metadata));
  const texts = { name, description, url: draft.url ?? urlOf(metadata), origin: 'user', contextId: null } as const;
  const place = { kind, type: draft.type ?? type, subType: draft.subType ?? subType };
  return { ...texts, ...place, metadata, styles, controllersConfig: null };
}

/** Older clients say the URL in the metadata; what is no URL that may be called is not one here either. */
function urlOf({ url }: Readonly<Record<string, unknown>>): string {
  return typeof url === 'string' && /^(https?|nats|tls):$/.test(URL.parse(url)?.protocol ?? '')
    ? url.slice(0, 2048)
    : '';
}
