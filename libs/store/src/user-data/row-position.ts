import type { PageOrder } from '@meshery/object-model';
import { malformedAnchor } from '../shared/page-token.ts';

/** The place of a row in the order of a list. */
export interface RowPosition {
  readonly value: string;
  readonly id: string;
}

/** Writes the opaque position of a row; undefined where its order is by something else than text. */
export function encodePosition(row: Readonly<Record<string, unknown>>, order: PageOrder): string | undefined {
  const { [order.field]: value, id } = row;
  if (typeof value !== 'string') return undefined;
  return Buffer.from(JSON.stringify([order.field, order.descending, value, id])).toString('base64url');
}

/** Reads it; throws `meshery-core-1001` when it is not one of ours, or of another order. */
export function decodePosition(token: string, order: PageOrder): RowPosition {
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
  } catch (cause) {
    throw malformedAnchor(cause);
  }
  const [field, descending, value, id] = Array.isArray(parsed) ? (parsed as unknown[]) : [];
  const isOfOrder = field === order.field && descending === order.descending;
  if (!isOfOrder || typeof value !== 'string' || typeof id !== 'string') throw malformedAnchor();
  return { value, id };
}
