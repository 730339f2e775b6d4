import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Metadata, credentials, status } from '@grpc/grpc-js';
import type { ClientReadableStream, ServiceError } from '@grpc/grpc-js';
import type { InventoryServiceListResponse, InventoryServiceWatchResponse, ObjectSelector } from '@meshery/contracts';
import { createInventoryServiceClient } from '@meshery/contracts/grpc';
import type { InventoryServiceClient } from '@meshery/contracts/grpc';
import { waitUntil } from '@meshery/testing';
import { RefusalLog } from '../src/audit/refusal-log.ts';
import { IngestModule } from '../src/ingest/ingest.module.ts';
import { Caller } from './caller.ts';
import { Feed } from './feed.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

let server: TestServer;
let client: InventoryServiceClient;
let feed: Feed;

beforeAll(async () => {
  server = await startTestServer({ env: { MESHERY_HEARTBEAT_MS: '100' } });
  const ca = await readFile(join(server.folder, 'ingest', 'ca.pem'));
  const address = `localhost:${String(server.service.app.get(IngestModule).port)}`;
  client = createInventoryServiceClient(address, credentials.createSsl(ca));
  feed = new Feed(server.store, 'third');
  await feed.open();
  for (const name of ['a', 'b', 'c']) await feed.upsert({ name, namespace: 'n', labels: { app: name } });
}, 60_000);
afterAll(async () => {
  client.close();
  await server.stop();
});

const anything: ObjectSelector = { clusterIds: [], kinds: [], namespaces: [], apiVersions: [], labels: {}, search: '' };
const first = { selector: anything, pageSize: 0, pageToken: '', withJson: false };

function bearer(token = server.token): Metadata {
  const metadata = new Metadata();
  metadata.set('authorization', `Bearer ${token}`);
  return metadata;
}

interface Outcome<T> {
  readonly code: status;
  readonly meshery?: string | undefined;
  readonly response?: T | undefined;
}

function list(over: Partial<typeof first> = {}, metadata = bearer()): Promise<Outcome<InventoryServiceListResponse>> {
  return new Promise((resolve) => {
    client.list({ ...first, ...over }, metadata, { deadline: Date.now() + 30_000 }, (error, response) => {
      resolve(error === null ? { code: status.OK, response } : failed(error));
    });
  });
}

function failed(error: ServiceError): { code: status; meshery?: string | undefined } {
  return { code: error.code, meshery: error.metadata.get('meshery-code')[0]?.toString() };
}

/** What a watch said so far, and how it ended. */
class Watch {
  readonly heard: InventoryServiceWatchResponse[] = [];
  readonly call: ClientReadableStream<InventoryServiceWatchResponse>;
  end: ServiceError | 'ended' | undefined;

  constructor(since = 0, withJson = false, metadata = bearer(), selector: Partial<ObjectSelector> = {}) {
    this.call = client.watch({ selector: { ...anything, ...selector }, since, withJson }, metadata);
    this.call.on('data', (message: InventoryServiceWatchResponse) => this.heard.push(message));
    this.call.on('error', (error: ServiceError) => {
      this.end = error;
    });
    this.call.on('end', () => {
      this.end ??= 'ended';
    });
  }

  /** Waits until so many changes came, then what they were. */
  async changes(count: number): Promise<(string | undefined)[]> {
    await waitUntil({ what: 'changes', timeoutMs: 60_000, everyMs: 10 }, () => this.heard.length >= count);
    return this.heard.map(({ change }) => {
      return change?.$case === 'reset' ? 'reset' : `${String(change?.$case)} ${String(change?.value.name)}`;
    });
  }
}

test('List pages through all objects, with what each is', async () => {
  const one = await list({ pageSize: 2 });
  expect(one.response).toMatchObject({ totalCount: 3, objects: [{ name: 'a', json: '' }, { name: 'b' }] });
  const two = await list({ pageSize: 2, pageToken: one.response?.nextPageToken ?? '' });
  expect(two.response).toMatchObject({ nextPageToken: '', objects: [{ name: 'c', clusterId: 'third', kind: 'Pod' }] });
  const some = await list({ selector: { ...anything, labels: { app: 'b' }, namespaces: ['n'] }, withJson: true });
  expect(some.response?.objects.map(({ json }) => (JSON.parse(json) as { kind: string }).kind)).toEqual(['Pod']);
  expect((await list({ selector: { ...anything, clusterIds: ['other'] } })).response?.totalCount).toBe(0);
});

test('Get answers one object by id and by uid', async () => {
  const [object] = (await list()).response?.objects ?? [];
  const get = (id: string): Promise<Outcome<unknown>> =>
    new Promise((resolve) => {
      client.get({ id }, bearer(), { deadline: Date.now() + 30_000 }, (error, response) => {
        resolve(error === null ? { code: status.OK, response } : failed(error));
      });
    });
  for (const id of [object?.id ?? '', object?.uid ?? '']) {
    expect((await get(id)).response).toMatchObject({ object: { name: 'a', uid: object?.uid } });
  }
  expect(await get('nothing')).toEqual({ code: status.NOT_FOUND, meshery: 'meshery-core-1002' });
});

