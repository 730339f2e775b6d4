import { z } from 'zod';
import { givenName } from './fields.ts';
import type { RecordFields } from './fields.ts';
import { roles } from './user.ts';
import type { Role } from './user.ts';

const maxDays = 366;

/** What somebody says about a token for a program. */
export const serviceTokenDraft = z.object({
  name: givenName,
  /** What the program may do at most; never more than its owner. */
  role: z.enum(roles, { error: `must be one of ${roles.join(', ')}` }).default('viewer'),
  expiresInDays: z
    .number({ error: 'must be a number of days' })
    .int('must be a whole number of days')
    .min(1, 'must be at least 1')
    .max(maxDays, `must be at most ${String(maxDays)}`)
    .default(90),
});
/** See `serviceTokenDraft`. */
export type ServiceTokenDraft = z.output<typeof serviceTokenDraft>;

/** A token for a program; the token itself is shown once and kept as a hash only. */
export interface ServiceToken extends RecordFields {
  /** Id of the user on whose behalf the program works. */
  readonly owner: string;
  readonly name: string;
  readonly role: Role;
  /** RFC 3339. */
  readonly expiresAt: string;
}
