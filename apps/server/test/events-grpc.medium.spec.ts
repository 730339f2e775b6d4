import { randomUUID } from 'node:crypto';
import { status } from '@grpc/grpc-js';
import { EventServiceSubscribeResponse, eventServiceDefinition } from '@meshery/contracts/grpc';
import type { v1Events } from '@meshery/contracts/grpc';
import { waitUntil } from '@meshery/testing';
import { Caller } from './caller.ts';
import { GrpcCaller } from './grpc-caller.ts';
import type { Heard } from './grpc-caller.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** meshery.v1.EventService, for the owner, a colleague who may only read, and a stranger. */

const { list, subscribe } = eventServiceDefinition;
let server: TestServer;
let grpc: GrpcCaller;
let owner: Caller;
let viewer: Caller;
let stranger: Caller;
beforeAll(async () => {
  server = await startTestServer({ env: { MESHERY_HEARTBEAT_MS: '100', MESHERY_MAX_CLIENT_BUFFER: '262144' } });
  grpc = await GrpcCaller.open(server);
  owner = Caller.owner(server);
  viewer = await Caller.signUp(server, 'vera', 'viewer');
  stranger = await Caller.signUp(server, 'otto', 'admin', 'own');
});
afterAll(async () => {
  grpc.client.close();
  await server.stop();
});

async function post(description: string, fields: object = {}): Promise<void> {
  const draft = { category: 'test', action: 'create', description, organizationId: owner.organizationId };
  expect((await owner.post('/api/system/events', { ...draft, ...fields })).status).toBe(201);
}

const everything: v1Events.EventServiceListRequest = {
  ...{ pageSize: 0, pageToken: '', categories: [], actions: [], severities: [], actedUpon: [], search: '' },
};
const page = async (over: Partial<typeof everything> = {}, by: Caller | undefined = owner) =>
  grpc.call(list, { ...everything, ...over }, by);

const eventsOf = ({ messages }: Heard<Uint8Array>): v1Events.Event[] =>
  messages.flatMap((bytes) => EventServiceSubscribeResponse.decode(bytes).events);
async function hear(heard: Heard<Uint8Array>, count: number): Promise<string[]> {
  await waitUntil({ what: 'events', timeoutMs: 60_000, everyMs: 10 }, () => eventsOf(heard).length >= count);
  return eventsOf(heard).map(({ description }) => description);
}

test('List pages through what happened, newest first, and every filter selects what it says', async () => {
  const actedUpon = randomUUID();
  await post('one', { category: 'filters', severity: 'error', actedUpon, metadata: { summary: 's' } });
  await post('two', { category: 'filters', action: 'deploy' });
  await post('three', { category: 'filters' });
  const first = (await page({ categories: ['filters'], pageSize: 2 })).response;
  expect(first).toMatchObject({ totalCount: 3, events: [{ description: 'three' }, { description: 'two' }] });
  const rest = await page({ categories: ['filters'], pageSize: 2, pageToken: first?.nextPageToken ?? '' });
  expect(rest.response).toMatchObject({ nextPageToken: '', events: [{ description: 'one' }] });
  for (const over of [{ severities: ['error'] }, { actedUpon: [actedUpon] }, { search: 'ONE' }]) {
    const { response } = await page({ categories: ['filters', 'x'], ...over });
    expect(response?.events).toMatchObject([
      { category: 'filters', severity: 'error', actedUpon, metadataJson: '{"summary":"s"}', owner: owner.id },
    ]);
  }
  expect((await page({ actions: ['deploy'] })).response?.totalCount).toBe(1);
});

test('each sees what concerns their organizations', async () => {
  await post('for members', { category: 'members' });
  expect((await page({ categories: ['members'] }, viewer)).response?.totalCount).toBe(1);
  expect((await page({ categories: ['members'] }, stranger)).response?.totalCount).toBe(0);
  const heard = grpc.stream(subscribe, { since: 0 }, stranger);
  const mine = grpc.stream(subscribe, {}, viewer);
  await Promise.all([heard.opened, mine.opened]);
  await post('of the owner');
  await stranger.post('/api/system/events', { category: 'test', action: 'create', description: 'of the stranger' });
  expect(await hear(heard, 1)).toEqual(['of the stranger']);
  expect(await hear(mine, 1)).toEqual(['of the owner']);
  for (const each of [heard, mine]) each.call.cancel();
});

test('Subscribe tells of everything after its head, and goes on from a sequence', async () => {
  await post('before');
  const heard = grpc.stream(subscribe, {}, owner);
  await heard.opened;
  await post('a');
  await post('b');
  expect(await hear(heard, 2)).toEqual(['a', 'b']);
  const [a, b] = eventsOf(heard);
  expect(b?.sequence).toBe((a?.sequence ?? 0) + 1);
  heard.call.cancel();
  const later = grpc.stream(subscribe, { since: a?.sequence }, owner);
  expect(await hear(later, 1)).toEqual(['b']);
  await post('c');
  expect(await hear(later, 2)).toEqual(['b', 'c']);
  later.call.cancel();
});

test('a stream ends with its session, and with a caller who does not read', async () => {
  const heard = grpc.stream(subscribe, {}, viewer);
  await heard.opened;
  const token = viewer.headers['authorization']?.replace('Bearer ', '') ?? '';
  await server.prepared.security.authority.revoke(await server.prepared.security.authority.verify(token));
  expect(await heard.ended()).toEqual({ code: status.UNAUTHENTICATED, meshery: 'meshery-auth-1201' });
  const lazy = grpc.stream(subscribe, {}, owner);
  await lazy.opened;
  lazy.call.pause();
  const listeners = async (): Promise<string | undefined> =>
    /^meshery_event_subscribers (\d+)$/m.exec(await (await server.get('/metrics')).text())?.[1];
  const listening = (count: string): Promise<unknown> =>
    waitUntil({ what: `${count} listeners`, timeoutMs: 60_000 }, async () => (await listeners()) === count);
  await listening('1');
  const metadata = { text: 'x'.repeat(16_000) };
  for (let count = 0; count < 200 && (await listeners()) === '1'; count += 1) await post('much', { metadata });
  await listening('0');
  lazy.call.resume();
  expect(await lazy.ended()).toEqual({ code: status.RESOURCE_EXHAUSTED, meshery: 'meshery-core-1010' });
});

test.each([
  ['page_size', { pageSize: 1001 }],
  ['page_token', { pageToken: 'x' }],
  ['severities', { severities: ['bad'] }],
  ['acted_upon', { actedUpon: ['x'] }],
  ['search', { search: 'a\0b' }],
])('a wrong %s is refused', async (_field, over) => {
  expect(await page(over)).toEqual({ code: status.INVALID_ARGUMENT, meshery: 'meshery-core-1001' });
});

test('nobody in particular hears nothing', async () => {
  expect((await grpc.call(list, everything, undefined)).meshery).toBe('meshery-auth-1200');
  expect(await grpc.stream(subscribe, { since: 0 }, undefined).ended()).toMatchObject({ code: status.UNAUTHENTICATED });
  const negative = await grpc.stream(subscribe, { since: -1 }, owner).ended();
  expect(negative).toEqual({ code: status.INVALID_ARGUMENT, meshery: 'meshery-core-1001' });
});

test('a server that stops says so', async () => {
  const other = await startTestServer();
  const caller = await GrpcCaller.open(other);
  const heard = caller.stream(subscribe, {}, Caller.owner(other));
  await heard.opened;
  await other.stop();
  expect(await heard.ended()).toEqual({ code: status.UNAVAILABLE, meshery: 'meshery-core-1004' });
  caller.client.close();
});
