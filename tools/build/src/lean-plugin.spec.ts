import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { escapeNonAscii, formatLater, leanPlugin } from './lean-plugin.ts';

const banner = "import { createRequire } from 'node:module';const require = createRequire(import.meta.url);";

describe('leanPlugin', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'meshery-lean-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  async function bundled(source: string): Promise<string> {
    const entry = join(folder, 'entry.ts');
    const outfile = join(folder, 'out.mjs');
    writeFileSync(entry, source);
    writeFileSync(join(folder, 'other.ts'), 'export class Same {}\nexport function inner() {}');
    await build({
      entryPoints: [entry],
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'node',
      keepNames: true,
      banner: { js: banner },
      plugins: [leanPlugin()],
      metafile: true,
      absWorkingDir: folder,
    });
    return outfile;
  }

  test('an import of node:http does not load the undici of Node, and still gives its exports', async () => {
    const file = await bundled(`
      import http, { createServer } from 'node:http';
      import { randomUUID } from 'crypto';
      const extra = process.moduleLoadList.filter((name) => /deps.undici|webcrypto/.test(name));
      console.log(JSON.stringify([typeof createServer, typeof http.Agent, typeof randomUUID, extra]));
    `);
    const output = execFileSync('node', [file], { encoding: 'utf8' });
    expect(JSON.parse(output)).toEqual(['function', 'function', 'function', []]);
  });

  test('classes keep their names, and closures are not given one each time', async () => {
    const file = await bundled(`
      import { Same as Other } from './other.ts';
      export class Same {}
      const make = () => { const inner = () => 1; return inner; };
      console.log(JSON.stringify([Same.name, Other.name, make().name]));
    `);
    const output = execFileSync('node', [file], { encoding: 'utf8' });
    expect(JSON.parse(output)).toEqual(['Same', 'Same', '']);
  });

  test.each([
    ['', 'console.log(1);'],
    [', also under another name', "import { inner } from './other.ts'; inner();"],
  ])('functions that are made again and again leave nothing to the old generation%s', async (_how, more) => {
    const file = await bundled(`
      ${more}
      const make = () => { function inner() { return 1; } return inner; };
      let made = 0;
      for (let turn = 0; turn < 1_000_000; turn += 1) made += make()();
      console.log(made);
    `);
    const output = execFileSync('node', ['--trace-gc', file], { encoding: 'utf8' });
    expect(output).toContain('1000000');
    expect(output).not.toContain('Mark-Compact');
  });

  test('what it writes is ASCII and means the same', async () => {
    const file = await bundled('console.log(/^(µs|ß|😀)$/u.test("µs"), `µ` + "😀");');
    // eslint-disable-next-line no-control-regex -- ASCII and nothing else
    expect(readFileSync(file, 'utf8')).toMatch(/^[\x00-\x7f]*$/);
    expect(execFileSync('node', [file], { encoding: 'utf8' })).toBe('true µ😀\n');
  });
});

test('a formatter of a module is made when it is used', () => {
  const source = "const dateTimeFormatter = new Intl.DateTimeFormat('en', {\n  year: 'numeric',\n});\nnext();";
  const later = formatLater(source);
  expect(later).toMatch(/^const dateTimeFormatter = \{ format: \(date\) => new Intl/);
  expect(later).toContain('}).format(date) };');
  expect(later.endsWith('next();')).toBe(true);
});

test('escapes units, also those of pairs', () => {
  expect(escapeNonAscii('aµ😀')).toBe('a\\u00b5\\ud83d\\ude00');
});
