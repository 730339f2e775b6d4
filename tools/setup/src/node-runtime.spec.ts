import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { findNode, runForeground, runtimeEnvironment } from '../node-runtime.mjs';

describe('the Node that runs our code', () => {
  let root = '';
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'meshery-node-'));
  });
  afterEach(() => {
    rmSync(root, { recursive: true, force: true });
  });

  test('is the one among the npm packages, else this one when it is new enough', () => {
    expect(findNode(root, { version: '24.1.0', execPath: '/this/node' })).toBe('/this/node');
    const brought = join(root, 'node_modules', '.bin', 'node');
    mkdirSync(join(root, 'node_modules', '.bin'), { recursive: true });
    writeFileSync(brought, '');
    expect(findNode(root, { version: '20.0.0', execPath: '/this/node' })).toBe(brought);
  });

  test('is asked for with a command when there is none', () => {
    expect(() => findNode(root, { version: '22.9.0' })).toThrow(/Node 22\.9\.0 is too old.*nvm install 24/s);
  });

  test('comes first on the PATH, once, and NODE_OPTIONS stays as it is', () => {
    const bin = join(root, 'node_modules', '.bin');
    const env = runtimeEnvironment(root, { PATH: ['/usr/bin', bin].join(delimiter), NODE_OPTIONS: '--no-warnings' });
    expect(env).toEqual({ PATH: [bin, '/usr/bin'].join(delimiter), NODE_OPTIONS: '--no-warnings' });
  });
});

describe('a program in the foreground', () => {
  const run = (script: string) => runForeground(process.execPath, ['-e', script], { env: process.env });

  test('passes its exit code on, and 128 and the number of a signal', async () => {
    expect(await run('process.exit(7)')).toBe(7);
    expect(await run("process.kill(process.pid, 'SIGTERM'); setInterval(() => {}, 1000)")).toBe(143);
  });

  test('that cannot be started is an error', async () => {
    await expect(runForeground('/no/such/program', [], { env: process.env })).rejects.toThrow('cannot be started');
  });
});
