import type { ResourcePage } from '@meshery/contracts';
import { NodeCluster, floodScript, waitUntil } from '@meshery/testing';
import type { AgentSession } from '../src/ingest/requests/agent-session.ts';
import { Caller } from './caller.ts';
import { askGraphql } from './graphql-caller.ts';
import { DialledServer, ServedAgent, agentTokens, userContext } from './served-agent.ts';
import type { Way } from './served-agent.ts';

const until = (what: string, probe: () => boolean | Promise<boolean>) => waitUntil({ what, timeoutMs: 60_000 }, probe);
const cleanups: (() => unknown)[] = [];
const talker = { namespace: 'default', pod: 'talker', groups: [], previous: false, timestamps: false };
const shell = { namespace: 'default', pod: 'talker', groups: [], command: ['/bin/sh'], tty: true };
const ended = 'meshery_meshsync_sessions_ended_total';

let cluster: NodeCluster;
let dialled: DialledServer;

beforeAll(async () => {
  cluster = await NodeCluster.start();
  const forever = 'n=0; while true; do n=$((n + 1)); echo "line $n é"; sleep 0.2; done';
  await cluster.run({ name: 'talker', script: forever });
  await cluster.run({ name: 'done', script: 'echo last words' });
  await cluster.run({ name: 'flood', script: floodScript });
  const { metadata } = await cluster.admin.json({ path: '/api/v1/namespaces/kube-system' });
  dialled = await DialledServer.start(metadata.uid);
}, 300_000);

afterAll(async () => {
  await dialled.stop();
  await cluster.stop();
});

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function startAgent(way: Way, env: Readonly<Record<string, string>> = {}): Promise<ServedAgent> {
  const started = await ServedAgent.start(way, cluster, dialled, env);
  cleanups.push(() => started.stop());
  await started.isAsked(dialled);
  return started;
}

const { signal: never } = new AbortController();
const logs = (request: object, signal = never) =>
  dialled.requests.logs(userContext(signal), dialled.clusterId, { ...talker, follow: true, ...request });
/** Resolves when the server knows of nobody who serves the cluster; what was open may be lost before. */
const isUnserved = () =>
  until('nobody who serves the cluster', async () => {
    const code = await logs({}).then(
      ({ stop }) => stop,
      (error: unknown) => (error as { code?: string }).code,
    );
    return code === 'meshery-core-1008';
  });
const exec = (request: object = {}) =>
  dialled.requests.exec(userContext(), dialled.clusterId, { ...shell, ...request });

/** Reads a session to its end, whichever it is. */
class Reader {
  readonly session: AgentSession;
  text = '';
  bytes = 0;
  readonly streams = new Map<string, string>();
  isOver = false;
  error: unknown;

  constructor(session: AgentSession) {
    this.session = session;
    this.#read().then(
      () => {
        this.isOver = true;
      },
      (error: unknown) => {
        this.isOver = true;
        this.error = error;
      },
    );
  }

  type(keys: string): void {
    this.session.write(Buffer.from(keys));
  }

  async #read(): Promise<void> {
    const decoder = new TextDecoder('utf-8', { fatal: true });
    for await (const { stream, data } of this.session) {
      const text = decoder.decode(data);
      this.text += text;
      this.bytes += data.length;
      this.streams.set(stream, (this.streams.get(stream) ?? '') + text);
    }
  }
}

