import { once } from 'node:events';
import { publishedId } from '@meshery/contracts';
import { waitUntil } from '@meshery/testing';
import { getIntrospectionQuery } from 'graphql';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { Caller } from './caller.ts';
import { Feed } from './feed.ts';
import { askGraphql, followGraphql } from './graphql-caller.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

const path = '/api/system/graphql/query';
const everything = '{ clusterIds: ["all"] }';

let server: TestServer;
let feed: Feed;
beforeAll(async () => {
  server = await startTestServer({ env: { MESHERY_HEARTBEAT_MS: '100' } });
  feed = new Feed(server.store, 'g1');
  await feed.open();
  await feed.upsert(
    { name: 'one', labels: { app: 'web' }, spec: '{"n":9007199254740993}' },
    { name: 'two', namespace: 'shop' },
    { name: 'three', kind: 'ConfigMap' },
  );
});
afterAll(async () => {
  await server.stop();
});

interface Answer {
  readonly data?: Record<string, never> | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions: { readonly code: string; readonly mesheryCode: string };
  }[];
}

async function ask(query: string, variables: object = {}): Promise<{ status: number; body: Answer }> {
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  };
  const response = await server.get(path, init);
  return { status: response.status, body: (await response.json()) as Answer };
}

describe('queries', () => {
  test('pages of objects, with parts of their text only when asked for', async () => {
    const query = `query($after: String) { resources(filter: ${everything}, pageSize: 2, after: $after) {
      totalCount next seq resources { id name namespace kind model labels { key value } spec } } }`;
    const first = (await ask(query)).body.data as unknown as { resources: Record<string, never> };
    expect(first.resources).toMatchObject({
      totalCount: 3,
      resources: [
        { name: 'one', labels: [{ key: 'app', value: 'web' }], spec: '{"n":9007199254740993}' },
        { name: 'three' },
      ],
    });
    const second = (await ask(query, { after: first.resources['next'] })).body.data;
    expect(second).toMatchObject({
      resources: { next: null, resources: [{ name: 'two', namespace: 'shop', labels: [] }] },
    });
  });

  test('the same document again and again (compiled) answers the same', async () => {
    const query = `{ resources(filter: ${everything}, order: "name desc") { resources { ...row } } } fragment row on Resource { name json }`;
    const answers = await Promise.all(Array.from({ length: 12 }, async () => JSON.stringify((await ask(query)).body)));
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain('9007199254740993');
  });

  test('one object by id and by uid, nothing for none', async () => {
    const id = publishedId({ clusterId: 'g1', kind: 'Pod', apiVersion: 'v1', namespace: 'default', name: 'one' });
    const query =
      'query($id: ID!, $uid: ID!) { a: resource(id: $id) { uid } b: resource(id: $uid) { id } c: resource(id: "nothing") { id } }';
    const { body } = await ask(query, { id, uid: 'uid-default-one' });
    expect(body).toEqual({ data: { a: { uid: 'uid-default-one' }, b: { id }, c: null } });
  });

  test('the summary and the clusters', async () => {
    const query = `{ clusterSummary(filter: ${everything}) { kinds { kind model count } namespaces labels { key value } }
      clusters { id name source state objectCount kinds { resource kind state count } } }`;
    const { body } = await ask(query);
    expect(body.data).toMatchObject({
      clusterSummary: { namespaces: ['default', 'shop'], labels: [{ key: 'app', value: 'web' }] },
      clusters: [{ id: 'g1', name: 'fed', source: 'agent', objectCount: 3 }],
    });
  });
});

const idAliases = (count: number): string => Array.from({ length: count }, (_, at) => `f${String(at)}: id`).join(' ');
const doubling = (count: number): string =>
  Array.from({ length: count }, (_, at) => {
    const next = `...f${String((at + 1) % count)}`;
    return `fragment f${String(at)} on Cluster { ${next} ${next} }`;
  }).join(' ');
