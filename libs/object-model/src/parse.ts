import { MesheryError } from '@meshery/errors';
import type { z } from 'zod';
import { inCamelCase } from './spelling.ts';

const shownIssues = 5;

/**
 * A received record, checked and converted by its schema; either spelling of the field names is taken, unknown fields
 * are dropped. Throws `meshery-core-1001` that names the fields which are wrong, never their values.
 */
export function parseRecord<Schema extends z.ZodType>(schema: Schema, body: unknown, what: string): z.output<Schema> {
  const result = schema.safeParse(inCamelCase(body));
  if (result.success) return result.data;
  const issues = result.error.issues.slice(0, shownIssues).map(({ path, message }) => {
    const field = path.map(String).join('.');
    return field === '' ? message : `"${field}" ${message}`;
  });
  throw new MesheryError('meshery-core-1001', `The ${what} is not valid: ${issues.join('; ')}.`, {
    probableCause: 'A field is missing, has another type, or is out of its bounds; nothing was changed.',
    remedy: 'Correct the named fields and send the request again.',
  });
}
