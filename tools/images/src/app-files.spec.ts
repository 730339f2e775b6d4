import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { repositoryRoot } from '../../build/src/workspace.ts';
import type { TarEntry } from '../../cluster/src/tar.ts';
import { koffiFiles, sqliteFiles } from './app-files.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'meshery-app-files-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** What a program prints that has nothing but these files beside it. */
function outputBeside(files: readonly TarEntry[], program: string): string {
  for (const { path, content } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  const script = join(folder, 'app', 'main.mjs');
  writeFileSync(script, program);
  return execFileSync(process.execPath, [script], { encoding: 'utf8', timeout: 8000, env: {} }).trim();
}

test('what an image has of koffi is enough to call into the C library', () => {
  const program = `import koffi from 'koffi';
    console.log(koffi.load('libc.so.6').func('abs', 'int', ['int'])(-3));`;
  expect(outputBeside(koffiFiles(repositoryRoot), program)).toBe('3');
});

test('what an image has of better-sqlite3 is enough to open a database', () => {
  const program = `import Database from 'better-sqlite3';
    console.log(new Database(':memory:').prepare('select 3 as n').get().n);`;
  expect(outputBeside(sqliteFiles(repositoryRoot), program)).toBe('3');
});
