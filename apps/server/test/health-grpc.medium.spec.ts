import { status } from '@grpc/grpc-js';
import {
  HealthCheckResponse_ServingStatus as Status,
  healthServiceDefinition,
  reflectionServiceDefinition,
} from '@meshery/contracts/grpc';
import type { ServerReflectionRequest, ServerReflectionResponse } from '@meshery/contracts/grpc';
import { READINESS } from '@meshery/service';
import type { ReadinessRegistry } from '@meshery/service';
import { GrpcServices } from '../src/grpc/grpc-services.ts';
import { Caller } from './caller.ts';
import { GrpcCaller, Heard, metadataOf } from './grpc-caller.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** Health, which anybody may ask, and reflection, which those may ask who may read. */

const { check, watch } = healthServiceDefinition;
let server: TestServer;
let grpc: GrpcCaller;
beforeAll(async () => {
  server = await startTestServer();
  grpc = await GrpcCaller.open(server);
});
afterAll(async () => {
  grpc.client.close();
  await server.stop();
});

test('Check says whether the server can do its work, as a whole and for each service', async () => {
  const { names } = server.service.app.get(GrpcServices, { strict: false });
  expect(names).toHaveLength(6);
  for (const service of ['', ...names]) {
    expect((await grpc.call(check, { service }, undefined)).response).toEqual({ status: Status.SERVING });
  }
  const unknown = await grpc.call(check, { service: 'meshery.v1.Nothing' }, undefined);
  expect(unknown).toEqual({ code: status.NOT_FOUND, meshery: 'meshery-core-1002' });
});

test('Watch tells of every change', async () => {
  const readiness = server.service.app.get<ReadinessRegistry>(READINESS, { strict: false });
  const heard = grpc.stream(watch, { service: 'meshery.v1.EventService' }, undefined);
  await heard.atLeast(1);
  const heal = readiness.register('broken', () => ({ ready: false }));
  await heard.atLeast(2);
  heal();
  await heard.atLeast(3);
  expect(heard.messages.map((message) => message.status)).toEqual([Status.SERVING, Status.NOT_SERVING, Status.SERVING]);
  heard.call.cancel();
  const unknown = grpc.stream(watch, { service: 'x' }, undefined);
  expect(await unknown.atLeast(1)).toEqual([{ status: Status.SERVICE_UNKNOWN }]);
  unknown.call.cancel();
});

test('a server that stops is not serving any more, and streams of strangers are bounded', async () => {
  const other = await startTestServer();
  const caller = await GrpcCaller.open(other);
  const heard = Array.from({ length: 101 }, () => caller.stream(watch, { service: '' }, undefined));
  expect(await heard.at(-1)?.ended()).toEqual({ code: status.RESOURCE_EXHAUSTED, meshery: 'meshery-core-1005' });
  await heard[0]?.atLeast(1);
  heard[1]?.call.cancel();
  await heard[1]?.ended();
  await other.stop();
  expect(await heard[0]?.ended()).toEqual({ code: status.OK });
  expect(heard[0]?.messages).toEqual([{ status: Status.SERVING }, { status: Status.NOT_SERVING }]);
  caller.client.close();
});

type Question = ServerReflectionRequest['messageRequest'];

async function reflect(by: Caller | undefined, ...questions: Question[]): Promise<Heard<ServerReflectionResponse>> {
  const { path, requestSerialize, responseDeserialize } = reflectionServiceDefinition.serverReflectionInfo;
  const call = grpc.client.makeBidiStreamRequest(path, requestSerialize, responseDeserialize, metadataOf(by));
  const heard = new Heard<ServerReflectionResponse>(call);
  for (const messageRequest of questions) call.write({ host: 'h', messageRequest });
  call.end();
  await heard.ended();
  return heard;
}

test('reflection lists what third parties are offered, and describes it', async () => {
  const viewer = await Caller.signUp(server, 'vera', 'viewer');
  const { messages } = await reflect(
    viewer,
    { $case: 'listServices', value: '*' },
    { $case: 'fileContainingSymbol', value: 'meshery.v1.EventService' },
    { $case: 'fileByFilename', value: 'meshery/v1/events.proto' },
  );
  const [list, symbol, file] = messages.map(({ messageResponse }) => messageResponse);
  expect(list).toEqual({
    $case: 'listServicesResponse',
    value: {
      service: [
        { name: 'grpc.health.v1.Health' },
        { name: 'grpc.reflection.v1.ServerReflection' },
        { name: 'meshery.v1.ConnectionService' },
        { name: 'meshery.v1.EventService' },
        { name: 'meshery.v1.InventoryService' },
        { name: 'meshery.v1.OperationService' },
      ],
    },
  });
  expect(symbol).toEqual(file);
  expect(file?.$case === 'fileDescriptorResponse' && file.value.fileDescriptorProto).toHaveLength(1);
  expect(messages[0]).toMatchObject({ validHost: 'h', originalRequest: { host: 'h' } });
});

test.each<[string, Question, status]>([
  ['an unknown symbol', { $case: 'fileContainingSymbol', value: 'meshery.ingest.v1.IngestService' }, status.NOT_FOUND],
  ['an unknown file', { $case: 'fileByFilename', value: '../../etc/passwd' }, status.NOT_FOUND],
  ['an extension', { $case: 'allExtensionNumbersOfType', value: 'meshery.v1.Event' }, status.NOT_FOUND],
  ['nothing', undefined, status.INVALID_ARGUMENT],
])('reflection answers a question about %s with its code', async (_what, question, errorCode) => {
  const { messages } = await reflect(Caller.owner(server), question);
  expect(messages[0]?.messageResponse).toMatchObject({ $case: 'errorResponse', value: { errorCode } });
});

test('reflection is for those who may read, on this machine', async () => {
  const heard = await reflect(undefined, { $case: 'listServices', value: '' });
  expect(await heard.ended()).toEqual({ code: status.UNAUTHENTICATED, meshery: 'meshery-auth-1200' });
  const open = await startTestServer({ argv: ['--no-discovery', '--host', '0.0.0.0', '--insecure'] });
  const { names } = open.service.app.get(GrpcServices, { strict: false });
  expect([names.includes('grpc.health.v1.Health'), names.includes('grpc.reflection.v1.ServerReflection')]).toEqual([
    true,
    false,
  ]);
  await open.stop();
});
