import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Operation } from '@meshery/object-model';
import { backgroundContext, createLogger } from '@meshery/observability';
import { waitUntil } from '@meshery/testing';
import { Operations } from '../src/operations/operations.ts';
import type { OperationHandle } from '../src/operations/running-operation.ts';
import { RefusalLog } from '../src/audit/refusal-log.ts';
import { Caller } from './caller.ts';
import { askGraphql, followGraphql } from './graphql-caller.ts';
import type { Followed } from './graphql-caller.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** Connections, operations and events over GraphQL: for the owner, a colleague who may only read, and a stranger. */

let server: TestServer;
let owner: Caller;
let viewer: Caller;
let stranger: Caller;
let far: Server;
let farUrl: string;
beforeAll(async () => {
  far = createServer((request, response) => {
    const body = request.url === '/api/v1/status/buildinfo' ? { status: 'success', data: { version: '3.5.0' } } : {};
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => far.listen(0, '127.0.0.1', resolve));
  farUrl = `http://127.0.0.1:${String((far.address() as AddressInfo).port)}`;
  server = await startTestServer({ env: { MESHERY_HEARTBEAT_MS: '100' } });
  owner = Caller.owner(server);
  viewer = await Caller.signUp(server, 'vera', 'viewer');
  stranger = await Caller.signUp(server, 'otto', 'admin', 'own');
}, 60_000);
afterAll(async () => {
  await server.stop();
  await new Promise((resolve) => far.close(resolve));
});

const ask = (query: string, variables: object = {}, who = owner) => askGraphql(who, query, variables);
const codeOf = async (query: string, variables: object = {}, who = owner) =>
  (await ask(query, variables, who)).errors?.[0]?.extensions.mesheryCode;

const followed: Followed[] = [];
const follow = (query: string, variables: object = {}, who = owner): Followed => {
  const stream = followGraphql(server, who, { query, variables });
  followed.push(stream);
  return stream;
};
afterEach(async () => {
  for (const stream of followed.splice(0)) await stream.close();
});

async function make(fields: object): Promise<string> {
  const { status, body } = await owner.post('/api/integrations/connections', { kind: 'kubernetes', ...fields });
  expect([status, body]).toEqual([201, expect.anything()]);
  return (body as { id: string }).id;
}

async function statusOf(id: string): Promise<string> {
  return ((await owner.get(`/api/integrations/connections/${id}`)).body as { status: string }).status;
}

describe('connections', () => {
  test('are paged, filtered and found by id, each by those who may see it', async () => {
    const ids = [await make({ name: 'a', status: 'discovered' }), await make({ name: 'b', status: 'discovered' })];
    const prometheus = await make({ name: 'p', kind: 'prometheus', url: farUrl, metadata: { team: 'x' } });
    const query = `query($filter: ConnectionFilter, $page: Int) {
      connections(filter: $filter, page: $page, pageSize: 1, order: "name desc") {
        totalCount page pageSize connections { id name } } }`;
    const clusters = { kinds: ['kubernetes'], statuses: ['discovered'], organizationId: owner.organizationId };
    const page = { totalCount: 2, page: 1, pageSize: 1, connections: [{ id: ids[0], name: 'a' }] };
    expect(await ask(query, { filter: clusters, page: 1 })).toEqual({ data: { connections: page } });
    expect((await ask(query, { filter: clusters, page: 1 }, viewer)).data).toEqual({ connections: page });
    expect((await ask(query, {}, stranger)).data).toMatchObject({ connections: { totalCount: 0 } });
    expect((await ask(query, { filter: { name: 'p' } })).data).toMatchObject({ connections: { totalCount: 1 } });
    const one = `query($id: ID!) { connection(id: $id) {
      name kind type subType status nextStatuses url metadata owner organizationId clusterId credentialId } }`;
    expect((await ask(one, { id: prometheus })).data).toEqual({
      connection: {
        ...{ name: 'p', kind: 'prometheus', type: 'telemetry', subType: 'metrics', status: 'registered' },
        nextStatuses: expect.arrayContaining(['connected']) as string[],
        ...{ url: farUrl, metadata: '{"team":"x"}', owner: owner.id, organizationId: owner.organizationId },
        ...{ clusterId: null, credentialId: null },
      },
    });
    expect((await ask(one, { id: prometheus }, stranger)).data).toEqual({ connection: null });
    expect((await ask(one, { id: randomUUID() })).data).toEqual({ connection: null });
  });

  test('are tested and moved by those who may change them', async () => {
    const id = await make({ name: 'moved', kind: 'prometheus', url: farUrl });
    const move = `mutation($id: ID!, $status: String!) { changeConnectionStatus(id: $id, status: $status) { status } }`;
    const test = 'mutation($id: ID!) { testConnection(id: $id) { version } }';
    for (const [who, code] of [
      [viewer, 'meshery-auth-1202'],
      [stranger, 'meshery-core-1002'],
    ] as const) {
      expect(await codeOf(move, { id, status: 'connected' }, who)).toBe(code);
      expect(await codeOf(test, { id }, who)).toBe(code);
    }
    expect(await statusOf(id)).toBe('registered');
    expect((await ask(test, { id })).data).toEqual({ testConnection: { version: '3.5.0' } });
    expect((await ask(move, { id, status: 'connected' })).data).toEqual({
      changeConnectionStatus: { status: 'connected' },
    });
    expect(await statusOf(id)).toBe('connected');
    expect(await codeOf(move, { id, status: 'discovered' })).toBe('meshery-connection-1700');
    expect((await ask(move, { id, status: 'deleted' })).data).toMatchObject({
      changeConnectionStatus: { status: 'deleted' },
    });
    expect(await codeOf(move, { id, status: 'connected' })).toBe('meshery-core-1002');
  });
});

type Work = (handle: OperationHandle) => Promise<void>;

function begin(work: Work): Promise<Operation> {
  const logger = createLogger({ service: 'test', destination: { write: () => true } });
  const user = { userId: owner.id, name: 'Meshery', provider: 'Local', roles: ['admin'] };
  const ctx = { ...backgroundContext(logger, new AbortController().signal, 'r1'), user };
  const draft = { category: 'connection', action: 'disconnect', subject: 'Cluster "a"', targets: [] };
  const { organizationId } = owner;
  return server.service.app.get(Operations, { strict: false }).begin(ctx, { ...draft, organizationId }, work);
}

const untilAborted: Work = ({ signal }) =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => {
      reject(signal.reason as Error);
    });
  });

