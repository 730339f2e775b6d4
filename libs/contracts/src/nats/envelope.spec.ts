import { encodeControl, parseControl } from './control.ts';
import {
  encodeReply,
  encodeRequest,
  encodeResourceEvent,
  jsonDepth,
  parseEnvelope,
  replySubjectOf,
} from './envelope.ts';
import { batchSubject, clusterIdOfSubject, controlSubject, openSubject } from './subjects.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('envelope', () => {
  test('writes a resource event with capitalised keys and a null request', () => {
    expect(encodeResourceEvent('ADDED', { a: 1 })).toBe(
      '{"ObjectType":"meshsync-data","EventType":"ADDED","Request":null,"Object":{"a":1}}',
    );
  });

  test('writes requests and replies as published servers and agents do', () => {
    expect(encodeRequest('informer-store', { Reply: 'r' })).toBe(
      '{"ObjectType":"request-payload","EventType":"","Request":{"Entity":"informer-store","Payload":{"Reply":"r"}},"Object":null}',
    );
    expect(encodeReply([1])).toBe('{"ObjectType":"","EventType":"","Request":null,"Object":[1]}');
  });

  test('reads an event', () => {
    const parsed = parseEnvelope(
      bytes('{"ObjectType":"meshsync-data","EventType":"DELETED","Request":null,"Object":{"kind":"Pod"}}'),
    );
    expect(parsed).toEqual({
      ok: true,
      value: { ObjectType: 'meshsync-data', EventType: 'DELETED', Request: null, Object: { kind: 'Pod' } },
    });
  });

  test('reads a request whose entity it does not know', () => {
    const parsed = parseEnvelope(
      bytes('{"ObjectType":"","EventType":"","Request":{"Entity":"later","Payload":null},"Object":null}'),
    );
    expect(parsed.ok && parsed.value.Request?.Entity).toBe('later');
  });

  test.each([
    ['not JSON', '{"ObjectType":'],
    ['not an object', '[1]'],
    ['an unknown object type', '{"ObjectType":"x"}'],
    ['an unknown event type', '{"EventType":"added"}'],
    ['a request without entity', '{"Request":{"Payload":1}}'],
    ['10,000 levels', `{"Object":${'['.repeat(10_000)}${']'.repeat(10_000)}}`],
  ])('refuses %s', (_name, text) => {
    expect(parseEnvelope(bytes(text)).ok).toBe(false);
  });

  test('refuses what is over the byte limit and what is not UTF-8', () => {
    expect(parseEnvelope(bytes('{}'), { maxBytes: 1 }).ok).toBe(false);
    expect(parseEnvelope(new Uint8Array([0x7b, 0xff, 0x7d])).ok).toBe(false);
  });

  test('counts depth outside of strings only', () => {
    expect(jsonDepth('{"a":"[[[\\"[[","b":[{}]}')).toBe(3);
  });

  test.each([
    [{ Reply: 'meshery-server.meshsync.store' }, 'meshery-server.meshsync.store'],
    [{ Reply: 'a.*' }, undefined],
    [{ Reply: '' }, undefined],
    [null, undefined],
  ])('the reply subject of %j is %s', (payload, subject) => {
    expect(replySubjectOf(payload)).toBe(subject);
  });
});

describe('native subjects', () => {
  test('carry the cluster id as one token', () => {
    expect([batchSubject('c-1'), openSubject('c-1'), controlSubject('c-1')]).toEqual([
      'meshery.inventory.v1.c-1.batch',
      'meshery.inventory.v1.c-1.open',
      'meshery.inventory.v1.c-1.control',
    ]);
    expect(clusterIdOfSubject(openSubject('c-1'))).toBe('c-1');
  });

  test.each(['', 'a.b', '*', '>', 'a b'])('refuse the cluster id %j', (clusterId) => {
    expect(() => batchSubject(clusterId)).toThrow(RangeError);
  });
});

describe('controls', () => {
  test('travel with the run they are for', () => {
    const message = { control: { type: 'snapshot', kind: 'pods.v1.', reason: 'gap' }, incarnation: '01J' } as const;
    expect(parseControl(encodeControl(message))).toEqual(message);
  });

  test.each(['', '[]', '{"type":"snapshot"}', '{"type":"other"}'])('refuse %j', (text) => {
    expect(parseControl(text)).toBeUndefined();
  });
});
