import { componentsOf } from './openapi-components.ts';

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const named = (kind: string) => [{ group: 'shop.io', version: 'v1', kind }];
const list = (kind: string) => ({
  get: { 'x-kubernetes-action': 'list', 'x-kubernetes-group-version-kind': named(kind)[0] },
});

const document = {
  paths: {
    '/apis/shop.io/v1/shops': list('Shop'),
    '/apis/shop.io/v1/namespaces/{namespace}/goods': list('Good'),
    '/apis/shop.io/v1/goods': list('Good'),
    '/apis/shop.io/v1/alien': { get: { 'x-kubernetes-action': 'list', 'x-kubernetes-group-version-kind': 7 } },
    '/apis/shop.io/v1/order': {
      post: { 'x-kubernetes-action': 'post', 'x-kubernetes-group-version-kind': named('Order')[0] },
    },
  },
  components: {
    schemas: {
      'io.shop.v1.Shop': {
        description: 'Sells.',
        properties: { spec: ref('Tree'), status: ref('Status'), kind: { type: 'string' } },
        'x-kubernetes-group-version-kind': named('Shop'),
      },
      'io.k8s.api.shop.v1.Good': {
        properties: { $ref: { type: 'string' }, size: { type: 'integer' } },
        'x-kubernetes-group-version-kind': named('Good'),
      },
      Tree: { properties: { left: ref('Tree'), leaf: ref('Leaf'), gone: ref('constructor') } },
      Leaf: { type: 'string' },
      Status: { type: 'object' },
      Order: { 'x-kubernetes-group-version-kind': named('Order') },
      Many: { 'x-kubernetes-group-version-kind': [...named('Shop'), ...named('Good')] },
    },
  },
};

test('finds what can be listed, with its scope and whether it is of Kubernetes', () => {
  const found = componentsOf(document, 'shop.io/v1', 10_000);
  expect(found.map(({ schema: _schema, ...facts }) => facts)).toEqual([
    { kind: 'Good', isNamespaced: true, isNative: true, description: '' },
    { kind: 'Shop', isNamespaced: false, isNative: false, description: 'Sells.' },
  ]);
  expect(componentsOf(document, 'shop.io/v2', 10_000)).toEqual([]);
});

test('a schema holds what it refers to, once, however it goes round', () => {
  const [good, shop] = componentsOf(document, 'shop.io/v1', 10_000).map(({ schema }) => JSON.parse(schema) as unknown);
  expect(good).toEqual({ properties: { $ref: { type: 'string' }, size: { type: 'integer' } } });
  const local = (name: string) => ({ $ref: `#/$defs/${name}` });
  expect(shop).toEqual({
    description: 'Sells.',
    properties: { spec: local('Tree') },
    $defs: {
      Leaf: { type: 'string' },
      Tree: { properties: { left: local('Tree'), leaf: local('Leaf'), gone: local('constructor') } },
      constructor: {},
    },
  });
});

test.each([[undefined], [null], [7], ['x'], [[]], [{ paths: 7, components: { schemas: [1] } }]])(
  'finds nothing in %j',
  (nothing) => {
    expect(componentsOf(nothing, 'v1', 100)).toEqual([]);
  },
);

test('ends where many kinds share one large definition', () => {
  expect(() => componentsOf(document, 'shop.io/v1', 100)).toThrow(RangeError);
});
