/** Cluster of the objects. */
export const publishedCluster = '5d1c8a4e-0d4f-4a47-8b9c-3d2f6c1e7a90';

const raw = String.raw;
const zero = '00000000-0000-0000-0000-000000000000';

/** A label or annotation; its value has the JSON escapes that it had in the cluster. */
const entry = (kind: 'label' | 'annotation', key: string, value: string): string =>
  raw`{"id":"","unique_id":"${zero}","kind":"${kind}","key":"${key}","value":"${value}"}`;

const tail = `"cluster_id":"${publishedCluster}","pattern_resource":"${zero}"`;

const plain = (name: string): string =>
  raw`{"id":"","apiVersion":"v1","kind":"ConfigMap","model":"","metadata":{"id":"","name":"${name}","namespace":"shop","uid":"u-${name}","resourceVersion":"7","creationTimestamp":"2026-01-02T03:04:05Z","cluster_id":""},${tail},"component_metadata":null,"data":"{\"a\":\"1\"}"}`;

/**
 * Objects as a published agent writes them, byte for byte: mixed case, empty ids, texts of JSON within texts, `<` and `&`
 * as escapes, the zero UUID for a design.
 */
export const publishedObjects: Readonly<Record<string, string>> = {
  pod: raw`{"id":"","apiVersion":"v1","kind":"Pod","model":"","metadata":{"id":"","name":"pod","generateName":"web-","namespace":"shop","uid":"u-pod","resourceVersion":"42","generation":3,"creationTimestamp":"2026-01-02T03:04:05Z","labels":[${entry('label', 'app', 'web')}],"annotations":[${entry('annotation', 'note', raw`a \\\"quoted\\\"\\nline \\u003cb\\u003e \\u0026`)}],"ownerReferences":"[{\"apiVersion\":\"apps/v1\",\"kind\":\"ReplicaSet\",\"name\":\"web\",\"uid\":\"o-1\",\"controller\":true}]","finalizers":"[\"x/y\"]","cluster_id":""},"spec":{"id":"","attribute":"{\"containers\":[{\"name\":\"c\",\"args\":[\"\u003ca\u003e\"],\"big\":9007199254740993}]}"},"status":{"id":"","attribute":"{\"phase\":\"Running\"}"},${tail},"component_metadata":null}`,
  service: raw`{"id":"","apiVersion":"v1","kind":"Service","model":"","metadata":{"id":"","name":"service","namespace":"shop","uid":"u-service","resourceVersion":"43","creationTimestamp":"2026-01-02T03:04:05Z","cluster_id":""},"spec":{"id":"","attribute":"{\"clusterIP\":\"10.96.0.9\",\"type\":\"LoadBalancer\"}"},${tail},"component_metadata":{"capabilities":{"connection":true,"urls":["http://192.0.2.7:80"]}}}`,
  secret: raw`{"id":"","apiVersion":"v1","kind":"Secret","model":"","metadata":{"id":"","name":"secret","namespace":"shop","uid":"u-secret","resourceVersion":"44","creationTimestamp":"2026-01-02T03:04:05Z","cluster_id":""},${tail},"component_metadata":null,"immutable":"true","data":"{\"key\":\"W1JFREFDVEVEXQ==\"}","type":"Opaque"}`,
  storage: raw`{"id":"","apiVersion":"storage.k8s.io/v1","kind":"StorageClass","model":"","metadata":{"id":"","name":"storage","uid":"u-storage","resourceVersion":"45","creationTimestamp":"2026-01-02T03:04:05Z","cluster_id":""},${tail},"component_metadata":null}`,
  one: plain('one'),
  two: plain('two'),
  three: plain('three'),
};
