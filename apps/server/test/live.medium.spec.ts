import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ClientRequest, IncomingMessage } from 'node:http';
import type { ResourceRow } from '@meshery/contracts';
import { EventStreamParser, subscribe, waitUntil } from '@meshery/testing';
import type { SentEvent, Subscription } from '@meshery/testing';
import type { InventoryStore } from '@meshery/store';
import { localUser } from '../src/identity/local-user.ts';
import { Feed } from './feed.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

const path = '/api/system/meshsync/resources/subscribe';
const mine = `clusterIds=${encodeURIComponent('["live"]')}`;

let server: TestServer;
let feed: Feed;
beforeAll(async () => {
  server = await startTestServer({ env: { MESHERY_HEARTBEAT_MS: '100', MESHERY_MAX_CLIENT_BUFFER: '65536' } });
  feed = new Feed(server.store, 'live');
  await feed.open();
});
afterAll(async () => {
  await server.stop();
});

interface Listening {
  readonly events: SentEvent[];
  readonly stream: Subscription;
  /** Names of upserted objects so far. */
  upserts(): string[];
}

async function listen(query: string, headers: Record<string, string> = {}): Promise<Listening> {
  const events: SentEvent[] = [];
  const auth = { authorization: `Bearer ${server.token}`, ...headers };
  const stream = await subscribe(`${server.url}${path}?${query}`, auth, (event) => events.push(event));
  const upserts = (): string[] =>
    events.filter(({ event }) => event === 'upsert').map(({ data }) => (JSON.parse(data) as ResourceRow).metadata.name);
  return { events, stream, upserts };
}

const heard = (listening: Listening, name: string): Promise<unknown> =>
  waitUntil({ what: `the change of ${name}`, timeoutMs: 60_000, everyMs: 5 }, () => listening.upserts().includes(name));

test('commits are heard as rows, under ids that grow', async () => {
  const listening = await listen(mine);
  await feed.upsert({ name: 'a1' }, { name: 'a2' });
  await feed.remove({ name: 'a1' });
  await waitUntil({ what: 'the delete', timeoutMs: 60_000 }, () =>
    listening.events.some(({ event }) => event === 'delete'),
  );
  const relevant = listening.events.filter(({ event }) => event !== 'cluster');
  expect(relevant.map(({ event }) => event)).toEqual(['upsert', 'upsert', 'delete']);
  const ids = relevant.map(({ id }) => Number(id));
  expect([...ids].sort((left, right) => left - right)).toEqual(ids);
  expect(JSON.parse(relevant[2]?.data ?? '')).toMatchObject({
    uid: 'uid-default-a1',
    name: 'a1',
    kind: 'Pod',
    cluster_id: 'live',
  });
  listening.stream.close();
});

test('what is committed once the answer has begun is heard, however slowly the store is read', async () => {
  using _slow = slowReads(server.store, 50);
  const listening = await listen(mine);
  await feed.upsert({ name: 'soon' });
  await heard(listening, 'soon');
  listening.stream.close();
});

/** Holds back every read of pages and sequences, until it is disposed of. */
function slowReads(store: InventoryStore, ms: number): Disposable {
  const { page, seq, changesSince } = store;
  store.page = async (...args) => sleep(ms).then(() => page.apply(store, args));
  store.seq = async () => sleep(ms).then(() => seq.apply(store));
  store.changesSince = async (...args) => sleep(ms).then(() => changesSince.apply(store, args));
  return { [Symbol.dispose]: () => Object.assign(store, { page, seq, changesSince }) };
}

