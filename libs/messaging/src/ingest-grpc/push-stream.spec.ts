import { Server, ServerCredentials } from '@grpc/grpc-js';
import type { ServerDuplexStream } from '@grpc/grpc-js';
import { Verdict, encodeBatch } from '@meshery/contracts';
import type { Batch, PushResponse } from '@meshery/contracts';
import { ingestServiceDefinition } from '@meshery/contracts/grpc';
import { createLogger, systemClock } from '@meshery/observability';
import { waitUntil } from '@meshery/testing';
import { IngestChannel } from './ingest-channel.ts';
import { PushStream } from './push-stream.ts';

const batch: Batch = {
  clusterId: 'c',
  incarnation: 'i',
  kind: 'pods.v1.',
  epoch: 1,
  sequence: 1,
  producedAtUnixMs: 0,
  body: { $case: 'snapshotBegin', value: {} },
};
const { clusterId, incarnation, kind, sequence } = batch;
const committed = { clusterId, incarnation, kind, sequence, verdict: Verdict.VERDICT_COMMITTED };
const answer = { outcome: { ...committed, expectedSequence: 0, reason: '' }, reset: undefined };

let server: Server;
let channel: IngestChannel;
let stop: AbortController;
/** Whether a batch is answered, by the number of the stream it came on. */
let answers: (stream: number) => boolean;
let streams: number;
let ended: Promise<unknown>;

beforeEach(async () => {
  streams = 0;
  ended = Promise.resolve();
  answers = () => true;
  stop = new AbortController();
  server = new Server();
  server.addService(ingestServiceDefinition, { openRun: () => undefined, push: onPush });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) => {
      if (error) reject(error);
      else resolve(bound);
    });
  });
  channel = new IngestChannel({ address: `127.0.0.1:${String(port)}` });
});
afterEach(async () => {
  stop.abort();
  await ended;
  channel.close();
  server.forceShutdown();
});

function onPush(call: ServerDuplexStream<unknown, PushResponse>): void {
  streams += 1;
  const number = streams;
  call.on('data', () => {
    if (answers(number)) call.write(answer);
  });
  call.on('error', () => undefined);
}

function start(options: { readonly onDemand?: boolean; readonly stallMs?: number }): PushStream {
  const push = new PushStream({
    ...options,
    open: () => channel.push(),
    whenReady: () => channel.whenReady(60_000),
    onReset: () => undefined,
    clock: systemClock,
    logger: createLogger({ service: 'test', level: 'silent' }),
    retryMs: 10,
  });
  ended = Promise.all([ended, push.run(stop.signal)]);
  return push;
}

test('a stream on demand is made for the first batch', async () => {
  const idle = start({ onDemand: true });
  // The other one came later and stands: so this one waits on purpose.
  start({});
  await waitUntil({ what: 'a stream', timeoutMs: 60_000, everyMs: 5 }, () => streams > 0);
  expect(streams).toBe(1);
  expect(idle.state()).toEqual({ healthy: true, reason: '', pending: 0 });
  expect(await idle.push(batch, encodeBatch(batch))).toMatchObject(committed);
  expect(streams).toBe(2);
});

test('a batch without an answer is sent again on another stream, however long nothing was asked before', async () => {
  answers = (stream) => stream > 1;
  const push = start({ stallMs: 100 });
  await waitUntil({ what: 'a stream', timeoutMs: 60_000, everyMs: 5 }, () => streams === 1);
  expect(await push.push(batch, encodeBatch(batch))).toMatchObject(committed);
  // An answer that takes as long as the first one waited for is asked for on a third stream.
  expect(streams).toBeGreaterThanOrEqual(2);
});