describe.each<Way>(['dialling', 'behind a broker'])('an agent that is %s', (way) => {
  const lost = way === 'dialling' ? '"server-lost"' : '"stopped"';
  const agent = (env?: Readonly<Record<string, string>>) => startAgent(way, env);

  test('logs arrive in whole characters, end with the container, and stop when nobody reads them any more', async () => {
    const started = await agent();
    const done = new Reader(await logs({ pod: 'done', container: 'main' }));
    await until('the end', () => done.isOver);
    expect([done.text, done.error]).toEqual(['last words\n', undefined]);
    const live = new Reader(await logs({ tailLines: 1, timestamps: true }));
    await until('three lines', () => /(^\d{4}-.*Z line \d+ é\n){3}/m.test(live.text));
    for await (const { data } of await logs({})) {
      expect(data.length).toBeGreaterThan(0);
      break;
    }
    await until('the end of the unread one', async () => (await started.metric(ended, '"logs"', '"stopped"')) === 1);
    expect(live.isOver).toBe(false);
    live.session.stop();
    await until('the end of the other', async () => (await started.metric(ended, '"logs"', '"stopped"')) === 2);
    expect(await started.metric(ended, '"logs"', '"completed"')).toBe(1);
    expect(await started.metric('meshery_meshsync_sessions', '"logs"')).toBe(0);
  });

  test('a session ends when whoever wanted it leaves', async () => {
    const started = await agent();
    const leaving = new AbortController();
    const reader = new Reader(await logs({}, leaving.signal));
    await until('a line', () => reader.text !== '');
    leaving.abort(new Error('the browser was closed'));
    await until('the end', () => reader.isOver);
    expect(reader.error).toBeDefined();
    await until('the end at the agent', async () => (await started.metric(ended, '"logs"', '"stopped"')) === 1);
  });

  test('errors of the agent keep code and remedy, also those of the rights of another user', async () => {
    await agent();
    const cases = [
      [{ pod: 'absent' }, 'meshery-kube-1313'],
      [{ user: 'nobody', groups: ['guests'] }, 'meshery-kube-1308'],
    ] as const;
    for (const [request, code] of cases) {
      const reader = new Reader(await logs(request));
      await until(code, () => reader.isOver);
      expect(reader.error).toMatchObject({ code, remedy: expect.any(String) as unknown });
    }
    await expect(logs({ pod: '../secrets' })).rejects.toMatchObject({ code: 'meshery-core-1001' });
    await expect(exec()).rejects.toMatchObject({
      code: 'meshery-auth-1202',
      remedy: expect.stringContaining('MESHSYNC_ALLOW_EXEC') as unknown,
    });
  });

  test('a terminal has raw keys, a size and an exit code', async () => {
    await agent({ MESHSYNC_ALLOW_EXEC: 'true' });
    const terminal = new Reader(await exec({ size: { columns: 77, rows: 22 } }));
    await until('the prompt', () => terminal.text.includes('$ '));
    terminal.type('while [ "$(stty size)" != "22 77" ]; do sleep 0.1; done; echo $((6 * 7))é\r');
    await until('the size', () => terminal.text.includes('42é\r\n$ '));
    terminal.session.resize({ columns: 78, rows: 23 });
    terminal.type('while [ "$(stty size)" != "23 78" ]; do sleep 0.1; done; echo $((6 * 8))\r');
    await until('the new size', () => terminal.text.includes('48\r\n$ '));
    const sessions = dialled.requests.ask(userContext(), dialled.clusterId, 'sessions');
    expect(await sessions).toMatchObject([{ kind: 'exec', form: 'native', pod: 'talker' }]);
    terminal.type('exit 5\r');
    await until('the end', () => terminal.isOver);
    expect([terminal.error, terminal.session.exitCode]).toEqual([undefined, 5]);
    const piped = new Reader(await exec({ command: ['/bin/sh', '-c', 'cat; echo oh >&2'], tty: false }));
    piped.type('ünï');
    piped.session.endInput();
    await until('the end', () => piped.isOver);
    expect(Object.fromEntries(piped.streams)).toEqual({ stdout: 'ünï', stderr: 'oh\n' });
  });

  test('a reader that is slow stops its own session and no other, and sessions are bounded', async () => {
    const started = await agent({ MESHSYNC_MAX_SESSIONS: '2' });
    const unread = await logs({ pod: 'flood' });
    const other = new Reader(await logs({ tailLines: 1 }));
    await expect(logs({})).rejects.toMatchObject({ code: 'meshery-core-1005' });
    const before = other.text.length;
    await until('more for the other', () => other.text.length > before + 100);
    let bytes = 0;
    for await (const { data } of unread) {
      bytes += data.length;
      if (bytes > 1024 * 1024) break;
    }
    await until('room', async () => (await started.metric('meshery_meshsync_sessions', '"logs"')) === 1);
    const third = new Reader(await logs({ pod: 'done' }));
    await until('the end', () => third.isOver);
    expect(third.text).toBe('last words\n');
  });

  test('sessions end with a word when the agent does; then nobody serves the cluster', async () => {
    const started = await agent();
    const reader = new Reader(await logs({}));
    await until('data', () => reader.text !== '');
    await started.service.down();
    await until('the end', () => reader.isOver);
    expect(reader.error).toMatchObject({ code: 'meshery-core-1004', message: 'The agent is shutting down.' });
    await isUnserved();
  });

  test('a connection that is cut in mid-stream ends its sessions on both sides, and the next ones work', async () => {
    const started = await agent({ MESHSYNC_ALLOW_EXEC: 'true' });
    const readers = [new Reader(await logs({})), new Reader(await exec())];
    await until('data of both', () => readers.every(({ text }) => text !== ''));
    dialled.cut();
    await until('the end of both', () => readers.every(({ isOver }) => isOver));
    for (const { error } of readers) expect(error).toMatchObject({ code: 'meshery-messaging-1500' });
    expect(dialled.proxy.injected.cut).toBeGreaterThan(0);
    for (const kind of ['"logs"', '"exec"'])
      await until('the end at the agent', async () => (await started.metric(ended, kind, lost)) === 1);
    await started.isAsked(dialled);
    const again = new Reader(await logs({}));
    await until('data', () => again.text !== '');
  });
});

test('everything is read anew when an administrator asks for it over GraphQL', async () => {
  await startAgent('dialling');
  const { server, clusterId } = dialled;
  const caller = Caller.owner(server);
  const list = '/api/system/meshsync/resources?clusterIds=%5B%22all%22%5D&kind=Namespace';
  const found = async () =>
    ((await caller.get(list)).body as ResourcePage).resources.find(({ metadata }) => metadata.name === 'kube-public');
  const lost = await waitUntil({ what: 'the object', timeoutMs: 60_000 }, found);
  await caller.delete(`/api/system/meshsync/resources/${encodeURIComponent(lost.id)}`);
  expect(await found()).toBeUndefined();
  const selector = '{ clearDB: "true", ReSync: "true", hardReset: "false" }';
  const answer = await askGraphql(caller, `{ resyncCluster(selector: ${selector}, connectionID: "${clusterId}") }`);
  expect(answer).toEqual({ data: { resyncCluster: 'PROCESSING' } });
  await waitUntil({ what: 'what was lost', timeoutMs: 60_000 }, found);
});

test('who is not bound to the cluster does not get its requests', async () => {
  const refused = () => dialled.server.lines.filter((line) => line.includes('not bound to')).length;
  const before = refused();
  const started = await ServedAgent.start('dialling', cluster, dialled);
  cleanups.push(() => started.stop());
  await started.isAsked(dialled);
  dialled.mounted('token', agentTokens.foreign);
  dialled.cut();
  await until('the refusal', () => refused() > before);
  await isUnserved();
});