test.each([
  ['kind=ConfigMap', ['f-config']],
  ['namespace=shop', ['f-shop']],
  ['search=F-SH', ['f-shop']],
  ['label=tier%3Dgold', ['f-gold']],
  ['label=tier%3Dgold&labels=true', ['f-gold']],
])('a subscription with %s hears only what it selects', async (query, expected) => {
  const listening = await listen(`${mine}&${query}`);
  const everything = await listen(mine);
  await feed.upsert(
    { name: 'f-config', kind: 'ConfigMap', uid: 'u-config' },
    { name: 'f-shop', namespace: 'shop' },
    { name: 'f-gold', labels: { tier: 'gold' } },
    { name: 'f-last' },
  );
  await heard(everything, 'f-last');
  await waitUntil(
    { what: 'the selected change', timeoutMs: 60_000 },
    () => listening.upserts().length >= expected.length,
  );
  expect(listening.upserts()).toEqual(expected);
  listening.stream.close();
  everything.stream.close();
});

test('an object that loses its label leaves a subscription to that label', async () => {
  await feed.upsert({ name: 'l1', labels: { team: 'x' } });
  const listening = await listen(`${mine}&label=team%3Dx`);
  await feed.upsert({ name: 'l1', labels: { team: 'y' }, resourceVersion: '8' });
  await waitUntil({ what: 'the delete', timeoutMs: 60_000 }, () =>
    listening.events.some(({ event }) => event === 'delete'),
  );
  listening.stream.close();
});

test('optional parts come digit for digit', async () => {
  const listening = await listen(`${mine}&spec=true&labels=true`);
  await feed.upsert({ name: 'digits', labels: { a: 'b' }, spec: '{"n":9007199254740993}' });
  await heard(listening, 'digits');
  const row = JSON.parse(listening.events.find(({ event }) => event === 'upsert')?.data ?? '') as ResourceRow;
  expect(row.spec?.attribute).toBe('{"n":9007199254740993}');
  expect(row.metadata.labels).toEqual([expect.objectContaining({ key: 'a', value: 'b' })]);
  listening.stream.close();
});

describe('resuming', () => {
  test.each(['Last-Event-ID', 'since'])('by %s hears what was missed, and then what is new', async (way) => {
    const before = await listen(mine);
    await feed.upsert({ name: `r-${way}-1` });
    await heard(before, `r-${way}-1`);
    const { id } = before.events.at(-1) as SentEvent;
    before.stream.close();
    await before.stream.ended;
    await feed.upsert({ name: `r-${way}-2` });
    await feed.upsert({ name: `r-${way}-3` });
    const again = way === 'since' ? await listen(`${mine}&since=${id}`) : await listen(mine, { 'last-event-id': id });
    await heard(again, `r-${way}-3`);
    await feed.upsert({ name: `r-${way}-4` });
    await heard(again, `r-${way}-4`);
    expect(again.upserts().filter((name) => name.startsWith('r-'))).toEqual([`r-${way}-2`, `r-${way}-3`, `r-${way}-4`]);
    again.stream.close();
  });

  test('from a sequence of another life gives a reset', async () => {
    const listening = await listen(`${mine}&since=1`);
    await waitUntil({ what: 'the reset', timeoutMs: 60_000 }, () =>
      listening.events.some(({ event }) => event === 'reset'),
    );
    await feed.upsert({ name: 'after-reset' });
    await heard(listening, 'after-reset');
    listening.stream.close();
    const ahead = await listen(`${mine}&since=900000000000000`);
    await waitUntil({ what: 'the reset', timeoutMs: 60_000 }, () =>
      ahead.events.some(({ event }) => event === 'reset'),
    );
    ahead.stream.close();
  });

  test('none is lost while writes go on', async () => {
    const reader = await listen(mine);
    await feed.upsert({ name: 'start' });
    await heard(reader, 'start');
    let position = (reader.events.at(-1) as SentEvent).id;
    reader.stream.close();
    const writing = (async () => {
      for (let index = 0; index < 200; index += 1) await feed.upsert({ name: `w-${String(index)}` });
    })();
    const names = new Set<string>();
    while (names.size < 200) {
      const part = await listen(mine, { 'last-event-id': position });
      await waitUntil({ what: 'more', timeoutMs: 60_000, everyMs: 1 }, () => part.upserts().length > 0);
      part.stream.close();
      await part.stream.ended;
      for (const name of part.upserts()) if (name.startsWith('w-')) names.add(name);
      position = part.events.findLast(({ event }) => event === 'upsert')?.id ?? position;
    }
    await writing;
    expect(names.size).toBe(200);
  });
});

