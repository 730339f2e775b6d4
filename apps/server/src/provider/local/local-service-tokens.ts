import { randomBytes } from 'node:crypto';
import { MesheryError } from '@meshery/errors';
import type { Page, PageQuery, ServiceToken, ServiceTokenDraft } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import { hasRight } from '@meshery/security';
import type { ServiceTokenRecord, UserData } from '@meshery/store';
import { missingRight } from '../../access/right.guard.ts';
import { serviceTokenHash, serviceTokenPrefix } from '../../sessions/service-token-text.ts';
import type { ServiceTokens } from '../provider.ts';
import { timestamp } from './local-parts.ts';
import type { LocalParts } from './local-parts.ts';
import { notFound, organizationsOf } from './tenancy.ts';

const mostTokens = 100;
const dayMs = 24 * 3_600_000;
const rightOfRole = { viewer: 'read', editor: 'write', admin: 'administer' } as const;

/** Tokens for programs, each for its user alone. */
export class LocalServiceTokens implements ServiceTokens {
  readonly #parts: LocalParts;

  constructor(parts: LocalParts) {
    this.#parts = parts;
  }

  page(ctx: RequestContext, query: PageQuery): Promise<Page<ServiceToken>> {
    return this.#parts.store.read(async (data) => {
      const page = await data.serviceTokens.page({ owner: ctx.user.userId }, query);
      return { ...page, items: page.items.map(withoutHash) };
    });
  }

  issue(ctx: RequestContext, draft: ServiceTokenDraft): Promise<ServiceToken & { readonly token: string }> {
    const right = rightOfRole[draft.role];
    if (!hasRight(ctx.user.roles, right)) return Promise.reject(missingRight(right));
    const token = serviceTokenPrefix + randomBytes(32).toString('base64url');
    const { clock, newId } = this.#parts;
    const now = timestamp(clock);
    const record: ServiceTokenRecord = {
      id: newId(),
      owner: ctx.user.userId,
      name: draft.name,
      role: draft.role,
      expiresAt: new Date(clock.now() + draft.expiresInDays * dayMs).toISOString(),
      hash: serviceTokenHash(token),
      createdAt: now,
      updatedAt: now,
    };
    return this.#parts.store.change(async (data) => {
      if ((await data.serviceTokens.all({ owner: record.owner })).length >= mostTokens) throw tooMany();
      await data.serviceTokens.insert(record);
      await this.#note(data, ctx, 'create', record);
      return { ...withoutHash(record), token };
    });
  }

  async revoke(ctx: RequestContext, id: string): Promise<void> {
    await this.#parts.store.change(async (data) => {
      const known = await data.serviceTokens.find({ id, owner: ctx.user.userId });
      if (known === undefined) throw notFound('token');
      await data.serviceTokens.remove({ id });
      await this.#note(data, ctx, 'revoke', known);
    });
    this.#parts.forgetSessions();
  }

  async #note(data: UserData, ctx: RequestContext, action: string, token: ServiceToken): Promise<void> {
    const description = `Token "${token.name}" of role ${token.role}: ${action}d.`;
    const organizationId = (await organizationsOf(data, ctx))[0] ?? '';
    await this.#parts.notes.note(data, ctx, {
      category: 'token',
      action,
      actedUpon: token.id,
      organizationId,
      description,
    });
  }
}

function withoutHash({ hash: _hash, ...token }: ServiceTokenRecord): ServiceToken {
  return token;
}

function tooMany(): MesheryError {
  return new MesheryError('meshery-core-1007', `A user has at most ${String(mostTokens)} tokens.`, {
    probableCause: 'Programs ask for a new token again and again, and old ones are never revoked.',
    remedy: 'Revoke tokens that are not used any more, then try again.',
  });
}
