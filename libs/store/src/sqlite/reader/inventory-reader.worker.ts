import { setPriority } from 'node:os';
import { errorMessage } from '../../shared/error-code.ts';
import { parentPort, workerData } from 'node:worker_threads';
import { sqliteCode } from '../faults.ts';
import { openInventoryFile } from '../inventory-file.ts';
import { runHeavy } from './reader-queries.ts';
import type { OrderedIds } from './reader-queries.ts';
import type { ReaderData, ReaderReply, ReaderRequest } from './reader-protocol.ts';

if (parentPort === null) throw new Error('inventory-reader.worker.ts runs as a worker thread only');
const port = parentPort;
const { file, busyTimeoutMs, cacheBytes, niceness } = workerData as ReaderData;

// Without a process id Linux takes the calling thread; elsewhere it would be the whole process.
if (niceness > 0 && process.platform === 'linux') setPriority(niceness);

const db = openInventoryFile(file, { readonly: true, fileMustExist: true, timeout: busyTimeoutMs });
db.pragma(`cache_size = -${Math.round(cacheBytes / 1024)}`);
db.pragma('temp_store = MEMORY');

function isOrdered(answer: unknown): answer is OrderedIds {
  return typeof answer === 'object' && answer !== null && 'ids' in answer && answer.ids instanceof Int32Array;
}

port.on('message', ({ id, query }: ReaderRequest) => {
  try {
    const answer = runHeavy(db, query);
    const reply: ReaderReply = { id, answer };
    port.postMessage(reply, isOrdered(answer) ? [answer.ids.buffer as ArrayBuffer] : []);
  } catch (error) {
    const message = errorMessage(error);
    port.postMessage({ id, failed: { code: sqliteCode(error), message } } satisfies ReaderReply);
  }
});
