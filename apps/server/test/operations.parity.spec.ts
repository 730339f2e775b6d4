import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MesheryError } from '@meshery/errors';
import type { Operation } from '@meshery/object-model';
import { backgroundContext, createLogger } from '@meshery/observability';
import { waitUntil } from '@meshery/testing';
import { Operations } from '../src/operations/operations.ts';
import type { OperationDraft } from '../src/operations/operations.ts';
import type { OperationHandle } from '../src/operations/running-operation.ts';
import { Retention } from '../src/retention/retention.ts';
import { Caller } from './caller.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** Long work: durable records that end once, over REST and over the death of the process. */

const path = '/api/system/operations';
let folder: string;
let server: TestServer;
let owner: Caller;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meshery-operations-'));
  server = await startTestServer({ folder });
  owner = Caller.owner(server);
}, 60_000);
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

type Work = (handle: OperationHandle) => Promise<void>;

function begin(work: Work, over: Partial<OperationDraft> = {}, of = server): Promise<Operation> {
  const context = backgroundContext(
    createLogger({ service: 'test', destination: { write: () => true } }),
    new AbortController().signal,
    'r1',
  );
  const ctx = { ...context, user: { userId: owner.id, name: 'Meshery', provider: 'Local', roles: ['admin'] } };
  const { organizationId } = owner;
  const draft = { category: 'connection', action: 'disconnect', subject: 'Cluster "a"', organizationId };
  const targets = [
    { id: 'c1', name: 'one' },
    { id: 'c2', name: 'two' },
  ];
  return of.service.app.get(Operations, { strict: false }).begin(ctx, { ...draft, targets, ...over }, work);
}

const untilAborted: Work = ({ signal }) =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => {
      reject(signal.reason as Error);
    });
  });

const ended = (id: string): Promise<unknown> =>
  waitUntil(
    { what: 'the end', timeoutMs: 60_000 },
    async () => (await owner.get(`${path}/${id}`)).body.state !== 'running',
  );

const eventsOf = async (id: string) =>
  (await owner.get(`/api/system/events?actedUpon=${encodeURIComponent(JSON.stringify([id]))}`)).body.events;

test('work shows its progress and its targets, and ends with an event', async () => {
  const gate = Promise.withResolvers<undefined>();
  const { id } = await begin(async (handle) => {
    handle.progress(40);
    handle.target('c1', 'succeeded', 'done');
    await gate.promise;
  });
  await waitUntil(
    { what: 'the progress', timeoutMs: 60_000 },
    async () => (await owner.get(`${path}/${id}`)).body.progress === 40,
  );
  const { body } = await owner.get(`${path}?state=running&kind=connection.disconnect`);
  expect(body).toMatchObject({
    totalCount: 1,
    operations: [{ id, state: 'running', organization_id: owner.organizationId }],
  });
  await waitUntil(
    { what: 'the target', timeoutMs: 60_000 },
    async () => (await owner.get(`${path}/${id}`)).body.targets[0].state === 'succeeded',
  );
  gate.resolve(undefined);
  await ended(id);
  const found = (await owner.get(`${path}/${id}`)).body;
  expect(found).toMatchObject({ state: 'succeeded', progress: 100, error: null, isCancelRequested: false });
  expect(found.targets).toEqual([
    { id: 'c1', name: 'one', state: 'succeeded', message: 'done' },
    { id: 'c2', name: 'two', state: 'succeeded', message: '' },
  ]);
  expect(found.processId).toBeUndefined();
  expect(await eventsOf(id)).toMatchObject([
    { operationId: id, severity: 'success', category: 'connection', action: 'disconnect' },
  ]);
});

test('work that throws ends as failed, with its code', async () => {
  const { id } = await begin(() =>
    Promise.reject(new MesheryError('meshery-kube-1303', 'No answer.', { remedy: 'Wait.' })),
  );
  await ended(id);
  expect((await owner.get(`${path}/${id}`)).body).toMatchObject({
    state: 'failed',
    error: { code: 'meshery-kube-1303' },
  });
  expect(await eventsOf(id)).toMatchObject([
    { severity: 'error', metadata: { code: 'meshery-kube-1303', remedy: 'Wait.' } },
  ]);
});

test('a cancel ends it once, and only for those who may', async () => {
  const viewer = await Caller.signUp(server, 'vic', 'viewer');
  const stranger = await Caller.signUp(server, 'sam', 'admin', 'own');
  const { id } = await begin(untilAborted);
  expect((await viewer.post(`${path}/${id}/cancel`)).status).toBe(403);
  expect((await stranger.post(`${path}/${id}/cancel`)).status).toBe(404);
  expect((await stranger.get(`${path}/${id}`)).status).toBe(404);
  expect((await stranger.get(path)).body.totalCount).toBe(0);
  expect((await viewer.get(`${path}/${id}`)).body.state).toBe('running');
  const answer = await owner.post(`${path}/${id}/cancel`);
  expect([answer.status, answer.body.isCancelRequested]).toEqual([202, true]);
  await ended(id);
  expect((await owner.get(`${path}/${id}`)).body).toMatchObject({ state: 'cancelled', error: null });
  const again = await owner.post(`${path}/${id}/cancel`);
  expect([again.status, again.body.code]).toEqual([409, 'meshery-core-1007']);
  expect(await eventsOf(id)).toHaveLength(1);
  expect((await owner.post(`${path}/x/cancel`)).status).toBe(400);
  expect((await owner.get(`${path}?state=done`)).status).toBe(400);
});

test('what a process leaves behind is failed with a reason at the next start, and a shutdown tells the work', async () => {
  const told = await begin(untilAborted);
  const orphan = await begin(untilAborted);
  await server.userData.change(async (data) => {
    await data.operations.update(orphan.id, { state: 'succeeded' });
  });
  await server.stop();
  server = await startTestServer({ folder });
  owner = Caller.owner(server);
  expect((await owner.get(`${path}/${told.id}`)).body).toMatchObject({
    state: 'failed',
    error: { code: 'meshery-core-1004' },
  });
  // As a process leaves it that is killed: the record says "running", and nobody works on it.
  const { id: _old, ...rest } = orphan;
  const killed = '00000000-0000-4000-8000-0000000000aa';
  await server.userData.change((data) => data.operations.insert({ ...rest, id: killed }));
  await server.stop();
  server = await startTestServer({ folder });
  owner = Caller.owner(server);
  const found = (await owner.get(`${path}/${killed}`)).body;
  expect(found).toMatchObject({ state: 'failed', error: { code: 'meshery-operations-1800' } });
  expect(found.targets.map(({ state }: { state: string }) => state)).toEqual(['failed', 'failed']);
  expect((await owner.get(`${path}/${orphan.id}`)).body.state).toBe('succeeded');
}, 60_000);

test('what is too old or too much goes, in small transactions', async () => {
  const logger = createLogger({ service: 'test', destination: { write: () => true } });
  await owner.post('/api/system/events', { category: 'kept', action: 'view' });
  const clock = { now: () => Date.now(), monotonic: () => 0, sleep: () => Promise.resolve() };
  const kept = { eventCount: 1, auditCount: 2, operationCount: 1, endedSessionCount: 1 };
  const limits = { eventDays: 30, auditDays: 400, operationDays: 30, endedSessionDays: 90, ...kept };
  const retention = new Retention({ store: server.userData, clock, logger, limits });
  await retention.prune(new AbortController().signal);
  expect((await owner.get('/api/system/events')).body.totalCount).toBe(1);
  expect((await owner.get(path)).body.totalCount).toBe(1);
  expect((await owner.get('/api/system/audit/check')).body).toEqual({ lines: 2 });
});
