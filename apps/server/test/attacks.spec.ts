import { existsSync, readFileSync } from 'node:fs';

/** docs/reference/attacks.md: every attack names tests that exist, or what it comes with. */

const root = new URL('../../../', import.meta.url);
const rows = readFileSync(new URL('docs/reference/attacks.md', root), 'utf8')
  .split('\n')
  .filter((line) => /^\| \d+ /.test(line))
  .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()));

interface Proof {
  readonly file: string;
  readonly title: string;
}

const proofsIn = (cell: string): readonly Proof[] =>
  [...cell.matchAll(/`([^`]+\.ts)`: ([^`]+?)(?=; `|$)/g)].flatMap(([, file = '', titles = '']) =>
    [...titles.matchAll(/"([^"]+)"/g)].map(([, title = '']) => ({ file, title })),
  );

/** The titles of a file as they are written in it, without the escapes of a text. */
const sourceOf = ({ file }: Proof): string => readFileSync(new URL(file, root), 'utf8').replaceAll("\\'", "'");

test('there are forty attacks, each with tests or with what it comes with', () => {
  expect(rows.map(([, number]) => Number(number))).toEqual(Array.from({ length: 40 }, (_none, index) => index + 1));
  const open = rows.filter(([, , , tests = '', later = '']) => proofsIn(tests).length === 0 && later === '');
  expect(open).toEqual([]);
});

test('every test that is named exists', () => {
  const proofs = rows.flatMap(([, , , tests = '']) => proofsIn(tests));
  expect(proofs.length).toBeGreaterThan(80);
  const isTest = (proof: Proof): boolean =>
    existsSync(new URL(proof.file, root)) &&
    ["'", '"', '`'].some((quote) => sourceOf(proof).includes(`${quote}${proof.title}${quote}`));
  expect(proofs.filter((proof) => !isTest(proof))).toEqual([]);
});

test('nothing in a cell of tests is read as something else', () => {
  const quoted = rows.flatMap(([, , , tests = '']) => [...tests.matchAll(/"/g)]).length / 2;
  expect(rows.flatMap(([, , , tests = '']) => proofsIn(tests))).toHaveLength(quoted);
});
