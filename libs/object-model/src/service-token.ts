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
  /** SHA-256 of a client certificate: it is let in over gRPC, and no token is made. */
  certificateFingerprint: z
    .string()
    .regex(
      /^[0-9a-f]{2}(:?[0-9a-f]{2}){31}$/i,
      'must be a SHA-256 in hex, as "openssl x509 -fingerprint -sha256" prints it',
    )
    .optional(),
});
/** See `serviceTokenDraft`. */
export type ServiceTokenDraft = z.output<typeof serviceTokenDraft>;

/** A token for a program, or a client certificate of one; a token is shown once and kept as a hash only. */
export interface ServiceToken extends RecordFields {
  /** Id of the user on whose behalf the program works. */
  readonly owner: string;
  readonly name: string;
  readonly role: Role;
  /** RFC 3339. */
  readonly expiresAt: string;
  /** SHA-256 of the certificate in lower-case hex; absent when it is a token. */
  readonly certificateFingerprint?: string | undefined;
}
