import { holds } from './applier.ts';

const service = { spec: { selector: { app: 'nats' }, ports: [{ port: 4222 }] }, metadata: { labels: { a: 'b' } } };

test.each<[string, object, boolean]>([
  ['what the API server adds', { ...service, spec: { ...service.spec, clusterIP: '10.0.0.1' } }, true],
  ['a label of somebody else', { ...service, metadata: { labels: { a: 'b', c: 'd' } } }, true],
  ['an entry more in a selector', { ...service, spec: { ...service.spec, selector: { app: 'nats', x: 'y' } } }, false],
  ['an item more in a list', { ...service, spec: { ...service.spec, ports: [{ port: 4222 }, { port: 1 }] } }, false],
  ['another value', { ...service, spec: { ...service.spec, selector: { app: 'other' } } }, false],
])('%s', (_what, live, expected) => {
  expect(holds(service, live)).toBe(expected);
});

test('the API leaves out what is empty', () => {
  expect(holds({ podSelector: {}, selector: {}, list: [] }, {})).toBe(true);
});
