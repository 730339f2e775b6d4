import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { WriterLoop } from './writer-loop.ts';
import type { WriterData, WriterEvent, WriterRequest, WriterWork } from './writer-protocol.ts';

if (parentPort === null) throw new Error('inventory-writer.worker.ts runs as a worker thread only');
const port = parentPort;
const post = (event: WriterEvent): void => port.postMessage(event);

/** Answers what is not work itself; returns the work. */
function sort(request: WriterRequest): WriterWork | undefined {
  if (request.type === 'ping') post({ type: 'pong', id: request.id });
  else if (request.type === 'cut-log') queueMicrotask(() => loop.cutLog());
  else if (request.type === 'close') queueMicrotask(end);
  else return request;
  return undefined;
}

function poll(): WriterWork | undefined {
  const received = receiveMessageOnPort(port);
  return received === undefined ? undefined : sort(received.message as WriterRequest);
}

function end(): void {
  loop.close();
  port.close();
}

const loop = new WriterLoop(workerData as WriterData, { post, poll });
port.on('message', (request: WriterRequest) => {
  const work = sort(request);
  if (work !== undefined) loop.add(work);
});
loop.start();