describe('operations', () => {
  const one = 'query($id: ID!) { operation(id: $id) { kind state progress owner finishedAt error { code } } }';
  const cancel = 'mutation($id: ID!) { cancelOperation(id: $id) { isCancelRequested } }';
  const changes = 'subscription($id: ID!) { operationChanges(id: $id) { state progress isCancelRequested } }';

  test('are listed, followed to their end and cancelled by those who may', async () => {
    const { id } = await begin(async (handle) => {
      handle.progress(40);
      await untilAborted(handle);
    });
    const list = '{ operations(filter: { state: "running", kind: "connection.disconnect" }) { operations { id } } }';
    expect((await ask(list)).data).toEqual({ operations: { operations: [{ id }] } });
    expect((await ask(list, {}, stranger)).data).toEqual({ operations: { operations: [] } });
    expect((await ask(one, { id }, stranger)).data).toEqual({ operation: null });
    const stream = follow(changes, { id });
    const last = () => stream.heard.at(-1)?.['operationChanges'];
    await stream.until('the progress', () => (last() as { progress?: number } | undefined)?.progress === 40);
    expect(await codeOf(cancel, { id }, viewer)).toBe('meshery-auth-1202');
    expect(await codeOf(cancel, { id }, stranger)).toBe('meshery-core-1002');
    expect((await ask(cancel, { id })).data).toEqual({ cancelOperation: { isCancelRequested: true } });
    await stream.until('the end', stream.isOver);
    expect(last()).toEqual({ state: 'cancelled', progress: 40, isCancelRequested: true });
    expect(await codeOf(cancel, { id })).toBe('meshery-core-1007');
    expect((await ask(one, { id })).data).toEqual({
      operation: {
        ...{ kind: 'connection.disconnect', state: 'cancelled', progress: 40, owner: owner.id, error: null },
        finishedAt: expect.stringMatching(/^\d{4}-/) as string,
      },
    });
  });

  test('of others cannot be followed', async () => {
    const { id } = await begin(() => Promise.resolve());
    const stream = follow(changes, { id }, stranger);
    await stream.until('the end', stream.isOver);
    expect([stream.heard, stream.errors[0]?.extensions.mesheryCode]).toEqual([[], 'meshery-core-1002']);
    await server.service.app.get(RefusalLog, { strict: false }).settled();
    const lines = await server.userData.read((data) => data.audit.after(0, 10_000));
    expect(lines.at(-1)).toMatchObject({
      ...{ decision: 'refused', reason: 'meshery-core-1002', userId: stranger.id, action: 'GraphQL operationChanges' },
    });
  });
});