function open(query: string, token = server.token): Promise<{ incoming: IncomingMessage; outgoing: ClientRequest }> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      `${server.url}${path}?${query}`,
      { headers: { authorization: `Bearer ${token}` } },
      (incoming) => {
        resolve({ incoming, outgoing });
      },
    );
    outgoing.on('error', reject);
    outgoing.end();
  });
}

test('a client that does not read is cut with a code, and the others go on', async () => {
  const other = await listen(mine);
  const { incoming } = await open(`${mine}&annotations=true`);
  incoming.pause();
  const big = { padding: 'x'.repeat(4000) };
  for (let index = 0; index < 40; index += 1) {
    const objects = Array.from({ length: 60 }, (_none, at) => ({
      name: `slow-${String(index)}-${String(at)}-${'n'.repeat(200)}`,
      annotations: big,
    }));
    await feed.upsert(...objects);
    if (server.lines.some((line) => line.includes('meshery-core-1010'))) break;
  }
  await waitUntil({ what: 'the cut', timeoutMs: 60_000 }, () =>
    server.lines.some((line) => line.includes('meshery-core-1010')),
  );
  await feed.upsert({ name: 'still-here' });
  await heard(other, 'still-here');
  const closed = new Promise((resolve) => incoming.once('close', resolve));
  incoming.on('error', () => undefined);
  incoming.resume();
  await closed;
  other.stream.close();
});

test('heartbeats carry the position, and end with the session', async () => {
  const token = await server.prepared.security.authority.issue(localUser);
  const { incoming } = await open(`${mine}&kind=Nothing`, token);
  let text = '';
  incoming.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  await feed.upsert({ name: 'beat' });
  const { seq } = await server.store.page({ clusterIds: 'all', sort: 'name', descending: false, pageSize: 1 }, false);
  await waitUntil({ what: 'a heartbeat with the position', timeoutMs: 60_000 }, () =>
    text.includes(`id: ${String(seq)}\n: alive`),
  );
  expect(text).toContain('retry: 2000');
  const ended = new Promise((resolve) => incoming.once('end', resolve));
  await fetch(`${server.url}/api/user/logout`, { method: 'POST', headers: { authorization: `Bearer ${token}` } });
  await ended;
  const errors: SentEvent[] = [];
  new EventStreamParser((event) => errors.push(event)).feed(text);
  expect(errors.map(({ event, data }) => [event, (JSON.parse(data) as { code: string }).code])).toEqual([
    ['error', 'meshery-auth-1201'],
  ]);
});

test('streams are bounded', async () => {
  const small = await startTestServer({ env: { MESHERY_MAX_SUBSCRIBERS: '1' } });
  const get = (): Promise<Response> =>
    fetch(`${small.url}${path}?${mine}`, { headers: { authorization: `Bearer ${small.token}` } });
  const first = await get();
  await waitUntil({ what: 'the first stream', timeoutMs: 60_000 }, async () =>
    /^meshery_live_subscribers(\{.*\})? 1$/m.test(await (await small.get('/metrics')).text()),
  );
  const second = await get();
  expect(await second.text()).toContain('meshery-core-1005');
  await first.body?.cancel();
  await small.stop();
});

test('a server that shuts down ends its streams with a word', async () => {
  const other = await startTestServer();
  const response = await fetch(`${other.url}${path}?${mine}`, { headers: { authorization: `Bearer ${other.token}` } });
  const text = response.text();
  await other.stop();
  expect(await text).toContain('meshery-core-1004');
});
