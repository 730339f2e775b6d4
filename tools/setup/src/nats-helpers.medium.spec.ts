import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from '@meshery/testing';
import { waitFor } from '../../cluster/src/wait.ts';
import { resolveBinary } from './binaries.ts';
import { sayNothing } from './progress.ts';
import type { BinaryName } from './recipes.ts';

const children: ChildProcess[] = [];
const say = sayNothing;

afterEach(async () => {
  for (const child of children.splice(0)) await end(child);
});

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill();
  await once(child, 'exit');
}

async function run(name: BinaryName, args: readonly string[]): Promise<ChildProcess> {
  const child = spawn(await resolveBinary(name, { say }), args, { stdio: ['ignore', 'ignore', 'pipe'] });
  children.push(child);
  return child;
}

test('the exporter shows the numbers of a broker, and whether it answers at all', async () => {
  const [client = 0, monitor = 0, port = 0] = await freePorts(3);
  const broker = await run('nats-server', ['-a', '127.0.0.1', '-p', String(client), '-m', String(monitor)]);
  const flags = [`-port=${String(port)}`, '-connz', '-varz', '-jsz=all', '-prefix=nats', '-use_internal_server_id'];
  await run('nats-exporter', [...flags, `http://localhost:${String(monitor)}/`]);
  const metrics = (wanted: string): Promise<string> =>
    waitFor({ what: wanted, timeoutMs: 30_000 }, async () => {
      const answer = await fetch(`http://127.0.0.1:${String(port)}/metrics`).catch(() => undefined);
      const text = await answer?.text();
      return text?.includes(wanted) === true ? text : undefined;
    });
  const text = await metrics('nats_up 1\n');
  expect(text).toMatch(/^nats_varz_max_payload\{server_id="N\w+"\} 1\.048576e\+06$/m);
  expect(text).toMatch(/^nats_connz_num_connections\{server_id="N\w+"\} 0$/m);
  expect(text).toMatch(/^nats_jsz_streams\{server_id="N\w+"\} 0$/m);
  await end(broker);
  expect(await metrics('nats_up 0\n')).not.toContain('nats_varz');
});

describe('the reloader', () => {
  const folder = mkdtempSync(join(tmpdir(), 'meshery-reloader-'));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** As the kubelet changes a volume: a link leads to new files, then the old ones are removed. */
  function mount(revision: string, config: string, former?: string): void {
    mkdirSync(join(folder, revision));
    writeFileSync(join(folder, revision, 'nats.conf'), config);
    symlinkSync(revision, join(folder, '..data_tmp'));
    renameSync(join(folder, '..data_tmp'), join(folder, '..data'));
    if (former !== undefined) rmSync(join(folder, former), { recursive: true });
  }

  test('makes the broker take a configuration that changed in a volume', async () => {
    const [client = 0, monitor = 0] = await freePorts(2);
    const base = `listen: "127.0.0.1:${String(client)}"\nhttp: "127.0.0.1:${String(monitor)}"\n`;
    mount('..1', `${base}max_payload: 1000000\n`);
    const [config, pid] = [join(folder, 'nats.conf'), join(folder, 'nats.pid')];
    symlinkSync(join('..data', 'nats.conf'), config);
    const limit = (wanted: number): Promise<true> =>
      waitFor({ what: `a limit of ${String(wanted)}`, timeoutMs: 30_000 }, async () => {
        const answer = await fetch(`http://127.0.0.1:${String(monitor)}/varz`).catch(() => undefined);
        const found = (await answer?.json()) as { max_payload: number } | undefined;
        return found?.max_payload === wanted ? true : undefined;
      });
    await run('nats-server', ['--config', config, '--pid', pid]);
    await limit(1_000_000);
    const reloader = await run('nats-server-config-reloader', ['-pid', pid, '-config', config]);
    let said = '';
    reloader.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
    await waitFor({ what: 'the watch', timeoutMs: 30_000 }, () => (said.includes('Live') ? true : undefined));
    mount('..2', `${base}max_payload: 2000000\n`, '..1');
    await limit(2_000_000);
  });
});
