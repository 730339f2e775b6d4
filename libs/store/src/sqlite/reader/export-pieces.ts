import type { StoredObject } from '../../inventory-store.ts';

/** Texts of an export are handed over in pieces of about this many characters. */
const pieceLength = 256 * 1024;

/** The objects of these keys in pieces; one that is gone meanwhile is left out. */
export async function* exportPieces(
  ids: Iterable<number>,
  read: (id: number) => StoredObject | undefined,
): AsyncGenerator<readonly StoredObject[]> {
  let piece: StoredObject[] = [];
  let length = 0;
  for (const id of ids) {
    const object = read(id);
    if (object === undefined) continue;
    piece.push(object);
    length += object.json.length;
    if (length < pieceLength) continue;
    yield piece;
    // Others get their turn between two pieces, however fast the consumer is.
    await new Promise<void>((resolve) => setImmediate(resolve));
    piece = [];
    length = 0;
  }
  if (piece.length > 0) yield piece;
}
