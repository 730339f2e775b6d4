import { CharacterPieces } from './character-pieces.ts';

const text = 'aé€😀-'.repeat(5000);
const bytes = Buffer.from(text);

test.each([1, 2, 3, 5, 7, 4096, bytes.length])('chunks of %i bytes become pieces of whole characters', (size) => {
  const pieces = new CharacterPieces();
  let seen = '';
  for (let at = 0; at < bytes.length; at += size) {
    for (const piece of pieces.push(bytes.subarray(at, at + size))) {
      expect(piece.length).toBeLessThanOrEqual(16 * 1024);
      seen += new TextDecoder('utf-8', { fatal: true }).decode(piece);
    }
  }
  expect(seen).toBe(text);
  expect(pieces.rest()).toHaveLength(0);
});

test('what is not UTF-8 passes through, to the last byte', () => {
  const pieces = new CharacterPieces();
  const odd = Buffer.from([0x80, 0x80, 0x80, 0x80, 0x80, 0xff, 0x00, 0xe2, 0x82]);
  const out = [...pieces.push(odd), pieces.rest()];
  expect(Buffer.concat(out)).toEqual(odd);
});
