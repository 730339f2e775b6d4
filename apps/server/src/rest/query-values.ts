import { MesheryError } from '@meshery/errors';

/** Query parameters as Fastify reads them: a repeated one is an array. */
export type RawQuery = Readonly<Record<string, string | readonly string[] | undefined>>;

const maxListLength = 500;
const maxTextLength = 1024;

/** A bad query parameter: `meshery-core-1001` that names it, never echoing more than its name. */
export function badParameter(name: string, rule: string): MesheryError {
  return new MesheryError('meshery-core-1001', `The query parameter "${name}" ${rule}.`, {
    probableCause: 'The request was put together wrongly; nothing was changed.',
    remedy: `Correct "${name}" and send the request again; the API reference lists what is allowed.`,
    details: { parameter: name },
  });
}

/** Undefined when none is given, which is what most parameters of most requests are. */
function valuesOf(query: RawQuery, names: readonly string[]): readonly string[] | undefined {
  for (const name of names) if (query[name] !== undefined) return names.flatMap((each) => query[each] ?? []);
  return undefined;
}

/** A parameter that may be given once, under any of its spellings. */
export function single(query: RawQuery, ...names: [string, ...string[]]): string | undefined {
  const given = valuesOf(query, names);
  if (given === undefined) return undefined;
  if (given.length > 1) throw badParameter(names[0], 'may be given only once');
  const value = given[0];
  if (value !== undefined && value.length > maxTextLength) throw badParameter(names[0], 'is too long');
  if (value?.includes('\0') === true) throw badParameter(names[0], 'must not contain the character 0');
  return value;
}

/** A list that has pages by number only. */
export function noPositions(): MesheryError {
  return badParameter('after', 'is not taken by this list: use "page"');
}

/** A parameter that may be repeated; undefined when it is absent. Empty values are left out. */
export function repeated(query: RawQuery, ...names: [string, ...string[]]): readonly string[] | undefined {
  const given = valuesOf(query, names)?.filter((value) => value !== '') ?? [];
  if (given.length === 0) return undefined;
  if (given.length > maxListLength) throw badParameter(names[0], `may be given at most ${String(maxListLength)} times`);
  if (given.some((value) => value.length > maxTextLength)) throw badParameter(names[0], 'is too long');
  return given;
}

/** A switch: `true` or `false`; absent and empty mean false. */
export function flag(query: RawQuery, name: string): boolean {
  const value = single(query, name);
  if (value === undefined || value === '' || value === 'false') return false;
  if (value === 'true') return true;
  throw badParameter(name, 'must be true or false');
}

/** A whole number in a range; undefined when it is absent. */
export function wholeNumber(
  query: RawQuery,
  names: [string, ...string[]],
  range: { readonly min: number; readonly max: number },
): number | undefined {
  const text = single(query, ...names);
  if (text === undefined) return undefined;
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= range.min && value <= range.max) return value;
  throw badParameter(names[0], `must be a whole number from ${String(range.min)} to ${String(range.max)}`);
}
