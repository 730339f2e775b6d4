import { Metadata, Server, ServerCredentials, credentials } from '@grpc/grpc-js';
import type { sendUnaryData } from '@grpc/grpc-js';
import { EventType } from '../generated/meshes/meshops.ts';
import type { ApplyRuleResponse } from '../generated/meshes/meshops.ts';
import { RunVerdict, Verdict } from '../generated/meshery/ingest/v1/ingest.ts';
import {
  createIngestServiceClient,
  createMeshServiceClient,
  ingestServiceDefinition,
  meshServiceDefinition,
} from './index.ts';
import type { IngestServiceHandlers, MeshServiceHandlers } from './index.ts';

const server = new Server();
let address = '';

const ingest: IngestServiceHandlers = {
  openRun: (_call, callback) => {
    callback(null, { verdict: RunVerdict.RUN_VERDICT_ACCEPTED, checkpoints: [] });
  },
  push: (call) => {
    call.on('data', ({ batch }: { batch?: { kind: string; sequence: number } }) => {
      const { kind = '', sequence = 0 } = batch ?? {};
      call.write({
        outcome: {
          clusterId: 'c',
          incarnation: 'i',
          kind,
          sequence,
          verdict: Verdict.VERDICT_COMMITTED,
          reason: '',
          expectedSequence: 0,
        },
        reset: undefined,
      });
    });
    call.on('end', () => {
      call.end();
    });
  },
};

const mesh = {
  applyOperation: (call: { request: { operationId: string } }, callback: sendUnaryData<ApplyRuleResponse>) => {
    callback(null, { error: '', operationId: call.request.operationId });
  },
  streamEvents: (call: { write(event: unknown): void; end(): void }) => {
    call.write({ eventType: EventType.WARN, summary: 's' });
    call.end();
  },
} as unknown as MeshServiceHandlers;

beforeAll(async () => {
  server.addService(ingestServiceDefinition, ingest);
  server.addService(meshServiceDefinition, mesh);
  address = await new Promise((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) => {
      if (error) reject(error);
      else resolve(`127.0.0.1:${port}`);
    });
  });
});

afterAll(() => {
  server.forceShutdown();
});

test('paths are those of the wire', () => {
  expect(ingestServiceDefinition.push.path).toBe('/meshery.ingest.v1.IngestService/Push');
  expect(meshServiceDefinition.processOam.path).toBe('/meshes.MeshService/ProcessOAM');
  expect(Object.values(meshServiceDefinition)).toHaveLength(9);
});

test('a batch pushed on the stream is answered', async () => {
  const client = createIngestServiceClient(address, credentials.createInsecure());
  const stream = client.push(new Metadata(), { deadline: Date.now() + 60_000 });
  const answer = new Promise((resolve, reject) => {
    stream.once('data', resolve).once('error', reject);
  });
  stream.write({
    batch: {
      clusterId: 'c',
      incarnation: 'i',
      kind: 'pods.v1.',
      epoch: 1,
      sequence: 7,
      producedAtUnixMs: 0,
      body: { $case: 'snapshotBegin', value: {} },
    },
  });
  expect(await answer).toMatchObject({
    outcome: { kind: 'pods.v1.', sequence: 7, verdict: Verdict.VERDICT_COMMITTED },
  });
  stream.end();
  client.close();
});

test('an adapter is called and streams its events', async () => {
  const client = createMeshServiceClient(address, credentials.createInsecure());
  const request = {
    opName: 'x',
    namespace: '',
    username: '',
    customBody: '',
    deleteOp: false,
    operationId: 'op-1',
    kubeConfigs: [],
    version: '',
  };
  const applied = await new Promise<unknown>((resolve, reject) => {
    client.applyOperation(request, new Metadata(), { deadline: Date.now() + 60_000 }, (error, response) => {
      if (error) reject(error);
      else resolve(response);
    });
  });
  expect(applied).toEqual({ error: '', operationId: 'op-1' });
  const events: unknown[] = [];
  for await (const event of client.streamEvents({}, new Metadata())) events.push(event);
  expect(events).toMatchObject([{ eventType: EventType.WARN, summary: 's' }]);
  client.close();
});