test('Watch tells of changes in order and goes on from a sequence', async () => {
  const { sequence = 0 } = (await list()).response ?? {};
  const watch = new Watch(sequence, true);
  await feed.upsert({ name: 'd', namespace: 'n', spec: '{"big":12345678901234567890}' });
  await watch.changes(1);
  await feed.remove({ name: 'd', namespace: 'n' });
  expect(await watch.changes(2)).toEqual(['upsert d', 'delete d']);
  const [upsert] = watch.heard;
  expect(upsert?.change?.$case === 'upsert' && upsert.change.value.json).toContain('12345678901234567890');
  watch.call.cancel();
  const later = new Watch(upsert?.sequence ?? 0);
  expect(await later.changes(1)).toEqual(['delete d']);
  later.call.cancel();
});

test('Watch of a selection hears of nothing else', async () => {
  const { sequence = 0 } = (await list()).response ?? {};
  const watch = new Watch(sequence, false, bearer(), { search: 'wanted' });
  await feed.upsert({ name: 'other' }, { name: 'wanted' });
  expect(await watch.changes(1)).toEqual(['upsert wanted']);
  watch.call.cancel();
});

test('a watch ends with the session behind it', async () => {
  const viewer = await Caller.signUp(server, 'grpc-viewer', 'viewer');
  const token = await server.prepared.security.authority.issue({
    ...{ userId: viewer.id, name: 'v', provider: 'Local', roles: ['viewer'] },
  });
  const { sequence = 0 } = (await list({}, bearer(token))).response ?? {};
  const watch = new Watch(sequence, false, bearer(token));
  await feed.upsert({ name: 'e' });
  expect(await watch.changes(1)).toEqual(['upsert e']);
  await server.prepared.security.authority.revoke(await server.prepared.security.authority.verify(token));
  await waitUntil({ what: 'the end', timeoutMs: 60_000, everyMs: 20 }, () => watch.end !== undefined);
  expect(watch.end).toMatchObject({ code: status.UNAUTHENTICATED });
});

test.each([
  ['no token', () => new Metadata(), status.UNAUTHENTICATED, 'meshery-auth-1200'],
  ['a wrong token', () => bearer('x.y.z'), status.UNAUTHENTICATED, 'meshery-auth-1201'],
  ['a token that is too long', () => bearer('x'.repeat(20_000)), status.UNAUTHENTICATED, 'meshery-auth-1200'],
])('%s is refused by every method', async (_what, metadata, code, meshery) => {
  expect(await list({}, metadata())).toEqual({ code, meshery });
  const watch = new Watch(0, false, metadata());
  await waitUntil({ what: 'the end', timeoutMs: 60_000, everyMs: 20 }, () => watch.end !== undefined);
  expect(watch.end).toMatchObject({ code });
});

test('a token of a bridge opens nothing here, and one of a user without a role nothing either', async () => {
  const bridge = (await readFile(join(server.folder, 'ingest', 'bridge-token'), 'utf8')).trim();
  expect((await list({}, bearer(bridge))).code).toBe(status.UNAUTHENTICATED);
  const nobody = await Caller.signUp(server, 'nobody', 'viewer');
  await server.userData.change((data) => data.users.update(nobody.id, { roles: [] }));
  const identity = { userId: nobody.id, name: 'n', provider: 'Local', roles: [] };
  const token = await server.prepared.security.authority.issue(identity);
  expect(await list({}, bearer(token))).toEqual({ code: status.PERMISSION_DENIED, meshery: 'meshery-auth-1202' });
});

test.each([
  ['page_size', { pageSize: 1001 }],
  ['page_size', { pageSize: -1 }],
  ['page_token', { pageToken: "'; DROP TABLE objects" }],
  ['kinds', { selector: { ...anything, kinds: ['x'.repeat(300)] } }],
  ['search', { selector: { ...anything, search: 'a\0b' } }],
  ['cluster_ids', { selector: { ...anything, clusterIds: Array.from({ length: 501 }, String) } }],
])('a wrong %s is refused', async (_field, over) => {
  expect(await list(over)).toEqual({ code: status.INVALID_ARGUMENT, meshery: 'meshery-core-1001' });
});

test('refused calls are in the audit log with who called, and without what was sent', async () => {
  const viewer = await Caller.signUp(server, 'audited', 'viewer');
  const known = new Metadata();
  known.set('authorization', viewer.headers['authorization'] ?? '');
  await list({}, new Metadata());
  await list({}, bearer('canary-4714'));
  await list({ pageToken: 'canary-4715' }, known);
  await server.service.app.get(RefusalLog, { strict: false }).settled();
  const lines = await server.userData.read((data) => data.audit.after(0, 1000));
  const action = 'gRPC /meshery.v1.InventoryService/List';
  expect(lines.slice(-3)).toMatchObject([
    { action, decision: 'refused', reason: 'meshery-auth-1200', userId: '' },
    { action, decision: 'refused', reason: 'meshery-auth-1201', userId: '' },
    { action, decision: 'refused', reason: 'meshery-core-1001', userId: viewer.id, userName: 'audited' },
  ]);
  expect(JSON.stringify(lines)).not.toContain('canary');
});
