import { connect, createInbox, headers } from '@nats-io/transport-node';
import type { MsgHdrs, NatsConnection } from '@nats-io/transport-node';
import {
  Batch,
  OpenRunResponse,
  RunVerdict,
  allOpenSubject,
  batchSubject,
  encodeSessionInput,
  requestSubject,
  sessionSubject,
} from '@meshery/contracts';
import type { RequestVerb, SessionInput } from '@meshery/contracts';
import { createLogger } from '@meshery/observability';
import { startService } from '@meshery/service';
import type { RunningService } from '@meshery/service';
import { NatsServer, NodeCluster, floodScript, waitUntil, within } from '@meshery/testing';
import { agentOptions } from '../agent-options.ts';
import { readConfig } from '../config.ts';

const logger = createLogger({ service: 'test', level: 'silent' });
const until = (what: string, probe: () => boolean | Promise<boolean>) => waitUntil({ what, timeoutMs: 60_000 }, probe);
const cleanups: (() => unknown)[] = [];

let cluster: NodeCluster;
let clusterId: string;
let nats: NatsServer;
let client: NatsConnection;

beforeAll(async () => {
  cluster = await NodeCluster.start();
  clusterId = (await cluster.admin.json({ path: '/api/v1/namespaces/kube-system' })).metadata.uid;
  const forever = 'n=0; while true; do n=$((n + 1)); echo "line $n é"; sleep 0.2; done';
  await cluster.run({ name: 'talker', script: forever });
  await cluster.run({ name: 'done', script: 'echo last words' });
  await cluster.run({ name: 'flood', script: floodScript });
}, 300_000);

afterAll(() => cluster.stop(), 120_000);

beforeEach(async () => {
  nats = await NatsServer.start();
  client = await connect({ servers: `127.0.0.1:${String(nats.port)}` });
  // The far side of the native form: it takes every run.
  const accepted = OpenRunResponse.encode({ verdict: RunVerdict.RUN_VERDICT_ACCEPTED, checkpoints: [] }).finish();
  client.subscribe(allOpenSubject, { callback: (_error, message) => void message.respond(accepted) });
});

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  await client.close();
  await nats.stop();
});

/** An agent that answers. */
async function startAgent(env: Readonly<Record<string, string>> = {}): Promise<RunningService> {
  const read = readConfig({
    argv: [],
    env: {
      KUBECONFIG: cluster.kubeconfigPath,
      BROKER_URL: `127.0.0.1:${String(nats.port)}`,
      MESHSYNC_HEALTH_PORT: '0',
      MESHSYNC_HEALTH_HOST: '127.0.0.1',
      MESHSYNC_WATCH_LIST: '{"whitelist":[{"Resource":"namespaces.v1.","Events":["ADDED","MODIFIED","DELETED"]}]}',
      ...env,
    },
  });
  if (read.kind === 'help') throw new Error('help');
  const service = await startService(await agentOptions(read.values, logger, () => undefined));
  cleanups.push(() => service.stop());
  await until('the agent to answer', async () => {
    const answer = await client.request(requestSubject(clusterId, 'meta'), '{"id":"m"}', { timeout: 5000 });
    return answer.json<{ type: string }>().type === 'end';
  });
  return service;
}

/** The value of the only sample with these labels. */
async function metric(service: RunningService, name: string, ...labels: string[]): Promise<number | undefined> {
  const lines = (await (await fetch(`${service.url}/metrics`)).text()).split('\n');
  const found = lines.find((line) => line.startsWith(`${name}{`) && labels.every((label) => line.includes(label)));
  return found === undefined ? undefined : Number(found.split(' ').at(-1));
}

interface Answer {
  readonly id: string;
  readonly type: 'started' | 'data' | 'end' | 'error';
  readonly sequence?: number;
  readonly stream?: string;
  readonly data?: string;
  readonly exitCode?: number;
  readonly result?: unknown;
  readonly code?: string;
  readonly remedy?: string;
}

