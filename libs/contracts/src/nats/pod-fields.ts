import type { Parsed } from './envelope.ts';
import { jsonDepth } from './envelope.ts';

/** The pod that a request is about. */
export interface PodPlace {
  readonly namespace: string;
  readonly pod: string;
  /** The only one of the pod when absent. */
  readonly container?: string;
}

/** Members of a request before they are checked. */
export type Fields = Readonly<Record<string, unknown>>;

/** What a check throws: the reason in words. */
class FieldFault extends Error {}

/** Runs checks that throw; their complaint becomes the reason. */
export function checked<T>(read: () => T): Parsed<T> {
  try {
    return { ok: true, value: read() };
  } catch (error) {
    if (error instanceof FieldFault) return { ok: false, reason: error.message };
    throw error;
  }
}

/** Complains, within `checked`. */
export function refuseField(reason: string): never {
  throw new FieldFault(reason);
}

/** A JSON object from outside, at most 20 levels deep. */
export function parseFields(data: Uint8Array, maxBytes: number): Fields {
  if (data.byteLength > maxBytes) refuseField(`the message has more than ${String(maxBytes)} bytes`);
  const text = Buffer.from(data).toString('utf8');
  if (jsonDepth(text) > 20) refuseField('the message nests deeper than 20 levels');
  try {
    return fieldsOf(JSON.parse(text), 'the message');
  } catch (error) {
    if (error instanceof SyntaxError) refuseField('the message is not JSON');
    throw error;
  }
}

/** The value as an object. */
export function fieldsOf(value: unknown, what: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  return refuseField(`${what} is not a JSON object`);
}

const dnsName = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/;

/** A name of Kubernetes. */
export function nameField(fields: Fields, key: string): string {
  const value = fields[key];
  return typeof value === 'string' && dnsName.test(value) ? value : refuseField(`${key} is not a name of Kubernetes`);
}

/** The same, or undefined when it is absent or empty. */
export function optionalName(fields: Fields, key: string): string | undefined {
  const value = fields[key];
  return value === undefined || value === null || value === '' ? undefined : nameField(fields, key);
}

/** A switch; false when absent. */
export function flagField(fields: Fields, key: string): boolean {
  const value = fields[key] ?? false;
  return typeof value === 'boolean' ? value : refuseField(`${key} is neither true nor false`);
}

/** A whole number between two bounds; undefined when absent. */
export function countField(fields: Fields, key: string, least: number, most: number): number | undefined {
  const value = fields[key] ?? undefined;
  if (value === undefined) return undefined;
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
  return refuseField(`${key} is not a whole number from ${String(least)} to ${String(most)}`);
}

const printable = /^[\x20-\x7e]{1,256}$/;

/** A text of printable ASCII, which headers can carry. */
export function textField(fields: Fields, key: string): string | undefined {
  const value = fields[key] ?? undefined;
  if (value === undefined) return undefined;
  return typeof value === 'string' && printable.test(value) ? value : refuseField(`${key} is not a printable text`);
}
