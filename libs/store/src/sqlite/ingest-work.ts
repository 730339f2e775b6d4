import { encodeChanges, packedOf } from '@meshery/contracts';
import type { Batch } from '@meshery/contracts';
import type { NewWork } from './writer-client.ts';

/** What a batch costs in the queue besides its texts, and each of its objects. */
const overhead = 512;

/** A batch as it is handed to the writer thread: its changes as bytes, which cross over without becoming objects. */
export function ingestWork(batch: Batch): { readonly work: NewWork; readonly bytes: number } {
  if (batch.body?.$case !== 'changes') return { work: { type: 'ingest', batch }, bytes: overhead };
  const { value } = batch.body;
  const bytes = encodeChanges(value);
  const count = packedOf(value)?.count ?? value.objects.length;
  const work: NewWork = {
    type: 'ingest',
    batch: { ...batch, body: { $case: 'changes', value: { objects: [], resourceVersion: '' } } },
    changes: { bytes, count },
  };
  return { work, bytes: overhead + bytes.byteLength + count * overhead };
}
