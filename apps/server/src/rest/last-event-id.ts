import { badParameter } from './query-values.ts';

/** The position in the header Last-Event-ID; undefined without one. Throws `meshery-core-1001`. */
export function parseEventId(header: string | readonly string[] | undefined): number | undefined {
  if (header === undefined || header === '') return undefined;
  if (typeof header !== 'string' || !/^\d{1,15}$/.test(header))
    throw badParameter('Last-Event-ID', 'must be a whole number');
  return Number(header);
}
