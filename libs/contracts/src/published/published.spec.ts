import { ChangeType } from '../generated/meshery/ingest/v1/ingest.ts';
import { encodeResourceEvent, parseEnvelope } from '../nats/envelope.ts';
import { fromKubernetesResource } from './from-kubernetes-resource.ts';
import { sliceMembers } from './json-slices.ts';
import { publishedId } from './published-id.ts';
import { resourceKeyOf } from './resource-key-of.ts';
import { toKubernetesResource } from './to-kubernetes-resource.ts';

const cluster = '1f0a4b52-6f7e-4c3f-9f2e-0a4d1c9b7e55';
const design = 'B2A7B1E4-03b3-4f1c-9e43-6d7f0b9b2f10';

const pod = `{"apiVersion":"v1","kind":"Pod","metadata":{"name":"web-0","namespace":"shop","uid":"u-1","resourceVersion":"42",
"creationTimestamp":"2026-01-02T03:04:05Z","generation":3,"labels":{"app":"web","design.meshery.io/id":"${design}"},
"annotations":{"note":"a \\"quoted\\"\\nline \\u003cb\\u003e"},"ownerReferences":[ {"uid":"o-1", "controller":true} ],"finalizers":["x/y"]},
"spec":{ "big": 9007199254740993, "exp":1.50e3, "nested":{"]":"}"} },"status":null,"rules":[1]}`;

describe('toKubernetesResource', () => {
  const resource = toKubernetesResource(pod, cluster);

  test('keeps the published names and their casing', () => {
    expect(Object.keys(resource).sort()).toEqual(
      [
        'apiVersion',
        'cluster_id',
        'component_metadata',
        'id',
        'kind',
        'metadata',
        'model',
        'pattern_resource',
        'spec',
      ].sort(),
    );
    expect(resource).toMatchObject({ id: '', model: '', cluster_id: cluster, component_metadata: null });
    expect(resource.metadata).toMatchObject({
      id: '',
      uid: 'u-1',
      resourceVersion: '42',
      generation: 3,
      cluster_id: '',
    });
  });

  test('carries spec as its own text, digit for digit', () => {
    expect(resource.spec?.attribute).toBe('{ "big": 9007199254740993, "exp":1.50e3, "nested":{"]":"}"} }');
  });

  test('treats an explicit null like an absent status', () => {
    expect('status' in resource).toBe(false);
  });

  test('decodes annotation values', () => {
    expect(resource.metadata.annotations).toEqual([
      { id: '', unique_id: expect.any(String), kind: 'annotation', key: 'note', value: 'a "quoted"\nline <b>' },
    ]);
  });

  test('links the design by the text of its label', () => {
    expect(resource.pattern_resource).toBe(design.toLowerCase());
  });

  test('carries owner references and finalizers as JSON text', () => {
    expect(resource.metadata.ownerReferences).toBe('[ {"uid":"o-1", "controller":true} ]');
    expect(resource.metadata.finalizers).toBe('["x/y"]');
  });

  test('carries data-like members as JSON text and type as a bare string', () => {
    const secret = toKubernetesResource(
      '{"kind":"Secret","apiVersion":"v1","metadata":{"name":"s"},"type":"Opaque","immutable":true,"data":{"k":"dg=="}}',
      cluster,
    );
    expect(secret).toMatchObject({ type: 'Opaque', immutable: 'true', data: '{"k":"dg=="}' });
  });

  test('says how to reach a service, without dialling', () => {
    const service = toKubernetesResource(
      '{"kind":"Service","apiVersion":"v1","metadata":{"name":"s"},"spec":{"clusterIP":"10.0.0.1","ports":[{"port":443}]},"status":{"loadBalancer":{"ingress":[{"ip":"192.0.2.1"}]}}}',
      cluster,
    );
    expect(service.component_metadata).toEqual({
      capabilities: { connection: true, urls: ['https://192.0.2.1:443', 'https://10.0.0.1:443'] },
    });
  });

  test('gives a headless service no address', () => {
    const service = toKubernetesResource(
      '{"kind":"Service","apiVersion":"v1","metadata":{"name":"s"},"spec":{"clusterIP":"None","ports":[{"port":80}]}}',
      cluster,
    );
    expect(service.component_metadata).toBeNull();
  });
});

