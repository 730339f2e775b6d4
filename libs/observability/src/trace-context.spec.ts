import {
  extractTrace,
  formatTraceparent,
  injectTrace,
  newTraceparent,
  parseTraceparent,
  traceOfHeaders,
} from './index.ts';

const valid = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

describe('trace context', () => {
  test('reads and writes the same traceparent', () => {
    const parsed = parseTraceparent(valid);
    expect(parsed).toEqual({ traceId: valid.slice(3, 35), spanId: valid.slice(36, 52), sampled: true });
    expect(parsed && formatTraceparent(parsed)).toBe(valid);
  });

  test.each([
    ['all-zero trace id', `00-${'0'.repeat(32)}-b7ad6b7169203331-01`],
    ['all-zero span id', `00-0af7651916cd43dd8448eb211c80319c-${'0'.repeat(16)}-01`],
    ['version ff', valid.replace(/^00/, 'ff')],
    ['upper case', valid.toUpperCase()],
    ['a tail in version 00', `${valid}-more`],
    ['cut short', valid.slice(0, 40)],
    ['nothing', ''],
  ])('refuses %s', (_name, text) => {
    expect(parseTraceparent(text)).toBeUndefined();
  });

  test('a later version with a tail is read', () => {
    expect(parseTraceparent(`${valid.replace(/^00/, '01')}-more`)).toMatchObject({ sampled: true });
  });

  test('a new one is valid and different every time', () => {
    expect(parseTraceparent(newTraceparent())).toMatchObject({ sampled: false });
    expect(newTraceparent()).not.toBe(newTraceparent());
  });

  test('goes through NATS-like and gRPC-like carriers', () => {
    const headers = new Headers();
    injectTrace(valid, headers);
    expect(extractTrace(headers)).toBe(valid);
    expect(extractTrace({ get: () => [valid] })).toBe(valid);
    expect(extractTrace({ get: () => [] })).toBeUndefined();
    expect(extractTrace({ get: () => '' })).toBeUndefined();
    expect(traceOfHeaders({ traceparent: valid })).toBe(valid);
  });

  test('nothing is injected without a trace', () => {
    const headers = new Headers();
    injectTrace(undefined, headers);
    expect([...headers.keys()]).toEqual([]);
  });
});
