import { untar } from './untar.ts';

function entry(name: string, content: string, type = '0', size = Buffer.byteLength(content)): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write(size.toString(8).padStart(11, '0'), 124);
  header.write(type, 156);
  header.write('ustar', 257);
  const body = Buffer.alloc(Math.ceil(Buffer.byteLength(content) / 512) * 512);
  body.write(content);
  return Buffer.concat([header, body]);
}

const end = Buffer.alloc(1024);

describe('untar', () => {
  test('gives the files and leaves out folders', () => {
    const archive = Buffer.concat([
      entry('./a/', '', '5'),
      entry('./a/b.js', 'x'.repeat(600)),
      entry('c.json', '{}'),
      end,
    ]);
    const files = untar(archive).map(({ name, content }) => [name, content.length]);
    expect(files).toEqual([
      ['a/b.js', 600],
      ['c.json', 2],
    ]);
  });

  test.each([
    ['a name that goes up', entry('../x', 'x')],
    ['a name that goes up later', entry('a/../../x', 'x')],
    ['an absolute name', entry('/etc/x', 'x')],
    ['a hidden name', entry('.ssh/x', 'x')],
    ['a name with a backslash', entry('a\\..\\x', 'x')],
    ['a symbolic link', entry('a', '', '2')],
    ['a hard link', entry('a', '', '1')],
    ['a device', entry('a', '', '3')],
    ['a size beyond the end', entry('a', 'x', '0', 1_000_000)],
    ['too many files', Buffer.concat(Array.from({ length: 2001 }, (_, index) => entry(`f${String(index)}`, '')))],
  ])('refuses %s', (_what, archive) => {
    expect(() => untar(Buffer.concat([archive, end]))).toThrow(/cannot be used/);
  });
});