async function post(description: string, fields: object = {}, who = owner): Promise<string> {
  const draft = { category: 'test', action: 'view', description, organizationId: who.organizationId, ...fields };
  const { status, body } = await who.post('/api/system/events', draft);
  expect(status).toBe(201);
  return (body as { id: string }).id;
}

describe('events', () => {
  const list = `query($filter: EventFilter, $after: String, $status: String) {
    events(filter: $filter, after: $after, status: $status, pageSize: 2) {
      totalCount next readCount countBySeverityLevel { severity count }
      events { id description severity status metadata owner } } }`;
  interface Listed {
    readonly next: string | null;
    readonly events: readonly { readonly id: string; readonly description: string; readonly status: string }[];
  }
  const page = async (variables: object, who = owner) => (await ask(list, variables, who)).data?.['events'] as Listed;

  test('are paged by position, and each is told only to those who may see it', async () => {
    const actedUpon = randomUUID();
    for (const text of ['one', 'two', 'three']) await post(text, { category: 'paged', actedUpon });
    await post('of the stranger', { category: 'paged' }, stranger);
    const filter = { categories: ['paged'], actions: ['view'], severities: ['informational'], actedUpon: [actedUpon] };
    const first = await page({ filter });
    expect(first).toMatchObject({ totalCount: 3, events: [{ description: 'three' }, { description: 'two' }] });
    const second = await page({ filter, after: first.next });
    expect(second).toMatchObject({ next: null, events: [{ description: 'one', metadata: '{}', owner: owner.id }] });
    const foreign = await page({ filter: { categories: ['paged'] } }, stranger);
    expect(foreign.events.map(({ description }) => description)).toEqual(['of the stranger']);
  });

  test('are marked by each reader alone, those who may not write as well', async () => {
    const ids = [await post('m1', { category: 'marked' }), await post('m2', { category: 'marked' })];
    const mark = 'mutation($ids: [ID!]!, $status: String!) { markEvents(ids: $ids, status: $status) }';
    expect((await ask(mark, { ids: [ids[0]], status: 'read' }, viewer)).data).toEqual({ markEvents: [ids[0]] });
    const filter = { categories: ['marked'] };
    expect((await page({ filter, status: 'read' }, viewer)).events.map(({ id }) => id)).toEqual([ids[0]]);
    expect((await page({ filter, status: 'read' })).events).toEqual([]);
    expect(await codeOf(mark, { ids, status: 'read' }, stranger)).toBe('meshery-core-1002');
    expect(await codeOf(mark, { ids: [], status: 'read' })).toBe('meshery-core-1001');
  });

  test('are told as they happen, filtered, to those who may see them, and from a position on', async () => {
    const query = `subscription($filter: EventFilter, $since: String) {
      events(filter: $filter, since: $since) { sequence description category status } }`;
    const filter = { categories: ['live'] };
    const [mine, theirs] = [follow(query, { filter }), follow(query, {}, stranger)];
    const heardBy = ({ heard }: Followed) =>
      heard.map(({ events }) => events as { sequence: string; description: string; category: string });
    await waitUntil({ what: 'both to hear', timeoutMs: 60_000 }, async () => {
      await post('other', { category: 'quiet' });
      await post('mine', { category: 'live' });
      await post('theirs', { category: 'live' }, stranger);
      return mine.heard.length > 0 && theirs.heard.length > 0;
    });
    expect(new Set(heardBy(mine).map(({ description }) => description))).toEqual(new Set(['mine']));
    expect(new Set(heardBy(theirs).map(({ description }) => description))).toEqual(new Set(['theirs']));
    const since = heardBy(mine)[0]?.sequence;
    await mine.close();
    await post('missed', { category: 'live' });
    const again = follow(query, { filter, since });
    await again.until('what was missed', () => heardBy(again).some(({ description }) => description === 'missed'));
  });
});

