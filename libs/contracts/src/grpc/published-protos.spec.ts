import type { MethodDefinition } from '@grpc/grpc-js';
import { fromBinary } from '@bufbuild/protobuf';
import { FileDescriptorProtoSchema } from '@bufbuild/protobuf/wkt';
import {
  PublishedProtos,
  connectionServiceDefinition,
  eventServiceDefinition,
  healthServiceDefinition,
  inventoryServiceDefinition,
  operationServiceDefinition,
  reflectionServiceDefinition,
} from './index.ts';

type Declared = Pick<MethodDefinition<unknown, unknown>, 'path' | 'requestStream' | 'responseStream'>;

const protos = new PublishedProtos();

const definitions = [
  connectionServiceDefinition,
  eventServiceDefinition,
  healthServiceDefinition,
  inventoryServiceDefinition,
  operationServiceDefinition,
  reflectionServiceDefinition,
];

test.each(
  definitions.flatMap((definition) =>
    Object.values<Declared>(definition).map((method) => [method.path, method] as const),
  ),
)('%s is what its file declares', (path, { requestStream, responseStream }) => {
  const [, service = '', method = ''] = path.split('/');
  const bytes = protos.declaring(`${service}.${method}`);
  const file = fromBinary(FileDescriptorProtoSchema, bytes ?? new Uint8Array());
  const declared = file.service.find(({ name }) => service === `${file.package}.${name}`);
  const found = declared?.method.find(({ name }) => name === method);
  expect([found?.clientStreaming, found?.serverStreaming]).toEqual([requestStream, responseStream]);
  expect(protos.declaring(service)).toEqual(bytes);
  expect(protos.named(file.name)).toEqual(bytes);
});

test('messages, fields and enums are found as well, and what is not published is not', () => {
  for (const symbol of [
    'meshery.v1.Event',
    'meshery.v1.Event.sequence',
    'grpc.health.v1.HealthCheckResponse.ServingStatus',
  ])
    expect(protos.declaring(symbol)).toBeDefined();
  for (const symbol of ['', 'x', 'meshery.ingest.v1.IngestService', 'meshes.MeshService'])
    expect(protos.declaring(symbol)).toBeUndefined();
  expect(protos.named('meshery/ingest/v1/ingest.proto')).toBeUndefined();
});
