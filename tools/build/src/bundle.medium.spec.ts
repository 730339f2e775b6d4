import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { bundleApp } from './bundle.ts';
import type { BundleReport } from './bundle.ts';
import { repositoryRoot } from './workspace.ts';

const name = `.sample-${String(process.pid)}`;
const folder = join(repositoryRoot, 'dist', name);

function listeningUrl(child: ChildProcess): Promise<string> {
  let output = '';
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const url = /"url":"(http:[^"]+)"/.exec(output)?.[1];
      if (url !== undefined) resolve(url);
    });
    child.once('exit', () => {
      reject(new Error(`the bundled app ended: ${output}`));
    });
  });
}

describe('bundleApp', () => {
  let report: BundleReport;
  beforeAll(async () => {
    report = await bundleApp(repositoryRoot, { name, folder: 'tools/build/fixtures/sample-app' });
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test('writes the app, its worker and a file for what is loaded lazily', () => {
    expect(Object.keys(report.sizes)).toEqual(expect.arrayContaining(['main.js', 'answer.worker.js']));
    expect(readdirSync(folder).filter((file) => /^chunk-lazy-part-.*\.js$/.test(file))).toHaveLength(1);
    expect(existsSync(join(folder, 'main.js.map'))).toBe(true);
  });

  test('lists our own sources as inputs, and no package', () => {
    expect(report.inputs).toContain('tools/build/fixtures/sample-app/src/answer.worker.ts');
    expect(report.inputs).toContain('libs/service/src/start-service.ts');
    expect(report.inputs.filter((input) => input.includes('node_modules'))).toEqual([]);
  });

  test('the bundle runs: injection by type, worker, lazy part, clean end', async () => {
    const child = spawn('node', [join(folder, 'main.js')], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(child, 'exit');
    const url = await listeningUrl(child);
    expect(await (await fetch(`${url}/api/greeting`)).json()).toEqual({ greeting: 'hello' });
    expect(await (await fetch(`${url}/api/worker`)).json()).toEqual({ from: 'worker' });
    expect(await (await fetch(`${url}/api/lazy`)).json()).toMatchObject({ lines: expect.any(Number) as number });
    child.kill('SIGTERM');
    expect((await ended)[0]).toBe(0);
  });
});
