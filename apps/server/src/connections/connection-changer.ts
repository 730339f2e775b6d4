import type { Connection, ConnectionPatch } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import type { ConnectionFields } from '../provider/connections-port.ts';
import type { Providers } from '../provider/providers.ts';
import { givenMetadata } from './cluster-links.ts';
import type { ConnectionLife } from './connection-life.ts';
import type { ConnectionMaker } from './connection-maker.ts';
import { checkMode } from './meshsync-mode.ts';

const modeKeys = ['meshsync_deployment_mode', 'meshsyncDeploymentMode'];

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
    const { status, credentialSecret, ...given } = patch;
    const { connections } = this.#providers.of(ctx);
    const before = await connections.get(ctx, id);
    for (const key of modeKeys) if (given.metadata?.[key] !== undefined) checkMode(before.kind, given.metadata[key]);
    if (status !== undefined && status !== before.status) {
      const moved = await this.#life.move(ctx, id, { to: status, why: 'A user asked for it.' });
      if (status === 'deleted') return moved;
    }
    const fields: { -readonly [Field in keyof ConnectionFields]: ConnectionFields[Field] } = Object.fromEntries(
      Object.entries(given).filter(([, value]) => value !== undefined),
    );
    if (given.metadata !== undefined) {
      fields.metadata = givenMetadata({ ...before.metadata, ...given.metadata }, before.metadata);
    }
    if (credentialSecret !== undefined && credentialSecret !== null) {
      fields.credentialId = await this.#maker.keepSecret(ctx, before, credentialSecret);
    }
    return Object.keys(fields).length === 0 ? connections.get(ctx, id) : connections.update(ctx, id, fields);
  }
}
