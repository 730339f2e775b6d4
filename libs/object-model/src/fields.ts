import { z } from 'zod';

const maxName = 256;
const maxDescription = 4096;
/** Control characters, and those that turn the direction of text: neither belongs into a name. */
const hidden = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;

/** Id of a record: a UUID of any version. */
export const recordId = z.string().regex(/^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i, 'must be a UUID');

/** The name that a user gives. */
export const givenName = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(maxName, `may have at most ${String(maxName)} characters`)
  .refine((name) => !hidden.test(name), 'must not contain hidden characters');

/** The name of a role, which is what users have. */
export const roleName = givenName.max(64, 'may have at most 64 characters');

/** A description; older clients leave it out or send null. */
export const description = z
  .string()
  .max(maxDescription, `may have at most ${String(maxDescription)} characters`)
  .refine((text) => !text.includes('\0'), 'must not contain the character 0')
  .nullish()
  .transform((text) => text ?? '');

/** Free-form JSON of a record, bounded by the size of the request. */
export const freeForm = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform((fields) => fields ?? {});

/** What every record has. */
export interface RecordFields {
  /** UUID; never reused. */
  readonly id: string;
  /** RFC 3339. */
  readonly createdAt: string;
  /** RFC 3339. */
  readonly updatedAt: string;
}

/** What a record has that belongs to an organization. */
export interface OwnedFields extends RecordFields {
  /** Id of the organization that it belongs to. */
  readonly organizationId: string;
  /** Id of the user who made it. */
  readonly owner: string;
}
