import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LogOutputs, createLogger } from '@meshery/observability';
import { runServer } from '../src/run-server.ts';
import { Caller } from './caller.ts';
import { startTestServer } from './server-harness.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meshery-backup-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs the program of the server with these arguments; what it says and how it ends. */
async function program(...argv: string[]): Promise<{ readonly text: string; readonly status: number }> {
  const said: string[] = [];
  let status = 0;
  const output = { write: (text: string) => said.push(text) };
  await runServer({
    logger: createLogger({ service: 'server', destination: { write: () => undefined } }),
    logs: new LogOutputs(),
    run: () => Promise.reject(new Error('no server is wanted')),
    output,
    origin: { argv, env: { HOME: folder } },
    host: { stderr: output, exit: (code) => (status = code) },
  });
  return { text: said.join(''), status };
}

test('what users made is backed up while the server runs and comes back in another folder', async () => {
  const first = await startTestServer();
  const owner = Caller.owner(first);
  const draft = { name: 'kept', organizationId: owner.organizationId };
  const made = (await owner.post('/api/workspaces', draft)).body as { id: string };
  const file = join(folder, 'backup.jsonl');
  expect(await program('backup', file, '--data-dir', first.folder)).toMatchObject({ status: 0 });
  await owner.delete(`/api/workspaces/${made.id}`);
  await first.stop();
  const target = join(folder, 'restored');
  const restored = await program('restore', file, '--data-dir', target);
  expect(restored).toEqual({ status: 0, text: expect.stringContaining(target) });
  const second = await startTestServer({ folder: target });
  try {
    expect((await Caller.owner(second).get(`/api/workspaces/${made.id}`)).body).toEqual(made);
  } finally {
    await second.stop();
  }
  expect(await readFile(file, 'utf8')).toMatch(/^\{"format":"meshery-user-data","formatVersion":1,/);
  const again = await program('restore', file, '--data-dir', target);
  expect([again.status, again.text]).toEqual([65, expect.stringContaining('meshery-store-1608')]);
}, 60_000);

test.each([[[]], [['--data-dir', '/x']], [['/nowhere/at/all.jsonl', '--port', 'x']]])(
  'arguments that make no sense are refused: %j',
  async (argv) => {
    for (const name of ['backup', 'restore']) {
      expect(await program(name, ...argv)).toEqual({
        status: 78,
        text: expect.stringContaining('meshery-config-1100'),
      });
    }
  },
);

test.each([
  ['backup', 66, 'meshery-core-1002'],
  ['restore', 64, 'meshery-store-1607'],
])('%s of what is not there ends with a coded error', async (name, status, code) => {
  const answer = await program(name, join(folder, 'nothing.jsonl'), '--data-dir', join(folder, 'none'));
  expect(answer).toEqual({ status, text: expect.stringContaining(code) });
});
