/**
 * JSON names in both spellings. The wire's names are camelCase; older published clients read and send snake_case, so
 * what is sent carries both and what is received may use either. Only a record's own fields have two names: what is
 * inside of free-form fields (metadata, configuration, secrets) belongs to whoever wrote it.
 */

/** `organizationId` to `organization_id`. */
export function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** `organization_id` to `organizationId`. */
export function camelCase(name: string): string {
  return name.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** The record with a snake_case twin of every field whose name has two words; fields that are undefined are left out. */
export function inBothSpellings(record: object): Record<string, unknown> {
  const given = Object.entries(record).filter(([, value]) => value !== undefined);
  const twins = given.map(([name, value]) => [snakeCase(name), value] as const).filter(([name]) => !(name in record));
  return Object.fromEntries([...given, ...twins]);
}

/**
 * A received record under camelCase names. Where both spellings came, camelCase wins. Anything but an object is given
 * back as it is, for a schema to refuse.
 */
export function inCamelCase(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  const fields = new Map<string, unknown>();
  for (const [name, value] of Object.entries(body)) {
    const spelled = camelCase(name);
    if (spelled === name || !fields.has(spelled)) fields.set(spelled, value);
  }
  return Object.fromEntries(fields);
}