/** Below a type of the schema: no other fields nest so deep. */
const sevenLevels = '{ fields { type { fields { args { type { enumValues { name } } } } } } }';
const manySpreads = '...f '.repeat(11);

describe('bad input', () => {
  test.each([
    ['a bad order', `{ resources(filter: ${everything}, order: "name; DROP") { totalCount } }`],
    ['a page size beyond the limit', `{ resources(filter: ${everything}, pageSize: 100000) { totalCount } }`],
    ['a negative page', `{ resources(filter: ${everything}, page: -1) { totalCount } }`],
    ['an unknown field', '{ nothing }'],
    ['a document that does not parse', '{ resources('],
    [
      '1,000 aliases',
      `{ ${Array.from({ length: 1000 }, (_none, at) => `a${String(at)}: clusters { id }`).join(' ')} }`,
    ],
    ['11 aliases', `{ ${Array.from({ length: 11 }, (_none, at) => `a${String(at)}: clusters { id }`).join(' ')} }`],
    ['a fragment cycle', '{ clusters { ...a } } fragment a on Cluster { ...b } fragment b on Cluster { ...a }'],
    ['lists of 30,000 levels', `{ resources(filter: ${'['.repeat(30_000)}${']'.repeat(30_000)}) { totalCount } }`],
    ['fields of 30,000 levels', `${'{ a '.repeat(30_000)}${'}'.repeat(30_000)}`],
    ['a directive flood', `{ clusters { id ${'@skip(if: false) '.repeat(60)} } }`],
    ['a mutation', 'mutation { drop }'],
    ['nine levels', `{ __schema { queryType ${sevenLevels} } }`],
    ['a list in a list, 100,000 times', `{ resources(filter: ${'['.repeat(100_000)}`],
    ['30 fragments that double each other', `{ clusters { ...f0 } } ${doubling(30)}`],
    ['401 fields below one', `{ clusters { ${idAliases(400)} } }`],
    ['401 fields through a fragment', `{ clusters { ${manySpreads} } } fragment f on Cluster { ${idAliases(40)} }`],
  ])('%s is refused with a code and executes nothing, however often it is asked', async (_name, query) => {
    for (let times = 0; times < 4; times += 1) {
      const { status, body } = await ask(query);
      expect(status).toBe(400);
      expect(body.data ?? null).toBeNull();
      expect(body.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    }
  });

  test.each([
    ['eight levels', `{ __type(name: "Query") ${sevenLevels} }`],
    ['the introspection of common clients', getIntrospectionQuery()],
    ['400 fields', `{ clusters { ${idAliases(399)} } }`],
    [
      '10 fields at the top',
      `{ ${Array.from({ length: 10 }, (_, at) => `a${String(at)}: clusters { id }`).join(' ')} }`,
    ],
  ])('%s are answered', async (_name, query) => {
    expect(await ask(query)).toMatchObject({ status: 200, body: { data: expect.anything() } });
  });

  test('more than 500 clusters are refused by pages, summaries and subscriptions with the same words', async () => {
    const owner = Caller.owner(server);
    const selection = '(filter: $filter)';
    const variables = { filter: { clusterIds: Array.from({ length: 501 }, (_, at) => `c${String(at)}`) } };
    const pages = await askGraphql(
      owner,
      `query($filter: ResourceFilter!) { resources${selection} { totalCount } }`,
      variables,
    );
    const summary = await askGraphql(
      owner,
      `query($filter: ResourceFilter!) { clusterSummary${selection} { namespaces } }`,
      variables,
    );
    const query = `subscription($filter: ResourceFilter!) { resourceChanges${selection} { seq } }`;
    const stream = followGraphql(server, owner, { query, variables });
    await stream.until('the refusal', () => stream.errors.length > 0);
    await stream.close();
    for (const errors of [pages.errors, summary.errors, stream.errors]) {
      expect(errors?.map(({ message, extensions }) => [message, extensions.mesheryCode])).toEqual([
        ['The query parameter "clusterIds" may have at most 500 entries.', 'meshery-core-1001'],
      ]);
    }
  });

  test('batches, subscriptions over HTTP and forms are refused', async () => {
    const post = (type: string, body: string): Promise<Response> =>
      server.get(path, { method: 'POST', headers: { 'content-type': type }, body });
    expect((await post('application/json', '[{"query":"{ clusters { id } }"}]')).status).toBe(400);
    expect((await post('application/x-www-form-urlencoded', 'query=%7Bclusters%7Bid%7D%7D')).status).toBe(400);
    const { body } = await ask(`subscription { resourceChanges(filter: ${everything}) { seq } }`);
    expect(body.data ?? null).toBeNull();
  });
});

interface Change {
  readonly data?: {
    readonly resourceChanges: {
      readonly type: string;
      readonly seq: string;
      readonly resource?: { readonly name: string; readonly spec?: string };
    };
  };
}

const subscription =
  'subscription($since: String) { resourceChanges(filter: { clusterIds: ["g1"] }, since: $since) { type seq resource { name spec } } }';
const url = (): string => server.url.replace('http', 'ws') + path;
const socketClass = (token: string) =>
  class extends WebSocket {
    constructor(address: string, protocols?: string | string[]) {
      super(address, protocols, { headers: { authorization: `Bearer ${token}` } });
    }
  };

/** Writes until the subscription, which becomes live at its own pace, hears something. */
async function writeUntilHeard(changes: readonly Change[], name: string): Promise<void> {
  let at = 0;
  await waitUntil({ what: 'a change', timeoutMs: 60_000 }, async () => {
    await feed.upsert({ name, spec: `{"at":${String((at += 1))}}` });
    return changes.length > 0;
  });
}

describe('subscriptions', () => {
  test('graphql-transport-ws, with the client of that protocol, resuming by sequence', async () => {
    const client = createClient({ url: url(), webSocketImpl: socketClass(server.token), retryAttempts: 0 });
    const changes: Change[] = [];
    const stop = client.subscribe(
      { query: subscription },
      { next: (change) => changes.push(change as Change), error: () => undefined, complete: () => undefined },
    );
    await writeUntilHeard(changes, 'modern');
    const since = changes[0]?.data?.resourceChanges;
    expect(since).toMatchObject({
      type: 'upsert',
      resource: { name: 'modern', spec: expect.stringContaining('"at"') as string },
    });
    stop();
    await feed.remove({ name: 'modern' });
    const again: Change[] = [];
    const variables = { since: since?.seq };
    client.subscribe(
      { query: subscription, variables },
      { next: (change) => again.push(change as Change), error: () => undefined, complete: () => undefined },
    );
    await waitUntil({ what: 'the missed delete', timeoutMs: 60_000 }, () =>
      again.some(({ data }) => data?.resourceChanges.type === 'delete'),
    );
    await client.dispose();
  });

  test('the older graphql-ws subprotocol, message by message', async () => {
    const socket = new WebSocket(url(), 'graphql-ws', {
      headers: { cookie: `token=${server.token}; meshery-provider=Local` },
    });
    const changes: Change[] = [];
    const types: string[] = [];
    socket.on('message', (bytes) => {
      const message = JSON.parse((bytes as Buffer).toString()) as { type: string; id?: string; payload: Change };
      types.push(message.type);
      if (message.type === 'data') changes.push(message.payload);
    });
    await new Promise((resolve) => socket.once('open', resolve));
    expect(socket.protocol).toBe('graphql-ws');
    socket.send(JSON.stringify({ type: 'connection_init', payload: {} }));
    await waitUntil({ what: 'the acknowledgement', timeoutMs: 60_000 }, () => types.includes('connection_ack'));
    socket.send(JSON.stringify({ type: 'start', id: '1', payload: { query: subscription } }));
    await writeUntilHeard(changes, 'legacy');
    expect(changes[0]?.data?.resourceChanges).toMatchObject({ type: 'upsert', resource: { name: 'legacy' } });
    socket.send(JSON.stringify({ type: 'stop', id: '1' }));
    socket.close();
  });

  test('end when the user signs out', async () => {
    const response = await server.get('/api/user/token');
    const { token } = (await response.json()) as { token: string };
    const client = createClient({ url: url(), webSocketImpl: socketClass(token), retryAttempts: 0 });
    const ended = Promise.withResolvers<string>();
    const changes: Change[] = [];
    client.subscribe(
      { query: subscription },
      {
        next: (change) => changes.push(change as Change),
        error: (error) => {
          ended.resolve(JSON.stringify(error));
        },
        complete: () => {
          ended.resolve('complete');
        },
      },
    );
    await writeUntilHeard(changes, 'signed-in');
    await fetch(`${server.url}/api/user/logout`, { method: 'POST', headers: { authorization: `Bearer ${token}` } });
    await ended.promise;
    await client.dispose();
  });

  test('of 30,000 levels ends with an error, and the server goes on', async () => {
    const query = `subscription { resourceChanges(filter: ${'['.repeat(30_000)}${']'.repeat(30_000)}) { seq } }`;
    const stream = followGraphql(server, Caller.owner(server), { query });
    await stream.until('the end', stream.isOver);
    expect([stream.heard, stream.errors.length]).toEqual([[], 1]);
    await stream.close();
    expect((await server.get('/healthz/ready')).status).toBe(200);
  });

  test.each([
    ['is nested 30,000 times', `subscription { resourceChanges(filter: ${'['.repeat(30_000)}`],
    ['does not parse', 'subscription {'],
    ['asks for what there is not', 'subscription { nothing }'],
    ['is a query', '{ clusters { id } }'],
    ['is not there', ''],
    ['is no text', 7],
    ['has fragments only', 'fragment a on Cluster { id }'],
  ])('a document that %s is refused with its code in both subprotocols', async (_what, query) => {
    for (const [protocol, start] of [
      ['graphql-transport-ws', 'subscribe'],
      ['graphql-ws', 'start'],
    ] as const) {
      const socket = new WebSocket(url(), protocol, { headers: { authorization: `Bearer ${server.token}` } });
      const messages: { readonly type: string; readonly id?: string; readonly payload?: unknown }[] = [];
      socket.on('message', (bytes: Buffer) => messages.push(JSON.parse(bytes.toString()) as (typeof messages)[number]));
      const heard = (type: string) => (): boolean => messages.some((message) => message.type === type);
      await once(socket, 'open');
      socket.send(JSON.stringify({ type: 'connection_init', payload: {} }));
      await waitUntil({ what: 'the acknowledgement', timeoutMs: 60_000, everyMs: 10 }, heard('connection_ack'));
      socket.send(JSON.stringify({ type: start, id: '1', payload: { query } }));
      await waitUntil({ what: 'the refusal', timeoutMs: 60_000, everyMs: 10 }, heard('error'));
      const extensions = { code: 'BAD_USER_INPUT', mesheryCode: 'meshery-core-1001' };
      const refusal = messages.find(({ type }) => type === 'error');
      expect(refusal).toMatchObject({ id: '1', payload: [{ extensions }] });
      expect(JSON.stringify(refusal)).not.toMatch(/call stack|reading|undefined/);
      socket.close();
    }
  });

  test('are refused at the handshake without identity or from another site', async () => {
    const status = (headers: Record<string, string>): Promise<number> =>
      new Promise((resolve) => {
        const socket = new WebSocket(url(), 'graphql-transport-ws', { headers });
        socket.once('unexpected-response', (_request, answer) => {
          resolve(answer.statusCode ?? 0);
          socket.terminate();
        });
        socket.once('open', () => {
          resolve(101);
          socket.close();
        });
        socket.on('error', () => undefined);
      });
    const authorization = `Bearer ${server.token}`;
    expect(await status({})).toBe(401);
    expect(await status({ authorization, origin: 'https://evil.example' })).toBe(403);
    expect(await status({ authorization, origin: server.url })).toBe(101);
  });
});
