import { Metadata, Server, ServerCredentials, status } from '@grpc/grpc-js';
import type { ServerDuplexStream } from '@grpc/grpc-js';
import { RunVerdict, Source, Verdict } from '@meshery/contracts';
import type { Batch, IngestControl, PushRequest, PushResponse } from '@meshery/contracts';
import { ingestServiceDefinition } from '@meshery/contracts/grpc';
import { createLogger, systemClock } from '@meshery/observability';
import { createAuthority, issueCertificate } from '@meshery/security';
import { waitUntil } from '@meshery/testing';
import { ServerIngestPort } from './server-ingest-port.ts';

type PushCall = ServerDuplexStream<PushRequest, PushResponse>;

const now = Date.now();
const authority = { name: 'test', ...createAuthority('test', now) };
const listener = issueCertificate(authority, { kind: 'server', names: ['localhost'] }, now);
const logger = createLogger({ service: 'test', level: 'silent' });
const cleanups: (() => unknown)[] = [];
const opening = {
  clusterId: 'c',
  incarnation: 'i',
  clusterName: '',
  apiServerUrl: '',
  agentVersion: '',
  source: Source.SOURCE_AGENT,
  streamCreatedAtUnixMs: 0,
};

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

function batch(sequence: number): Batch {
  const head = { clusterId: 'c', incarnation: 'i', kind: 'pods.v1.', epoch: 1, producedAtUnixMs: 0 };
  return { ...head, sequence, body: { $case: 'snapshotBegin', value: {} } };
}

/** What a server would answer, decided by the test. */
class ScriptedServer {
  readonly sequences: number[] = [];
  readonly calls: PushCall[] = [];
  verdict: Verdict | undefined = Verdict.VERDICT_COMMITTED;
  refusal: status | undefined;
  /** The code of ours beside it. */
  refusalCode = '';
  port = 0;
  readonly #server = new Server();

  async start(): Promise<this> {
    this.#server.addService(ingestServiceDefinition, {
      openRun: (_call: unknown, callback: (error: object | null, answer?: object) => void) => {
        const { refusal } = this;
        const metadata = new Metadata();
        if (this.refusalCode !== '') metadata.set('meshery-code', this.refusalCode);
        if (refusal === undefined) callback(null, { verdict: RunVerdict.RUN_VERDICT_ACCEPTED, checkpoints: [] });
        else callback({ code: refusal, details: 'No.', metadata });
      },
      push: (call: PushCall) => {
        this.#onPush(call);
      },
    });
    const pair = { private_key: Buffer.from(listener.key), cert_chain: Buffer.from(listener.cert) };
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    this.#server.bindAsync('127.0.0.1:0', ServerCredentials.createSsl(null, [pair]), (error, port) => {
      if (error === null) resolve(port);
      else reject(error);
    });
    this.port = await promise;
    cleanups.push(() => {
      this.#server.forceShutdown();
    });
    return this;
  }

  #onPush(call: PushCall): void {
    this.calls.push(call);
    call.on('error', () => undefined);
    call.on('data', (request: PushRequest) => {
      const { clusterId = '', incarnation = '', kind = '', sequence = 0 } = request.batch ?? {};
      this.sequences.push(sequence);
      if (this.verdict === undefined) return;
      const outcome = {
        clusterId,
        incarnation,
        kind,
        sequence,
        verdict: this.verdict,
        reason: '',
        expectedSequence: 0,
      };
      call.write({ outcome, reset: undefined });
    });
  }
}

function connect(server: ScriptedServer): { port: ServerIngestPort; controls: IngestControl[]; stop: AbortController } {
  const port = new ServerIngestPort({
    address: `localhost:${server.port}`,
    ca: () => Buffer.from(authority.cert),
    token: () => 'token',
    clock: systemClock,
    logger,
  });
  const controls: IngestControl[] = [];
  const stop = new AbortController();
  const running = port.controls('c', (control) => controls.push(control), stop.signal);
  cleanups.push(async () => {
    stop.abort();
    await running;
    port.close();
  });
  return { port, controls, stop };
}

const until = (what: string, probe: () => boolean) => waitUntil({ what, timeoutMs: 60_000, everyMs: 5 }, probe);

test('a batch is answered with what the server says of it', async () => {
  const server = await new ScriptedServer().start();
  const { port, stop } = connect(server);
  expect(await port.send(batch(1), stop.signal)).toMatchObject({ sequence: 1, verdict: Verdict.VERDICT_COMMITTED });
  server.verdict = Verdict.VERDICT_SUPERSEDED;
  expect(await port.send(batch(2), stop.signal)).toMatchObject({ sequence: 2, verdict: Verdict.VERDICT_SUPERSEDED });
  expect(port.condition()).toEqual({ healthy: true, inFlight: 0, inFlightBytes: 0 });
});

test('what was not answered is sent again in order on the next stream, and counts as in flight until then', async () => {
  const server = await new ScriptedServer().start();
  server.verdict = undefined;
  const { port, stop } = connect(server);
  const sent = Promise.all([port.send(batch(1), stop.signal), port.send(batch(2), stop.signal)]);
  await until('both', () => server.sequences.length === 2);
  expect(port.condition()).toMatchObject({ healthy: true, inFlight: 2 });
  expect(port.condition().inFlightBytes).toBeGreaterThan(0);
  server.verdict = Verdict.VERDICT_COMMITTED;
  server.calls[0]?.emit('error', { code: status.UNAVAILABLE, details: 'cut' });
  await sent;
  expect(server.sequences).toEqual([1, 2, 1, 2]);
});

test('an inventory that was rebuilt empty asks for everything, once', async () => {
  const server = await new ScriptedServer().start();
  const { port, controls, stop } = connect(server);
  await port.send(batch(1), stop.signal);
  const reset = { resetAtUnixMs: 7, reason: 'damaged' };
  for (const _ of [1, 2]) server.calls[0]?.write({ outcome: undefined, reset });
  await port.send(batch(2), stop.signal);
  expect(controls).toEqual([{ type: 'snapshot-all', reason: 'damaged' }]);
});

test('the end of the run ends what waits', async () => {
  const server = await new ScriptedServer().start();
  server.verdict = undefined;
  const { port, stop } = connect(server);
  const sent = port.send(batch(1), stop.signal);
  await until('the batch', () => server.sequences.length === 1);
  stop.abort(new Error('over'));
  await expect(sent).rejects.toThrow('over');
});

test.each([
  ['1505', status.PERMISSION_DENIED, ''],
  ['1506', status.UNAUTHENTICATED, ''],
  ['1500', status.INTERNAL, ''],
  ['1500', status.FAILED_PRECONDITION, ''],
  ['1510', status.FAILED_PRECONDITION, 'meshery-messaging-1510'],
])('a run that cannot be opened is meshery-messaging-%s until it can', async (code, refusal, refusalCode) => {
  const server = await new ScriptedServer().start();
  const { port, stop } = connect(server);
  server.refusal = refusal;
  server.refusalCode = refusalCode;
  await expect(port.openRun(opening, stop.signal)).rejects.toMatchObject({ code: `meshery-messaging-${code}` });
  expect(port.condition()).toMatchObject({ healthy: false, error: { code: `meshery-messaging-${code}` } });
  server.refusal = undefined;
  await port.openRun(opening, stop.signal);
  expect(port.condition().healthy).toBe(true);
});
