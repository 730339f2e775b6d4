import { mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LogOutputs } from './log-outputs.ts';
import { RotatingLog } from './rotating-log.ts';

let folder: string;
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'meshery-log-')), 'logs');
});
afterEach(() => rm(join(folder, '..'), { recursive: true, force: true }));

const open = (): RotatingLog => new RotatingLog({ folder, name: 'meshery', maxBytes: 20, maxFiles: 3 });
const texts = async (): Promise<Record<string, string>> => {
  const names = (await readdir(folder)).sort();
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const)),
  );
};

test('the newest lines are kept in files of bounded size and number', async () => {
  const log = open();
  for (let line = 0; line < 9; line += 1) log.write(`line ${String(line)} ä\n`);
  log.close();
  expect(await texts()).toEqual({
    'meshery.log': 'line 8 ä\n',
    'meshery.1.log': 'line 6 ä\nline 7 ä\n',
    'meshery.2.log': 'line 4 ä\nline 5 ä\n',
  });
  expect((await stat(join(folder, 'meshery.log'))).mode & 0o077).toBe(0);
});

test('a new start goes on where the last one ended, and a line longer than a file is kept whole', async () => {
  const first = open();
  first.write('first\n');
  first.close();
  const second = open();
  second.write(`${'x'.repeat(40)}\n`);
  second.close();
  expect(await texts()).toEqual({ 'meshery.log': `${'x'.repeat(40)}\n`, 'meshery.1.log': 'first\n' });
});

test('an output that fails is given up, and the others are told once', () => {
  const lines: string[] = [];
  const outputs = new LogOutputs({ write: (line) => lines.push(line) });
  outputs.add({
    write: () => {
      throw new Error('no space left');
    },
  });
  outputs.write('one\n');
  outputs.write('two\n');
  expect(lines).toEqual(['one\n', expect.stringContaining('no space left'), 'two\n']);
});
