import { LineFramer } from './line-framer.ts';
import type { Framer } from './line-framer.ts';
import { ListFramer } from './list-framer.ts';

const objects = [
  '{"metadata":{"name":"a"},"data":{"text":"ä€😀 \\" ] } , [ { \\\\"}}',
  '{}',
  '{"nested":[[{"deep":"]}"}],[]],"empty":"","escape":"\\\\"}',
  '{"items":[{"not":"an item"}]}',
];

/** Feeds `text` cut after the given positions and collects the records. */
function records(framer: Framer, text: Buffer, cuts: readonly number[]): string[] {
  const found: string[] = [];
  let from = 0;
  for (const cut of [...cuts, text.length]) {
    // A copy, as from a socket: the next chunk overwrites nothing of this one.
    framer.push(Buffer.from(text.subarray(from, cut)));
    from = cut;
    for (let record = framer.next(); record !== undefined; record = framer.next()) found.push(record.toString('utf8'));
  }
  return found;
}

const never = (): never => {
  throw new Error('nothing is over the limit');
};

describe('LineFramer', () => {
  const lines = Buffer.from(objects.map((text) => `${text}\n`).join(''));

  test('finds the same lines whatever the two places of a split', () => {
    for (let first = 0; first <= lines.length; first += 1) {
      for (let second = first; second <= lines.length; second += 7) {
        expect(records(new LineFramer(1000, never), lines, [first, second])).toEqual(objects);
      }
    }
  });

  test('finds the same lines byte by byte', () => {
    const everywhere = Array.from({ length: lines.length }, (_, index) => index);
    expect(records(new LineFramer(1000, never), lines, everywhere)).toEqual(objects);
  });

  test('gives no line that has no end', () => {
    expect(records(new LineFramer(1000, never), Buffer.from('{"a":1}\n{"b"'), [3])).toEqual(['{"a":1}']);
  });

  test('skips a line over the limit, tells its size and beginning, and goes on', () => {
    const over: { bytes: number; head: string }[] = [];
    const framer = new LineFramer(100, (bytes, head) => over.push({ bytes, head: head.toString('utf8', 0, 8) }));
    const text = Buffer.from(`one\n{"name":"${'x'.repeat(500)}"}\ntwo\n`);
    const cuts = Array.from({ length: 25 }, (_, index) => 20 * (index + 1));
    expect(records(framer, text, cuts)).toEqual(['one', 'two']);
    expect(over).toEqual([{ bytes: 511, head: '{"name":' }]);
  });
});

describe('ListFramer', () => {
  const typed = `{"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"42","continue":"next"},"items":[${objects.join(',')}]}`;
  const custom = `{"apiVersion":"v1","items":[${objects.join(' , ')}],"kind":"WidgetList","metadata":{"resourceVersion":"42","continue":"next"}}`;

  test.each([
    ['metadata first', typed],
    ['metadata last', custom],
  ])('finds items and envelope whatever the place of a split: %s', (_, document) => {
    const bytes = Buffer.from(document);
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      const framer = new ListFramer(1000, never);
      expect(records(framer, bytes, [cut])).toEqual(objects);
      expect(framer.finish()).toEqual({ resourceVersion: '42', continueToken: 'next' });
    }
  });

  test('tells how deep each item nests, however the document is split', () => {
    const items = ['{}', '{"a":[[{"b":"[{["}]]}', '{"a":{}}', '{"a":1}'];
    const bytes = Buffer.from(`{"metadata":{"x":[[[[[[]]]]]]},"items":[${items.join(',')}]}`);
    for (let size = 1; size <= bytes.length; size += 1) {
      const framer = new ListFramer(1000, never);
      const nestings: number[] = [];
      for (let from = 0; from < bytes.length; from += size) {
        framer.push(Buffer.from(bytes.subarray(from, from + size)));
        for (let item = framer.next(); item !== undefined; item = framer.next()) nestings.push(framer.nesting);
      }
      expect(nestings).toEqual([1, 4, 2, 1]);
    }
  });

  test('finds the end of long strings with backslashes, however they are split', () => {
    const long = ['\\\\'.repeat(60), `${'x'.repeat(100)}\\"`, `${'\\"'.repeat(40)}]}`, `${'y'.repeat(70)}\\\\`];
    const items = long.map((text) => `{"text":"${text}"}`);
    const bytes = Buffer.from(`{"items":[${items.join(',')}],"metadata":{"resourceVersion":"1"}}`);
    for (let size = 1; size <= 130; size += 1) {
      const cuts = Array.from({ length: Math.floor(bytes.length / size) }, (_, index) => size * (index + 1));
      expect(records(new ListFramer(1000, never), bytes, cuts)).toEqual(items);
    }
  });

  test('finds items byte by byte', () => {
    const bytes = Buffer.from(custom);
    const framer = new ListFramer(1000, never);
    const everywhere = Array.from({ length: bytes.length }, (_, index) => index);
    expect(records(framer, bytes, everywhere)).toEqual(objects);
    expect(framer.finish()).toEqual({ resourceVersion: '42', continueToken: 'next' });
  });

  test('knows that a document is not complete', () => {
    const framer = new ListFramer(1000, never);
    records(framer, Buffer.from(typed.slice(0, -1)), []);
    expect(framer.finish()).toBeUndefined();
  });

  test.each(['{"items":null,"metadata":{"resourceVersion":"7"}}', '{"items":[],"metadata":{"resourceVersion":"7"}}'])(
    'reads an empty list: %s',
    (document) => {
      const framer = new ListFramer(1000, never);
      expect(records(framer, Buffer.from(document), [9])).toEqual([]);
      expect(framer.finish()).toEqual({ resourceVersion: '7', continueToken: '' });
    },
  );

  test('skips an item over the limit', () => {
    const over: number[] = [];
    const framer = new ListFramer(50, (bytes) => over.push(bytes));
    const document = Buffer.from(`{"metadata":{},"items":[{"a":1},{"big":"${'x'.repeat(200)}"},{"b":2}]}`);
    const cuts = Array.from({ length: 24 }, (_, index) => 10 * (index + 1));
    expect(records(framer, document, cuts)).toEqual(['{"a":1}', '{"b":2}']);
    expect(over).toEqual([210]);
  });
});