describe('fromKubernetesResource', () => {
  const plain = { escapedValues: false };

  test('gives back the object that our agent published', () => {
    const parsed = parseEnvelope(Buffer.from(encodeResourceEvent('ADDED', toKubernetesResource(pod, cluster))));
    if (!parsed.ok) throw new Error(parsed.reason);
    const back = fromKubernetesResource('ADDED', parsed.value.Object, plain);
    if (!back.ok) throw new Error(back.reason);
    expect(back.value.clusterId).toBe(cluster);
    expect(back.value.change).toMatchObject({
      type: ChangeType.CHANGE_TYPE_UPSERT,
      uid: 'u-1',
      apiVersion: 'v1',
      kind: 'Pod',
      namespace: 'shop',
      name: 'web-0',
      resourceVersion: '42',
      creationTimestamp: '2026-01-02T03:04:05Z',
      labels: { app: 'web', 'design.meshery.io/id': design },
    });
    expect(back.value.change.json).toContain('"spec":{ "big": 9007199254740993, "exp":1.50e3,');
    const { rules: _dropped, status: _null, ...kept } = JSON.parse(pod) as Record<string, unknown>;
    expect(JSON.parse(back.value.change.json)).toEqual(kept);
  });

  test('decodes the escapes that published agents leave in values', () => {
    const resource = toKubernetesResource(pod, cluster);
    const raw = {
      ...resource,
      metadata: { ...resource.metadata, annotations: [{ key: 'note', value: 'a \\"q\\"\\u003c' }] },
    };
    const back = fromKubernetesResource('MODIFIED', raw, { escapedValues: true });
    expect(back.ok && (JSON.parse(back.value.change.json) as { metadata: unknown }).metadata).toMatchObject({
      annotations: { note: 'a "q"<' },
    });
  });

  test('turns a deletion into one without text', () => {
    const back = fromKubernetesResource('DELETED', toKubernetesResource(pod, cluster), plain);
    expect(back.ok && back.value.change).toMatchObject({ type: ChangeType.CHANGE_TYPE_DELETE, uid: 'u-1', json: '' });
  });

  test.each([
    ['an array', []],
    ['no metadata', { cluster_id: cluster, apiVersion: 'v1', kind: 'Pod' }],
    ['no cluster', { ...toKubernetesResource(pod, cluster), cluster_id: '' }],
    ['a spec that is not JSON', { ...toKubernetesResource(pod, cluster), spec: { id: '', attribute: '{"a":' } }],
    [
      'a spec that smuggles a member',
      { ...toKubernetesResource(pod, cluster), spec: { id: '', attribute: '{},"kind":"X"' } },
    ],
    [
      '10,000 levels',
      { ...toKubernetesResource(pod, cluster), spec: { id: '', attribute: '['.repeat(10_000) + ']'.repeat(10_000) } },
    ],
  ])('refuses %s with a reason', (_name, object) => {
    const back = fromKubernetesResource('ADDED', object, plain);
    expect(back).toEqual({ ok: false, reason: expect.stringMatching(/.{10}/) });
  });

  test('drops the last-applied annotation', () => {
    const object =
      '{"apiVersion":"v1","kind":"A","metadata":{"name":"n","annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{}","k":"v"}}}';
    const back = fromKubernetesResource('ADDED', toKubernetesResource(object, cluster), plain);
    expect(back.ok && JSON.parse(back.value.change.json)).toMatchObject({ metadata: { annotations: { k: 'v' } } });
    expect(back.ok && back.value.change.json).not.toContain('last-applied');
  });
});

describe('sliceMembers', () => {
  test('keeps texts, decodes keys and survives __proto__', () => {
    const members = sliceMembers(' { "__proto__" : {"a":[1,"]\\"}"]} , "k\\u0041":-1.0e-3 ,"s":"\\\\" } ');
    expect([...members]).toEqual([
      ['__proto__', '{"a":[1,"]\\"}"]}'],
      ['kA', '-1.0e-3'],
      ['s', '"\\\\"'],
    ]);
  });

  test('is empty for an empty object', () => {
    expect(sliceMembers('{}').size).toBe(0);
  });
});

test('the published id is the base64 of five parts', () => {
  expect(publishedId({ clusterId: 'c', kind: 'Pod', apiVersion: 'v1', namespace: 'n', name: 'x' })).toBe(
    'Yy5Qb2QudjEubi54',
  );
});

test.each([
  ['v1', 'Pod', 'pods.v1.'],
  ['networking.k8s.io/v1', 'Ingress', 'ingresses.v1.networking.k8s.io'],
  ['networking.k8s.io/v1', 'NetworkPolicy', 'networkpolicies.v1.networking.k8s.io'],
  ['v1', 'Endpoints', 'endpoints.v1.'],
  ['storage.k8s.io/v1', 'StorageClass', 'storageclasses.v1.storage.k8s.io'],
  ['gateway.networking.k8s.io/v1', 'Gateway', 'gateways.v1.gateway.networking.k8s.io'],
])('the resource key of %s %s is %s', (apiVersion, kind, key) => {
  expect(resourceKeyOf(apiVersion, kind)).toBe(key);
});
