import { MesheryError } from '@meshery/errors';

/** Where a keyset page goes on. */
export interface PageAnchor {
  readonly value: string;
  readonly id: number;
}

/** Writes the opaque position after a row. */
export function encodeAnchor(anchor: PageAnchor): string {
  return Buffer.from(JSON.stringify([anchor.id, anchor.value])).toString('base64url');
}

/** Reads a position; throws `meshery-core-1001` when it is not one of ours. */
export function decodeAnchor(token: string): PageAnchor {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
    if (Array.isArray(parsed) && parsed.length === 2) {
      const [id, value] = parsed as unknown[];
      if (typeof id === 'number' && Number.isSafeInteger(id) && typeof value === 'string') return { id, value };
    }
  } catch (cause) {
    throw malformedAnchor(cause);
  }
  throw malformedAnchor();
}

/** What is answered to a position that is not one of ours. */
export function malformedAnchor(cause?: unknown): MesheryError {
  return new MesheryError('meshery-core-1001', 'The position in "after" is malformed.', {
    probableCause: 'It was changed or cut on its way.',
    remedy: 'Use "next" of the page before as it is, or leave "after" out to start again.',
    cause,
  });
}
