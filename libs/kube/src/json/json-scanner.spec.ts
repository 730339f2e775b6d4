import fc from 'fast-check';
import { eachMember, malformed, skipValue, tooDeep } from './json-scanner.ts';

test('ends every value where JSON says it ends', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), fc.nat(3), (value, spaces) => {
      const text = JSON.stringify(value, undefined, spaces);
      const bytes = Buffer.from(`${text},"next"`);
      expect(skipValue(bytes, 0, 100)).toBe(Buffer.byteLength(text));
    }),
  );
});

test('visits exactly the members of an object', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue(), { noNullPrototype: true }),
      fc.nat(3),
      (object, spaces) => {
        const bytes = Buffer.from(JSON.stringify(object, undefined, spaces));
        const seen: string[] = [];
        const end = eachMember(bytes, 0, (keyStart, keyEnd, valueStart) => {
          const valueEnd = skipValue(bytes, valueStart, 100);
          const key = JSON.parse(bytes.toString('utf8', keyStart, keyEnd)) as string;
          expect(JSON.parse(bytes.toString('utf8', valueStart, valueEnd))).toEqual(
            JSON.parse(JSON.stringify(object[key])),
          );
          seen.push(key);
          return valueEnd;
        });
        expect(end).toBe(bytes.length);
        expect(seen).toEqual(Object.keys(object));
      },
    ),
  );
});

test('bounds the depth and knows the end that is missing', () => {
  const deep = Buffer.from('['.repeat(10_000) + ']'.repeat(10_000));
  expect(skipValue(deep, 0, 1000)).toBe(tooDeep);
  expect(skipValue(deep, 0, 10_000)).toBe(20_000);
  for (const text of ['{', '"abc', '{"a":"\\"}', '', '[1,[2]'])
    expect(skipValue(Buffer.from(text), 0, 10)).toBe(malformed);
});

test('ends long strings at their own quote, whatever is escaped in them', () => {
  const piece = fc.constantFrom('"', '\\', '\\"', 'a'.repeat(60), 'b', '\n', 'µ');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const text = JSON.stringify(pieces.join(''));
      expect(skipValue(Buffer.from(`${text},"next"`), 0, 1)).toBe(Buffer.byteLength(text));
      expect(skipValue(Buffer.from(text).subarray(0, -1), 0, 1)).toBe(malformed);
    }),
  );
});
