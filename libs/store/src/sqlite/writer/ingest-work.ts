import { decodeChanges, encodeChanges, packedOf } from '@meshery/contracts';
import type { Batch, BufferPool } from '@meshery/contracts';
import type { BatchChanges } from '../../shared/commit-notices.ts';
import type { NewWork } from './writer-client.ts';
import type { WorkResult, WriterWork } from './writer-protocol.ts';

/** What a batch costs in the queue besides its texts, and each of its objects. */
const overhead = 512;

/** A batch as it is handed to the writer thread. */
export interface IngestWork {
  readonly work: NewWork;
  /** What it costs in the queue. */
  readonly bytes: number;
  /** To be called when the thread needs its bytes no more. */
  readonly release: () => void;
}

/**
 * Prepares a batch for the writer thread: its changes as bytes in shared memory, which cross over without becoming
 * objects. Bytes that are not in shared memory are copied into a buffer of the pool.
 */
export function ingestWork(batch: Batch, pool: BufferPool): IngestWork {
  if (batch.body?.$case !== 'changes') {
    return { work: { type: 'ingest', batch }, bytes: overhead, release: () => undefined };
  }
  const { value } = batch.body;
  const { bytes, release } = inSharedMemory(encodeChanges(value), pool);
  const count = packedOf(value)?.count ?? value.objects.length;
  const work: NewWork = {
    type: 'ingest',
    batch: { ...batch, body: { $case: 'changes', value: { objects: [], resourceVersion: '' } } },
    changes: { bytes, count },
  };
  return { work, bytes: overhead + bytes.byteLength + count * overhead, release };
}

function inSharedMemory(bytes: Uint8Array, pool: BufferPool): { bytes: Uint8Array; release: () => void } {
  if (bytes.buffer instanceof SharedArrayBuffer) return { bytes, release: () => undefined };
  const buffer = pool.take(bytes.byteLength);
  buffer.set(bytes);
  return {
    bytes: buffer.subarray(0, bytes.byteLength),
    release: () => {
      pool.give(buffer);
    },
  };
}

/** What a committed work changed; its bytes must not be released yet. */
export function changesOf({ seqs, extra }: WorkResult, work: WriterWork | undefined): BatchChanges {
  if (work?.type !== 'ingest' || work.changes === undefined || seqs === undefined) return { objects: [], extra };
  return { objects: decodeChanges(work.changes.bytes).objects, clusterId: work.batch.clusterId, seqs, extra };
}
