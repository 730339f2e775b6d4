import type { Batch } from '@meshery/contracts';

/** What an object costs in the queue besides its text. */
const overhead = 512;

/** Roughly the memory that a queued batch holds, in bytes. */
export function batchBytes(batch: Batch): number {
  if (batch.body?.$case !== 'changes') return overhead;
  let bytes = overhead;
  for (const object of batch.body.value.objects) bytes += object.json.length + overhead;
  return bytes;
}
