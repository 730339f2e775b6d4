/** What was seen of a provider instead of what was expected. Its text never has a token. */
export class Mismatch extends Error {}

/** Throws a Mismatch unless something is so. */
export function expect(isSo: boolean, seen: string): asserts isSo {
  if (!isSo) throw new Mismatch(seen);
}

/** Throws a Mismatch unless a status is in a range. */
export function expectStatus({ status }: { readonly status: number }, from: number, to = from): void {
  expect(status >= from && status <= to, `status ${String(status)}`);
}

/** The members of a JSON object, with names in camelCase; none of anything else. */
export function fieldsOf(body: unknown): Readonly<Record<string, unknown>> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return {};
  const camel = (name: string): string => name.replaceAll(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase());
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [camel(name), value as unknown]));
}

/** The objects of a JSON list; undefined when it is none. */
export function rowsOf(value: unknown): Readonly<Record<string, unknown>>[] | undefined {
  return Array.isArray(value) ? value.map(fieldsOf) : undefined;
}
