import { MesheryError } from '@meshery/errors';
import { mergePatch } from '@meshery/object-model';
import type { Preference, PreferencePatch } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import type { Preferences } from '../provider.ts';
import { timestamp } from './local-parts.ts';
import type { LocalParts } from './local-parts.ts';

/** Largest preferences of one user, in characters of JSON. */
const maxLength = 262_144;
/** Nothing is reported to anybody, whoever asks. */
const defaults = { anonymousUsageStats: false, anonymousPerfResults: false };

/** Preferences, one JSON object for each user. */
export class LocalPreferences implements Preferences {
  readonly #parts: LocalParts;

  constructor(parts: LocalParts) {
    this.#parts = parts;
  }

  get(ctx: RequestContext): Promise<Preference> {
    return this.#parts.store.read(async (data) => ({ ...defaults, ...(await data.preferences(ctx.user.userId)) }));
  }

  merge(ctx: RequestContext, patch: PreferencePatch): Promise<Preference> {
    const { userId } = ctx.user;
    return this.#parts.store.change(async (data) => {
      const updatedAt = timestamp(this.#parts.clock);
      const merged = mergePatch(await data.preferences(userId), patch) as Readonly<Record<string, unknown>>;
      const body = { ...merged, updatedAt };
      if (JSON.stringify(body).length > maxLength) throw tooLarge();
      await data.keepPreferences({ userId, body, updatedAt });
      return { ...defaults, ...body };
    });
  }
}

function tooLarge(): MesheryError {
  return new MesheryError('meshery-core-1006', 'The preferences would become too large.', {
    probableCause: 'An extension keeps data in them that belongs elsewhere; nothing was changed.',
    remedy: 'Remove a field by sending it as null, then try again.',
  });
}
