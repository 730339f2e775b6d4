import type { Connection, ConnectionPatch } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import type { ConnectionFields } from '../provider/connections-port.ts';
import type { Providers } from '../provider/providers.ts';
import { givenMetadata } from './cluster-links.ts';
import type { ConnectionLife, Step } from './connection-life.ts';
import type { ConnectionMaker } from './connection-maker.ts';
import { checkMode, modeKey, withMode } from './meshsync-mode.ts';

/** Says that the operator stays in a cluster that is disconnected. */
const keepKey = 'keepOperator';

/** Changes fields and status of connections as clients ask for it. */
export class ConnectionChanger {
  readonly #providers: Providers;
  readonly #maker: ConnectionMaker;
  readonly #life: ConnectionLife;

  constructor(providers: Providers, maker: ConnectionMaker, life: ConnectionLife) {
    this.#providers = providers;
    this.#maker = maker;
    this.#life = life;
  }

  /** The status goes first: where it is refused, nothing changes. */
  async change(ctx: RequestContext, id: string, patch: ConnectionPatch): Promise<Connection> {
    const { status, credentialSecret, metadata, ...given } = patch;
    const { connections } = this.#providers.of(ctx);
    const before = await connections.get(ctx, id);
    const said = metadata === undefined ? undefined : withMode(before.kind, metadata);
    if (status !== undefined && status !== before.status) {
      const moved = await this.#life.move(ctx, id, { to: status, why: 'A user asked for it.', ...keeping(said) });
      if (status === 'deleted') return moved;
    }
    const fields: { -readonly [Field in keyof ConnectionFields]: ConnectionFields[Field] } = Object.fromEntries(
      Object.entries(given).filter(([, value]) => value !== undefined),
    );
    if (said !== undefined) fields.metadata = givenMetadata(said);
    if (credentialSecret !== undefined && credentialSecret !== null) {
      fields.credentialId = await this.#maker.keepSecret(ctx, before, credentialSecret);
    }
    if (Object.keys(fields).length === 0) return connections.get(ctx, id);
    const changed = await connections.update(ctx, id, fields);
    const isUsedOtherwise = said?.[modeKey] !== undefined || fields.credentialId !== undefined;
    if (isUsedOtherwise || changed.url !== before.url) await this.#life.refresh(ctx, id);
    return changed;
  }

  /** Has a cluster discovered in another way. Rejects with `meshery-core-1001` for what is no cluster, or no mode. */
  async setMode(ctx: RequestContext, id: string, mode: unknown): Promise<Connection> {
    const { connections } = this.#providers.of(ctx);
    const { kind } = await connections.get(ctx, id);
    checkMode(kind, mode);
    await connections.update(ctx, id, { metadata: { [modeKey]: mode } });
    return this.#life.refresh(ctx, id);
  }

  /** Changes the settings of the controllers of a cluster; where the operator is deployed, they go there. */
  async configure(ctx: RequestContext, id: string, override: Readonly<Record<string, unknown>>): Promise<Connection> {
    const { connections } = this.#providers.of(ctx);
    const { kind } = await connections.get(ctx, id);
    checkMode(kind, 'embedded');
    await connections.update(ctx, id, { controllersConfig: override });
    return this.#life.refresh(ctx, id);
  }
}

/** What has to be known when the status changes, not only afterwards. */
function keeping(said: Readonly<Record<string, unknown>> | undefined): Pick<Step, 'metadata'> {
  return said?.[keepKey] === undefined ? {} : { metadata: { [keepKey]: said[keepKey] } };
}