/** A native client of one session; acknowledges what it gets unless told otherwise. */
class NativeSession {
  readonly answers: Answer[] = [];
  readonly #id: string;

  constructor(verb: RequestVerb, request: { readonly id: string } & Record<string, unknown>, acknowledges = true) {
    this.#id = request.id;
    const reply = createInbox();
    client.subscribe(reply, {
      callback: (_error, message) => {
        const answer = message.json<Answer>();
        this.answers.push(answer);
        if (acknowledges && answer.sequence !== undefined) this.say({ type: 'ack', sequence: answer.sequence });
      },
    });
    client.publish(requestSubject(clusterId, verb), JSON.stringify(request), { reply });
  }

  get last(): Answer | undefined {
    return this.answers.at(-1);
  }

  /** What came, every piece decoded by itself and strictly. */
  get text(): string {
    const decoder = new TextDecoder('utf-8', { fatal: true });
    return this.answers.map(({ data = '' }) => decoder.decode(Buffer.from(data, 'base64'))).join('');
  }

  get bytes(): number {
    return this.answers.reduce((sum, { data = '' }) => sum + Buffer.from(data, 'base64').length, 0);
  }

  say(input: SessionInput): void {
    client.publish(sessionSubject(clusterId, this.#id), encodeSessionInput(input));
  }

  type(keys: string): void {
    this.say({ type: 'input', data: Buffer.from(keys) });
  }
}

const talker = { namespace: 'default', pod: 'talker' };
const ended = 'meshery_meshsync_sessions_ended_total';

describe('native requests', () => {
  test('logs arrive in whole characters and end with the container', async () => {
    const service = await startAgent();
    expect(await metric(service, 'meshery_meshsync_sessions', 'kind="logs"')).toBe(0);
    expect(await metric(service, ended, 'kind="exec"', 'reason="broker-lost"')).toBe(0);
    const done = new NativeSession('logs', {
      id: 'd',
      namespace: 'default',
      pod: 'done',
      container: 'main',
      follow: true,
    });
    await until('the end', () => done.last?.type === 'end');
    expect(done.answers.map(({ type }) => type)).toEqual(['started', 'data', 'end']);
    expect(done.text).toBe('last words\n');
    const live = new NativeSession('logs', { id: 't', ...talker, follow: true, tailLines: 1, timestamps: true });
    await until('three lines', () => /(^\d{4}-.*Z line \d+ é\n){3}/m.test(live.text));
    live.say({ type: 'stop' });
    await until('the end', () => live.last?.type === 'end');
    await until('the count', async () => (await metric(service, ended, 'kind="logs"', 'reason="stopped"')) === 1);
    expect(await metric(service, ended, 'kind="logs"', 'reason="completed"')).toBe(1);
    expect(await metric(service, 'meshery_meshsync_sessions', 'kind="logs"')).toBe(0);
  });

  test('errors are coded and have a remedy, also those of the rights of another user', async () => {
    await startAgent();
    const cases = [
      [{ id: 'a', ...talker, pod: 'absent' }, 'meshery-kube-1313'],
      [{ id: 'b', ...talker, container: 'absent' }, 'meshery-core-1001'],
      [{ id: 'c', ...talker, user: 'nobody', groups: ['guests'] }, 'meshery-kube-1308'],
      [{ id: 'd', ...talker, pod: '../secrets' }, 'meshery-core-1001'],
    ] as const;
    for (const [request, code] of cases) {
      const session = new NativeSession('logs', request);
      await until(code, () => session.last?.type === 'error');
      expect(session.last).toMatchObject({ id: request.id, code, remedy: expect.any(String) as unknown });
    }
    const master = { id: 'e', ...talker, user: 'somebody', groups: ['system:masters'], tailLines: 1 };
    const allowed = new NativeSession('logs', master);
    await until('the end', () => allowed.last?.type === 'end');
  });

  test('resync sends everything again', async () => {
    // By their numbers: a batch that is answered late is sent again.
    const snapshots = new Set<number>();
    client.subscribe(batchSubject(clusterId), {
      callback: (_error, message) => {
        const { body, epoch } = Batch.decode(message.data);
        if (body?.$case === 'snapshotEnd') snapshots.add(epoch);
      },
    });
    await startAgent();
    await until('the first snapshot', () => snapshots.size === 1);
    const answer = await client.request(requestSubject(clusterId, 'resync'), '{"id":"r"}', { timeout: 60_000 });
    expect(answer.json()).toEqual({ id: 'r', type: 'end', result: { accepted: true } });
    await until('another one', () => snapshots.size === 2);
  });

  test('exec is refused unless it is switched on', async () => {
    await startAgent();
    const session = new NativeSession('exec', { id: 'x', ...talker, command: ['/bin/sh'] });
    await until('the refusal', () => session.last !== undefined);
    expect(session.answers).toMatchObject([{ type: 'error', code: 'meshery-auth-1202', id: 'x' }]);
    expect(session.last?.remedy).toContain('MESHSYNC_ALLOW_EXEC');
  });

  test('exec gives a terminal with raw keys, a size and an exit code', async () => {
    await startAgent({ MESHSYNC_ALLOW_EXEC: 'true' });
    const request = { id: 'x', ...talker, command: ['/bin/sh'], tty: true, columns: 77, rows: 22 };
    const session = new NativeSession('exec', request);
    await until('the prompt', () => session.text.includes('$ '));
    session.type('while [ "$(stty size)" != "22 77" ]; do sleep 0.1; done; echo $((6 * 7))é\r');
    await until('the size', () => session.text.includes('42é\r\n$ '));
    session.say({ type: 'resize', columns: 78, rows: 23 });
    session.type('while [ "$(stty size)" != "23 78" ]; do sleep 0.1; done; echo $((6 * 8))\r');
    await until('the new size', () => session.text.includes('48\r\n$ '));
    session.type('cat\r');
    await until('the program', () => session.text.includes('cat\r\n'));
    session.type('\u0003');
    await until('the prompt', () => session.text.endsWith('^C\r\n$ '));
    const list = await client.request(requestSubject(clusterId, 'sessions'), '{"id":"l"}', { timeout: 60_000 });
    expect(list.json()).toMatchObject({ type: 'end', result: [{ kind: 'exec', id: 'x', pod: 'talker' }] });
    session.type('exit 5\r');
    await until('the end', () => session.last?.type === 'end');
    expect(session.last?.exitCode).toBe(5);
  });

  test('exec without a terminal takes input to its end and tells both outputs apart', async () => {
    await startAgent({ MESHSYNC_ALLOW_EXEC: 'true' });
    const session = new NativeSession('exec', { id: 'x', ...talker, command: ['/bin/sh', '-c', 'cat; echo oh >&2'] });
    await until('the start', () => session.last?.type === 'started');
    session.type('ünï');
    session.say({ type: 'end-input' });
    await until('the end', () => session.last?.type === 'end');
    const of = (stream: string) => session.answers.filter((answer) => answer.stream === stream).map(({ data }) => data);
    expect(of('stdout')).toEqual([Buffer.from('ünï').toString('base64')]);
    expect(of('stderr')).toEqual([Buffer.from('oh\n').toString('base64')]);
    expect(session.last?.exitCode).toBe(0);
  });

  test('input that the program does not read is bounded', async () => {
    await startAgent({ MESHSYNC_ALLOW_EXEC: 'true' });
    const session = new NativeSession('exec', { id: 'x', ...talker, command: ['/bin/sleep', '1000'] });
    await until('the start', () => session.last?.type === 'started');
    await until('the end', () => {
      session.type('x'.repeat(128 * 1024));
      return session.last?.type === 'error';
    });
    expect(session.last?.code).toBe('meshery-core-1006');
  });

  test('sessions are bounded in number', async () => {
    await startAgent({ MESHSYNC_MAX_SESSIONS: '1' });
    const first = new NativeSession('logs', { id: 'a', ...talker, follow: true });
    await until('the first', () => first.last !== undefined);
    const second = new NativeSession('logs', { id: 'b', ...talker });
    await until('the refusal', () => second.last !== undefined);
    expect(second.last).toMatchObject({ type: 'error', code: 'meshery-core-1005' });
  });

  test('sessions are bounded in silence and what is under way', async () => {
    const service = await startAgent({ MESHSYNC_MAX_SESSIONS: '1', MESHSYNC_SESSION_IDLE_MS: '3000' });
    const flood = { namespace: 'default', pod: 'flood', follow: true };
    const silent = new NativeSession('logs', { id: 'a', ...flood }, false);
    await until('the end', () => silent.last?.type === 'error');
    expect(silent.last?.code).toBe('meshery-core-1003');
    expect(silent.bytes).toBeGreaterThanOrEqual(256 * 1024);
    expect(silent.bytes).toBeLessThan(256 * 1024 + 16 * 1024);
    await until('the count', async () => (await metric(service, ended, 'kind="logs"', 'reason="idle"')) === 1);
    const third = new NativeSession('logs', { id: 'a', ...talker, tailLines: 1 });
    await until('the end', () => third.last?.type === 'end');
  });

  test('sessions end with a word when the agent does', async () => {
    const service = await startAgent({ MESHSYNC_ALLOW_EXEC: 'true' });
    const sessions = [
      new NativeSession('logs', { id: 'a', ...talker, follow: true }),
      new NativeSession('exec', { id: 'b', ...talker, command: ['/bin/sh'], tty: true }),
    ];
    await until('data of both', () => sessions.every(({ text }) => text !== ''));
    await within(30_000, 'the end of the agent', service.stop());
    await until('the last words', () => sessions.every(({ last }) => last?.code === 'meshery-core-1004'));
  });
});

interface Published {
  readonly ObjectType: string;
  readonly EventType: string;
  readonly Object: unknown;
}

interface LogChunk {
  readonly id: string;
  readonly data: string;
  readonly primary: string;
  readonly secondary: string;
}

/** What a published client hears on a subject. */
function listen(subject: string): Published[] {
  const heard: Published[] = [];
  client.subscribe(subject, { callback: (_error, message) => void heard.push(message.json<Published>()) });
  return heard;
}

function ask(entity: string, payload: unknown, extra: MsgHdrs = headers()): void {
  const request = { Entity: entity, Payload: payload };
  const message = { ObjectType: 'request-payload', EventType: '', Request: request, Object: null };
  client.publish('meshery.meshsync.request', JSON.stringify(message), { headers: extra });
}

const entry = { name: 'talker', namespace: 'default', container: 'main' };

describe.each(['native', 'published'])('published requests to an agent of the %s form', (form) => {
  const env = { MESHSYNC_OUTPUT_FORMAT: form };

  test('two viewers of one log both get it, and the end of one is not the end of the other', async () => {
    await startAgent(env);
    const heard = listen('meshery.meshsync.logs');
    const of = (id: string): Published[] => heard.filter(({ Object: chunk }) => (chunk as LogChunk).id === id);
    const view = { ...entry, follow: true, previous: false, taillines: 1, stop: false };
    ask('log-stream', { first: { ...view, id: 'v1' } });
    ask('log-stream', { second: { ...view, id: 'v2' }, third: { ...view, id: 'v3', name: 'done' } });
    await until('chunks for both', () => of('v1').length > 1 && of('v2').length > 1);
    expect(of('v1')[0]).toMatchObject({
      ObjectType: 'log-stream',
      EventType: 'ADDED',
      Object: {
        primary: 'talker',
        secondary: 'main',
        data: expect.stringMatching(/^\d{4}-.*Z line \d+ é\n/) as unknown,
      },
    });
    await until('the end of the third', () => of('v3').at(-1)?.EventType === 'DELETED');
    ask('log-stream', { first: { ...view, id: 'v1', stop: true } });
    await until('the end of the first', async () => {
      const list = await client.request(requestSubject(clusterId, 'sessions'), '{"id":"l"}', { timeout: 60_000 });
      return list.json<{ result: { id: string }[] }>().result.every(({ id }) => id !== 'v1');
    });
    const stopped = of('v1').length;
    const others = of('v2').length;
    await until('more for the other', () => of('v2').length > others + 5);
    expect(of('v1')).toHaveLength(stopped);
  });

  test('a log that cannot be read is one error with its code', async () => {
    await startAgent({ ...env, MESHSYNC_ALLOW_LOGS: 'false' });
    const heard = listen('meshery.meshsync.logs');
    ask('log-stream', { a: { ...entry, id: 'v1', follow: true, stop: false } });
    await until('the error', () => heard.length > 0);
    expect(heard).toMatchObject([{ ObjectType: 'error', Object: { id: 'v1', code: 'meshery-auth-1202' } }]);
  });

  test('a terminal is refused by default, with the switch in the answer', async () => {
    await startAgent(env);
    const heard = listen('exec.default.talker.main.r1');
    ask('exec-request', { a: { ...entry, id: 'r1', stop: false } });
    await until('the error', () => heard.length > 0);
    expect(heard).toMatchObject([
      { ObjectType: 'error', Object: expect.stringMatching(/^meshery-auth-1202: .*MESHSYNC_ALLOW_EXEC/) as unknown },
    ]);
  });

  test('a terminal runs lines of a shell, is listed and stops', async () => {
    await startAgent({ ...env, MESHSYNC_ALLOW_EXEC: 'true' });
    const heard = listen('exec.default.talker.main.r1');
    const lists = listen('active_sessions.exec');
    const shown = (): string => heard.map(({ Object: text }) => text).join('');
    ask('exec-request', { a: { ...entry, id: 'r1', stop: false } });
    await until('the prompt', () => shown().includes('$ '));
    const line = { ObjectType: 'exec-input', EventType: 'ADDED', Request: null, Object: 'echo é$((6 * 7))' };
    client.publish('input.exec.default.talker.main.r1', JSON.stringify(line));
    await until('the output', () => shown().includes('é42\r\n'));
    expect(new Set(heard.map(({ ObjectType }) => ObjectType))).toEqual(new Set(['exec-output']));
    ask('active-exec', null);
    ask('active-exec', null);
    await until('the list', () => lists.length > 0);
    expect(lists).toMatchObject([{ ObjectType: 'active-exec', Object: ['exec.default.talker.main.r1'] }]);
    ask('exec-request', { a: { ...entry, id: 'r1', stop: true } });
    await until('its end', async () => {
      const list = await client.request(requestSubject(clusterId, 'sessions'), '{"id":"l"}', { timeout: 60_000 });
      return list.json<{ result: unknown[] }>().result.length === 0;
    });
  });
});

test('a native agent sends its inventory to published askers, but not to the bridge, which gets it anyway', async () => {
  await startAgent();
  const [asked, unasked] = [listen('asked'), listen('unasked')];
  const bridge = headers();
  bridge.set('Meshery-Speaks-Native', '1');
  ask('informer-store', { Reply: 'unasked' }, bridge);
  ask('informer-store', { Reply: 'asked' });
  const names = (): string[] =>
    asked.flatMap(({ Object: part }) =>
      (part as { metadata: { name: string } }[]).map(({ metadata }) => metadata.name),
    );
  await until('the namespaces', () => names().includes('kube-system') && names().includes('default'));
  expect(asked).toMatchObject([{ ObjectType: '', EventType: '' }]);
  expect(unasked).toEqual([]);
});