describe('bad input', () => {
  test.each([
    ['{ connection(id: "x") { id } }'],
    ['{ connections(filter: { statuses: ["flying"] }) { totalCount } }'],
    ['{ connections(order: "secret asc") { totalCount } }'],
    ['{ connections(pageSize: -1) { totalCount } }'],
    ['{ operations(filter: { state: "done" }) { totalCount } }'],
    ['{ events(after: "1", page: 1) { totalCount } }'],
    ['{ events(filter: { severities: ["loud"] }) { totalCount } }'],
    ['mutation { cancelOperation(id: "x") { id } }'],
    ['mutation { changeConnectionStatus(id: "x", status: "flying") { id } }'],
  ])('%s is refused with its code', async (query) => {
    expect(await codeOf(query)).toBe('meshery-core-1001');
  });

  const aliases = Array.from({ length: 11 }, (_none, at) => `a${String(at)}: events { id }`).join(' ');
  test.each([
    ['a document of a websocket that costs too much', `subscription { ${aliases} }`],
    ['an unknown field', 'subscription { events { nothing } }'],
    ['a wrong position', 'subscription { events(since: "x") { id } }'],
    ['a wrong id', 'subscription { operationChanges(id: "x") { id } }'],
    [
      'a wrong position of the inventory',
      'subscription { resourceChanges(filter: { clusterIds: [] }, since: "x") { seq } }',
    ],
  ])('%s ends its subscription with its code', async (_name, query) => {
    const stream = follow(query);
    await stream.until('the error', () => stream.errors.length > 0);
    expect(stream.errors[0]?.extensions.mesheryCode).toBe('meshery-core-1001');
  });
});

/** How many listen to changes of the inventory and to events. */
async function listeners(): Promise<readonly number[]> {
  const text = await (await server.get('/metrics')).text();
  return ['meshery_live_subscribers', 'meshery_event_subscribers'].map((name) =>
    Number(new RegExp(`^${name}(?:\\{.*\\})? (\\d+)$`, 'm').exec(text)?.[1]),
  );
}

test('subscriptions end at once when their client completes them, also while nothing happens', async () => {
  const listening = (count: number) =>
    waitUntil({ what: `${String(count)} listeners each`, timeoutMs: 60_000, everyMs: 20 }, async () =>
      (await listeners()).every((found) => found === count),
    );
  await listening(0);
  const streams = [
    follow('subscription { resourceChanges(filter: { clusterIds: ["all"] }) { seq } }'),
    follow('subscription { events { id } }'),
  ];
  await listening(1);
  for (const { stop } of streams) stop();
  await listening(0);
});
