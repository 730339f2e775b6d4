import { z } from 'zod';

/** Id of a record. */
export const id = z.uuid();
/** A point in time, RFC 3339. */
export const time = z.iso.datetime({ offset: true });
/** JSON of whoever wrote it. */
export const free = z.record(z.string(), z.unknown());

/** What every record has. */
export const recordFields = { id, createdAt: time, updatedAt: time };
/** What a record has that belongs to an organization. */
export const ownedFields = { ...recordFields, organizationId: id, owner: z.string() };
/** A record with a name and free-form fields beside it. */
export const describedFields = { ...ownedFields, name: z.string(), description: z.string(), metadata: free };
