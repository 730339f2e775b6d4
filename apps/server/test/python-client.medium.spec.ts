import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ManagedProcess, ensureTestNeeds, freePort, runCommand, waitUntil, within } from '@meshery/testing';
import { Caller } from './caller.ts';
import { Feed } from './feed.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** The example in another language, made from nothing but the published .proto files. */

const root = fileURLToPath(new URL('../../../', import.meta.url));
const example = join(root, 'docs', 'examples', 'grpc-python', 'follow.py');
/** The Python that the packages of the distribution are for. */
const python = '/usr/bin/python3';
let folder: string;
let server: TestServer;
let port: number;
let child: ManagedProcess | undefined;
beforeAll(async () => {
  await ensureTestNeeds(['python']);
  folder = await mkdtemp(join(tmpdir(), 'meshery-python-'));
  const stubs = ['--python_out', '--grpc_out'].map((flag) => `${flag}=${folder}`);
  const files = ['inventory', 'events'].map((name) => `meshery/v1/${name}.proto`);
  await runCommand('protoc', [
    ...[`--proto_path=${join(root, 'proto')}`, '--plugin=protoc-gen-grpc=/usr/bin/grpc_python_plugin'],
    ...stubs,
    ...files,
  ]);
  port = await freePort();
  server = await start();
});
afterAll(async () => {
  await child?.stop();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

const start = (): Promise<TestServer> =>
  startTestServer({ argv: ['--no-discovery', '--grpc-port', String(port)], folder: join(folder, 'data') });

function run(token: string, ...args: string[]): Promise<ManagedProcess> {
  const authority = join(folder, 'data', 'ingest', 'ca.pem');
  return ManagedProcess.start({
    name: 'follow.py',
    file: python,
    args: [example, `localhost:${String(port)}`, authority, ...args],
    env: { PYTHONPATH: folder, PYTHONDONTWRITEBYTECODE: '1', MESHERY_TOKEN: token },
    logPath: join(folder, `python-${String(args.length)}-${token.slice(-6)}.log`),
  });
}

const post = (description: string) =>
  Caller.owner(server).post('/api/system/events', { category: 'test', action: 'create', description });
const lines = (of: ManagedProcess): string[] => of.log().trimEnd().split('\n');
const follows = (of: ManagedProcess) =>
  waitUntil({ what: 'the stream', timeoutMs: 60_000, explain: () => of.logTail() }, async () =>
    (await (await server.get('/metrics')).text()).includes('\nmeshery_event_subscribers 1\n'),
  );

test('lists the inventory, and follows events over a restart of the server', async () => {
  const feed = new Feed(server.store, 'third');
  await feed.open();
  for (let number = 0; number < 30; number += 1) await feed.upsert({ name: `p${String(number)}`, namespace: 'n' });
  const follower = await run(server.token, '--kind', 'Pod', '--count', '2');
  child = follower;
  await follows(follower);
  expect(lines(follower).filter((line) => line.startsWith('object Pod n/p'))).toHaveLength(30);
  await post('before');
  await waitUntil({ what: 'the event', timeoutMs: 60_000, explain: () => follower.logTail() }, () => {
    return lines(follower).includes('event informational before');
  });
  await server.stop();
  server = await start();
  await post('after');
  expect(await within(60_000, 'the end of the program', follower.exited)).toMatchObject({ code: 0 });
  expect(lines(follower).filter((line) => line.startsWith('event'))).toEqual([
    'event informational before',
    'event informational after',
  ]);
});

test('says what is wrong with a token', async () => {
  const refused = await run('x.y.z');
  expect(await within(60_000, 'the end of the program', refused.exited)).toMatchObject({ code: 1 });
  expect(refused.log()).toMatch(/^UNAUTHENTICATED: .+Sign in/m);
});
