import { randomBytes } from 'node:crypto';
import { MesheryError } from '@meshery/errors';
import { isRole } from '@meshery/object-model';
import type { Page, PageQuery, ServiceToken, ServiceTokenDraft } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import { hasRight } from '@meshery/security';
import type { ServiceTokenRecord, UserData } from '@meshery/store';
import { missingRight } from '../../access/missing-right.ts';
import {
  certificateHash,
  fingerprintOf,
  serviceTokenHash,
  serviceTokenPrefix,
} from '../../sessions/service-token-text.ts';
import type { IssuedServiceToken, ServiceTokens } from '../provider.ts';
import { timestamp } from './local-parts.ts';
import type { LocalParts } from './local-parts.ts';
import { notFound, organizationsOf } from './tenancy.ts';

const mostTokens = 100;
const dayMs = 24 * 3_600_000;
const rightOfRole = { viewer: 'read', editor: 'write', admin: 'administer' } as const;

/** Tokens and client certificates of programs, each for its user alone. */
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

  async issue(ctx: RequestContext, draft: ServiceTokenDraft): Promise<IssuedServiceToken> {
    const { certificateFingerprint } = draft;
    // A fingerprint is no secret: who registers one decides on whose behalf somebody else's program works.
    const right = certificateFingerprint === undefined ? rightOfRole[draft.role] : 'administer';
    // What a role that somebody made allows is asked for with each request, whatever the token names.
    const isMade = certificateFingerprint === undefined && !ctx.user.roles.some(isRole);
    if (!isMade && !hasRight(ctx.user.roles, right)) throw missingRight(right);
    if (certificateFingerprint !== undefined) return this.#insert(ctx, draft, certificateHash(certificateFingerprint));
    const token = serviceTokenPrefix + randomBytes(32).toString('base64url');
    return { ...(await this.#insert(ctx, draft, serviceTokenHash(token))), token };
  }

  async #insert(ctx: RequestContext, draft: ServiceTokenDraft, hash: string): Promise<ServiceToken> {
    const { clock, newId } = this.#parts;
    const now = timestamp(clock);
    const record: ServiceTokenRecord = {
      id: newId(),
      owner: ctx.user.userId,
      name: draft.name,
      role: draft.role,
      expiresAt: new Date(clock.now() + draft.expiresInDays * dayMs).toISOString(),
      hash,
      createdAt: now,
      updatedAt: now,
    };
    await this.#parts.store.change(async (data) => {
      if ((await data.serviceTokens.all({ owner: record.owner })).length >= mostTokens) throw tooMany();
      if ((await data.serviceTokens.find({ hash })) !== undefined) throw registered();
      await data.serviceTokens.insert(record);
      await this.#note(data, ctx, 'create', record);
    });
    // Whoever showed it before was told that nobody knows it.
    this.#parts.forgetSessions();
    return withoutHash(record);
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

function withoutHash({ hash, ...token }: ServiceTokenRecord): ServiceToken {
  const certificateFingerprint = fingerprintOf(hash);
  return certificateFingerprint === undefined ? token : { ...token, certificateFingerprint };
}

function registered(): MesheryError {
  return new MesheryError('meshery-core-1007', 'This certificate is registered already.', {
    remedy: 'Whoever registered it revokes it with DELETE /api/identity/tokens/{id} first.',
  });
}

function tooMany(): MesheryError {
  return new MesheryError('meshery-core-1007', `A user has at most ${String(mostTokens)} tokens.`, {
    probableCause: 'Programs ask for a new token again and again, and old ones are never revoked.',
    remedy: 'Revoke tokens that are not used any more, then try again.',
  });
}
