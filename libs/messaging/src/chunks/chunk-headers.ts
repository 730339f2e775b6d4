/** "<index>/<count>/<total bytes>", index from 0; on every part of a message that was split. */
export const chunkHeader = 'Meshery-Chunk';

/** Id of the whole message; parts carry "<id>#<index>" as their own message id. */
export const messageIdHeader = 'Meshery-Message-Id';

/** Where one part belongs. */
export interface ChunkPosition {
  readonly index: number;
  readonly count: number;
  readonly totalBytes: number;
}

/** Writes the position of a part. */
export function formatChunk(position: ChunkPosition): string {
  return `${position.index}/${position.count}/${position.totalBytes}`;
}

/** Reads the position of a part; undefined when it makes no sense. */
export function parseChunk(text: string): ChunkPosition | undefined {
  const match = /^(\d{1,6})\/(\d{1,6})\/(\d{1,12})$/.exec(text);
  if (match === null) return undefined;
  const [index, count, totalBytes] = match.slice(1).map(Number) as [number, number, number];
  return count >= 1 && index < count && totalBytes >= 1 ? { index, count, totalBytes } : undefined;
}
