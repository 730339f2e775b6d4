import fc from 'fast-check';
import { projectObject } from './project-object.ts';
import type { Projection } from './project-object.ts';
import { UidIndex } from './uid-index.ts';

const pod: Projection = { apiVersion: 'v1', kind: 'Pod', mode: 'full', maxDepth: 1000 };
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

function project(text: string, projection: Projection = pod) {
  const projected = projectObject(Buffer.from(text), projection);
  if ('refused' in projected) throw new Error(projected.refused);
  return { ...projected.change, json: projected.json.toString('utf8') };
}

describe('projectObject', () => {
  test('leaves out managedFields and last-applied wherever they stand, and nothing else', () => {
    const member = fc.constantFrom('name', 'uid', 'annotations', 'managedFields', 'labels', 'generation', 'namespace');
    const annotation = fc.constantFrom('a', lastApplied, 'z', '__proto__');
    fc.assert(
      fc.property(fc.uniqueArray(member), fc.uniqueArray(annotation), fc.nat(2), (members, annotations, spaces) => {
        const values: Record<string, unknown> = {
          name: 'n',
          uid: 'u',
          annotations: Object.fromEntries(annotations.map((key) => [key, '{"x":"]}"}'])),
          managedFields: [{ fieldsV1: { 'f:a': {} } }],
          labels: { app: 'x' },
          generation: 3,
          namespace: 'ns',
        };
        const metadata = Object.fromEntries(members.map((key) => [key, values[key]]));
        const object = {
          kind: 'Pod',
          apiVersion: 'v1',
          metadata: { ...metadata, resourceVersion: '1', name: 'n' },
          spec: { a: 1 },
        };
        const change = project(JSON.stringify(object, undefined, spaces));
        const expected = structuredClone(object) as {
          metadata: { managedFields?: unknown; annotations?: Record<string, string> };
        };
        delete expected.metadata.managedFields;
        delete expected.metadata.annotations?.[lastApplied];
        expect(JSON.parse(change.json)).toEqual(expected);
      }),
    );
  });

  test('keeps digits, escapes and odd keys as they are', () => {
    const spec =
      '{"big":9007199254740993,"float":1.10,"exp":1e400,"__proto__":{"polluted":true},"nul":"\\u0000","lone":"\\ud800"}';
    const change = project(
      `{"kind":"Pod","apiVersion":"v1","metadata":{"name":"n","managedFields":[1]},"spec":${spec}}`,
    );
    expect(change.json).toBe(`{"kind":"Pod","apiVersion":"v1","metadata":{"name":"n"},"spec":${spec}}`);
  });

  test('reads the columns', () => {
    const change = project(
      '{"metadata":{"name":"n\\u00e4","namespace":"ns","uid":"u","resourceVersion":"7","creationTimestamp":"2026-01-01T00:00:00Z","labels":{"a":"ü","__proto__":"x"},"annotations":null}}',
    );
    expect(change).toMatchObject({
      name: 'nä',
      namespace: 'ns',
      uid: 'u',
      resourceVersion: '7',
      creationTimestamp: '2026-01-01T00:00:00Z',
    });
    expect(Object.entries(change.labels)).toEqual([
      ['a', 'ü'],
      ['__proto__', 'x'],
    ]);
  });

  test('adds what items of a list leave out', () => {
    expect(project('{"metadata":{"name":"n"}}').json).toBe('{"apiVersion":"v1","kind":"Pod","metadata":{"name":"n"}}');
    expect(project('{"kind":"Pod","metadata":{"name":"n"}}').json).toBe(
      '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"n"}}',
    );
  });

  test('passes on nothing of a Secret but metadata, whatever the server sent', () => {
    const text =
      '{"kind":"Secret","apiVersion":"v1","metadata":{"name":"s","managedFields":[]},"data":{"a":"c2VjcmV0"},"type":"Opaque"}';
    const secret: Projection = { ...pod, kind: 'Secret', mode: 'metadata' };
    expect(project(text, secret).json).toBe('{"apiVersion":"v1","kind":"Secret","metadata":{"name":"s"}}');
    expect(JSON.parse(project(text, { ...secret, mode: 'key-names' }).json)).toEqual({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 's' },
      data: { a: '[REDACTED]' },
      type: 'Opaque',
    });
  });

  test.each([
    ['{"metadata":{"name":"n"},"spec":' + '{"a":'.repeat(2000) + '1' + '}'.repeat(2000) + '}', 'deeper than 1000'],
    ['{"metadata":{"name":"n"', 'not a JSON object'],
    ['[]', 'not a JSON object'],
    ['{"metadata":{}}', 'neither name nor uid'],
  ])('refuses %.40s', (text, reason) => {
    const projected = projectObject(Buffer.from(text), pod);
    expect('refused' in projected && projected.refused).toContain(reason);
  });

  test('reads no further than the metadata of an object that is known to be balanced, unless it nests too deep', () => {
    const text = '{"metadata":{"name":"n","managedFields":[1],"uid":"u"},"spec":{"a":[{}],"metadata":{"name":"x"}}}';
    const known = projectObject(Buffer.from(text), pod, 4);
    const unknown = projectObject(Buffer.from(text), pod);
    expect(known).toEqual(unknown);
    expect('json' in known && known.json.toString('utf8')).toBe(
      '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"n","uid":"u"},"spec":{"a":[{}],"metadata":{"name":"x"}}}',
    );
    const deep = `{"metadata":{"name":"n"},"spec":${'['.repeat(1000)}${']'.repeat(1000)}}`;
    expect(projectObject(Buffer.from(deep), pod, 1001)).toMatchObject({
      name: 'n',
      refused: expect.stringContaining('deeper') as string,
    });
  });

  test('passes on an object that nests 900 deep', () => {
    const text = `{"kind":"Pod","apiVersion":"v1","metadata":{"name":"n"},"spec":${'{"a":'.repeat(900)}1${'}'.repeat(900)}}`;
    expect(project(text).json).toBe(text);
  });
});

describe('UidIndex', () => {
  test('agrees with a Map under random puts and deletes', () => {
    const step = fc.record({ uid: fc.nat(200), version: fc.nat(3), remove: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 800 }), (steps) => {
        const index = new UidIndex();
        const model = new Map<string, string>();
        for (const { uid, version, remove } of steps) {
          const key = `uid-${String(uid)}`;
          if (remove) expect(index.delete(key)).toBe(model.delete(key));
          else {
            expect(index.put(key, String(version))).toBe(model.get(key) !== String(version));
            model.set(key, String(version));
          }
          expect(index.size).toBe(model.size);
        }
      }),
      { numRuns: 50 },
    );
  });

  test('costs at most 100 bytes per object', () => {
    const before = process.memoryUsage().arrayBuffers;
    const index = new UidIndex();
    for (let i = 0; i < 100_000; i += 1) index.put(`00000000-0000-4000-8000-${String(i).padStart(12, '0')}`, String(i));
    expect(index.size).toBe(100_000);
    expect((process.memoryUsage().arrayBuffers - before) / 100_000).toBeLessThan(100);
  });
});
