import * as meshes from '../generated/meshes/meshops.ts';

/**
 * The published field numbers, as bytes written by hand: a tag is (number << 3) | wire type, 2 for text and messages,
 * 0 for numbers. `encode` of our code is not used to make them.
 */
const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));

/** Any generated message. */
interface AnyCodec {
  encode(message: never): { finish(): Uint8Array };
  decode(bytes: Uint8Array): unknown;
}

interface Golden {
  readonly name: string;
  readonly codec: AnyCodec;
  readonly value: object;
  readonly wire: string;
}

const golden: readonly Golden[] = [
  { name: 'MeshNameResponse', codec: meshes.MeshNameResponse, value: { name: 'A' }, wire: '0a 01 41' },
  {
    name: 'MeshVersionsResponse',
    codec: meshes.MeshVersionsResponse,
    value: { version: ['A', 'B'] },
    wire: '0a 01 41 0a 01 42',
  },
  {
    name: 'CreateMeshInstanceRequest',
    codec: meshes.CreateMeshInstanceRequest,
    value: { k8sConfig: Buffer.from('A'), contextName: 'B' },
    wire: '0a 01 41 12 01 42',
  },
  {
    name: 'ApplyRuleRequest',
    codec: meshes.ApplyRuleRequest,
    value: {
      opName: 'A',
      namespace: 'B',
      username: 'C',
      customBody: 'D',
      deleteOp: true,
      operationId: 'F',
      kubeConfigs: ['G', 'H'],
      version: 'I',
    },
    wire: '0a0141 120142 1a0143 220144 2801 320146 3a0147 3a0148 420149',
  },
  {
    name: 'ApplyRuleResponse',
    codec: meshes.ApplyRuleResponse,
    value: { error: 'A', operationId: 'B' },
    wire: '0a0141 120142',
  },
  {
    name: 'SupportedOperationsResponse',
    codec: meshes.SupportedOperationsResponse,
    value: { ops: [{ key: 'A', value: 'B', category: meshes.OpCategory.CUSTOM }], error: 'C' },
    wire: '0a 08 0a0141 120142 1804 120143',
  },
  {
    name: 'EventsResponse',
    codec: meshes.EventsResponse,
    value: {
      eventType: meshes.EventType.ERROR,
      summary: 'B',
      details: 'C',
      operationId: 'D',
      probableCause: 'E',
      suggestedRemediation: 'F',
      errorCode: 'G',
      component: 'H',
      componentName: 'I',
    },
    wire: '0802 120142 1a0143 220144 2a0145 320146 3a0147 420148 4a0149',
  },
  {
    name: 'ProcessOAMRequest',
    codec: meshes.ProcessOAMRequest,
    value: { username: 'A', deleteOp: true, oamComps: ['C'], oamConfig: 'D', kubeConfigs: ['G'] },
    wire: '0a0141 1001 1a0143 220144 3a0147',
  },
  { name: 'ProcessOAMResponse', codec: meshes.ProcessOAMResponse, value: { message: 'A' }, wire: '0a0141' },
  {
    name: 'ProvisionRequest',
    codec: meshes.ProvisionRequest,
    value: { username: 'A', deleteOp: true, declarations: ['C'], kubeConfigs: ['D'] },
    wire: '0a0141 1001 1a0143 220144',
  },
  { name: 'ProvisionResponse', codec: meshes.ProvisionResponse, value: { message: 'A' }, wire: '0a0141' },
  {
    name: 'ComponentInfoResponse',
    codec: meshes.ComponentInfoResponse,
    value: { type: 'A', name: 'B', version: 'C', gitSha: 'D', properties: { E: 'F' } },
    wire: '0a0141 120142 1a0143 220144 2a 06 0a0145 120146',
  },
];

const empty: readonly [string, AnyCodec][] = [
  ['MeshNameRequest', meshes.MeshNameRequest],
  ['MeshVersionsRequest', meshes.MeshVersionsRequest],
  ['SupportedOperationsRequest', meshes.SupportedOperationsRequest],
  ['EventsRequest', meshes.EventsRequest],
  ['ComponentInfoRequest', meshes.ComponentInfoRequest],
];

/** A varint, a text, a fixed64, a group and a fixed32 under numbers that no message uses. */
const unknownFields = hex('f80101 fa0103616263 f1010102030405060708 f3010801f401 f50101020304');

describe.each(golden)('$name', ({ codec, value, wire }) => {
  test('is written with the published field numbers', () => {
    expect(Buffer.from(codec.encode(value as never).finish()).toString('hex')).toBe(
      Buffer.from(hex(wire)).toString('hex'),
    );
  });

  test('is read from the published bytes, whatever unknown fields stand around them', () => {
    const bytes = Buffer.concat([unknownFields, hex(wire), unknownFields]);
    expect(codec.decode(bytes)).toEqual(value);
  });

  test('a truncated message is an error, not a partial value', () => {
    expect(() => codec.decode(hex(wire).subarray(0, -1))).toThrow();
  });
});

test.each(empty)('%s has no fields and ignores those of a later version', (_name, codec) => {
  expect(codec.encode({} as never).finish()).toHaveLength(0);
  expect(codec.decode(unknownFields)).toEqual({});
});

test('enum numbers are the published ones', () => {
  expect(meshes.OpCategory).toMatchObject({ INSTALL: 0, SAMPLE_APPLICATION: 1, CONFIGURE: 2, VALIDATE: 3, CUSTOM: 4 });
  expect(meshes.EventType).toMatchObject({ INFO: 0, WARN: 1, ERROR: 2 });
});

test('an enum value of a later version is read as its number', () => {
  expect(meshes.EventsResponse.decode(hex('08 09')).eventType).toBe(9);
});
