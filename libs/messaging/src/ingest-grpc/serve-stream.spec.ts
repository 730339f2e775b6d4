import { Server, ServerCredentials } from '@grpc/grpc-js';
import type { ServerDuplexStream } from '@grpc/grpc-js';
import type { ServeRequest, ServeResponse } from '@meshery/contracts';
import { requestServiceDefinition } from '@meshery/contracts/grpc';
import { createLogger, systemClock } from '@meshery/observability';
import { waitUntil } from '@meshery/testing';
import type { IncomingRequest } from '../requests/request-transport.ts';
import { IngestChannel } from './ingest-channel.ts';
import { ServeStream } from './serve-stream.ts';

type Call = ServerDuplexStream<ServeRequest, ServeResponse>;

const logger = createLogger({ service: 'test', level: 'silent' });
const until = (what: string, probe: () => boolean) => waitUntil({ what, timeoutMs: 60_000, everyMs: 5 }, probe);
const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** A server, with what it heard; of an earlier version it does not know the service. */
async function start(knows: boolean) {
  const server = new Server();
  const calls: Call[] = [];
  if (knows) server.addService(requestServiceDefinition, { serve: (call: Call) => void calls.push(call) });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) => {
      if (error) reject(error);
      else resolve(bound);
    });
  });
  const channel = new IngestChannel({ address: `127.0.0.1:${String(port)}` });
  const pauses: number[] = [];
  const clock = {
    ...systemClock,
    sleep: (ms: number, signal?: AbortSignal) => {
      pauses.push(ms);
      return systemClock.sleep(ms >= 1000 ? 20 : ms, signal);
    },
  };
  const stream = new ServeStream({ open: () => channel.serve(), clock, logger });
  cleanups.push(async () => {
    await stream.close();
    channel.close();
    server.forceShutdown();
  });
  return { stream, calls, pauses };
}

const request: ServeResponse = {
  body: { $case: 'request', value: { clusterId: 'c', id: 'r', verb: 'logs', message: Buffer.from('{}') } },
};
const { signal: never } = new AbortController();

test('a server of an earlier version is asked again every minute', async () => {
  const { stream, pauses } = await start(false);
  stream.serve('c', () => undefined, never);
  await until('three attempts', () => pauses.length >= 3);
  expect(new Set(pauses)).toEqual(new Set([60_000]));
});

test('says which clusters it serves, also on the next stream, and no more what it gave up', async () => {
  const { stream, calls } = await start(true);
  const said: string[][] = [];
  const hear = (index: number): void => {
    const heard: string[] = (said[index] = []);
    calls[index]?.on('data', ({ body }: ServeRequest) => {
      if (body?.$case === 'cluster') heard.push(`${body.value.clusterId} ${String(body.value.served)}`);
    });
  };
  const given = new AbortController();
  stream.serve('a', () => undefined, given.signal);
  stream.serve('b', () => undefined, never);
  await until('the stream', () => calls.length === 1);
  hear(0);
  await until('both', () => said[0]?.length === 2);
  given.abort(new Error('no more'));
  await until('the end of one', () => said[0]?.length === 3);
  expect(said[0]).toEqual(['a true', 'b true', 'a false']);
  calls[0]?.end();
  await until('the next stream', () => calls.length === 2);
  hear(1);
  await until('the other', () => said[1]?.length === 1);
  expect(said[1]).toEqual(['b true']);
});

test('an answer waits while the server reads nothing, and is lost with the stream', async () => {
  const { stream, calls } = await start(true);
  const incoming: IncomingRequest[] = [];
  stream.serve('c', (asked) => void incoming.push(asked), never);
  await until('the stream', () => calls.length === 1);
  calls[0]?.pause();
  calls[0]?.write(request);
  await until('the request', () => incoming.length === 1);
  let sent = 0;
  const text = 'x'.repeat(64 * 1024);
  const sending = (async () => {
    for (; sent < 1000; sent += 1) await incoming[0]?.send(text, never);
  })();
  sending.catch(() => undefined);
  let before = -1;
  await waitUntil({ what: 'a standstill', timeoutMs: 60_000, everyMs: 200 }, () => {
    const stands = sent === before && sent > 0;
    before = sent;
    return stands;
  });
  expect(sent).toBeLessThan(500);
  calls[0]?.emit('error', { code: 14, details: 'gone' });
  await expect(sending).rejects.toThrow('the stream ended');
  expect(incoming[0]?.lost?.aborted).toBe(true);
});
