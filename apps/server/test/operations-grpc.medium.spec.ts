import { randomUUID } from 'node:crypto';
import { status } from '@grpc/grpc-js';
import { operationServiceDefinition } from '@meshery/contracts/grpc';
import type { Operation } from '@meshery/object-model';
import { backgroundContext, createLogger } from '@meshery/observability';
import { Operations } from '../src/operations/operations.ts';
import type { OperationHandle } from '../src/operations/running-operation.ts';
import { Caller } from './caller.ts';
import { GrpcCaller } from './grpc-caller.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** meshery.v1.OperationService, for the owner, a colleague who may only read, and a stranger. */

const { list, get, watch, cancel } = operationServiceDefinition;
let server: TestServer;
let grpc: GrpcCaller;
let owner: Caller;
let viewer: Caller;
let stranger: Caller;
beforeAll(async () => {
  server = await startTestServer({ env: { MESHERY_HEARTBEAT_MS: '100' } });
  grpc = await GrpcCaller.open(server);
  owner = Caller.owner(server);
  viewer = await Caller.signUp(server, 'vera', 'viewer');
  stranger = await Caller.signUp(server, 'otto', 'admin', 'own');
}, 60_000);
afterAll(async () => {
  grpc.client.close();
  await server.stop();
});

function begin(work: (handle: OperationHandle) => Promise<void>, action = 'disconnect'): Promise<Operation> {
  const logger = createLogger({ service: 'test', destination: { write: () => true } });
  const context = backgroundContext(logger, new AbortController().signal, 'r1');
  const ctx = { ...context, user: { userId: owner.id, name: 'Meshery', provider: 'Local', roles: ['admin'] } };
  const draft = { category: 'connection', action, subject: 'Cluster "a"', organizationId: owner.organizationId };
  const targets = [{ id: 'c1', name: 'one' }];
  return server.service.app.get(Operations, { strict: false }).begin(ctx, { ...draft, targets }, work);
}

const untilAborted = ({ signal }: OperationHandle): Promise<void> =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => {
      reject(signal.reason as Error);
    });
  });

test('Watch tells of progress and ends with the end', async () => {
  const step = Promise.withResolvers<undefined>();
  const gate = Promise.withResolvers<undefined>();
  const { id } = await begin(async (handle) => {
    await step.promise;
    handle.progress(40);
    handle.target('c1', 'succeeded', 'done');
    await gate.promise;
  });
  const heard = grpc.stream(watch, { id }, viewer);
  expect(await heard.atLeast(1)).toMatchObject([{ operation: { id, state: 'running', progress: 0, finishedAt: '' } }]);
  step.resolve(undefined);
  await heard.atLeast(2);
  gate.resolve(undefined);
  expect(await heard.ended()).toEqual({ code: status.OK });
  const states = heard.messages.map(({ operation }) => [operation?.state, operation?.progress]);
  expect(states.slice(0, 2)).toEqual([
    ['running', 0],
    ['running', 40],
  ]);
  expect(states.at(-1)).toEqual(['succeeded', 100]);
  const found = (await grpc.call(get, { id }, owner)).response?.operation;
  expect(found).toMatchObject({ kind: 'connection.disconnect', owner: owner.id, error: undefined });
  expect(found?.targets).toEqual([{ id: 'c1', name: 'one', state: 'succeeded', message: 'done' }]);
  const again = grpc.stream(watch, { id }, viewer);
  expect([await again.ended(), again.messages.length]).toEqual([{ code: status.OK }, 1]);
});

test('Cancel ends it once, and only for those who may', async () => {
  const { id } = await begin(untilAborted);
  expect(await grpc.call(cancel, { id }, viewer)).toEqual({
    code: status.PERMISSION_DENIED,
    meshery: 'meshery-auth-1202',
  });
  expect((await grpc.call(cancel, { id }, stranger)).code).toBe(status.NOT_FOUND);
  expect((await grpc.call(cancel, { id }, undefined)).code).toBe(status.UNAUTHENTICATED);
  const heard = grpc.stream(watch, { id }, owner);
  await heard.atLeast(1);
  const { response } = await grpc.call(cancel, { id }, owner);
  expect(response?.operation?.isCancelRequested).toBe(true);
  expect(await heard.ended()).toEqual({ code: status.OK });
  expect(heard.messages.at(-1)?.operation?.state).toBe('cancelled');
  const again = await grpc.call(cancel, { id }, owner);
  expect(again).toEqual({ code: status.FAILED_PRECONDITION, meshery: 'meshery-core-1007' });
});

test('List pages, newest first, and selects by state and kind', async () => {
  const work = (): Promise<void> => Promise.reject(new Error('no'));
  const ids: string[] = [];
  for (let count = 0; count < 3; count += 1) {
    const { id } = await begin(work, 'list');
    await grpc.stream(watch, { id }, owner).ended();
    ids.unshift(id);
  }
  const asked = { pageSize: 2, pageToken: '', state: 'failed', kind: 'connection.list' };
  const first = (await grpc.call(list, asked, viewer)).response;
  const second = (await grpc.call(list, { ...asked, pageToken: first?.nextPageToken ?? '' }, viewer)).response;
  expect([first?.totalCount, second?.nextPageToken]).toEqual([3, '']);
  const found = [...(first?.operations ?? []), ...(second?.operations ?? [])];
  expect(found.map(({ id }) => id)).toEqual(ids);
  expect(found[0]?.error?.code).toBe('meshery-core-1000');
  expect((await grpc.call(list, { ...asked, state: 'succeeded' }, viewer)).response?.totalCount).toBe(0);
  expect((await grpc.call(list, { ...asked, state: '', kind: '' }, stranger)).response?.totalCount).toBe(0);
});

test('an operation of others does not exist, and one that stops being theirs ends the stream', async () => {
  const { id } = await begin(untilAborted);
  const missing = { code: status.NOT_FOUND, meshery: 'meshery-core-1002' };
  expect(await grpc.call(get, { id }, stranger)).toEqual(missing);
  expect(await grpc.stream(watch, { id }, stranger).ended()).toEqual(missing);
  expect(await grpc.call(get, { id: randomUUID() }, owner)).toEqual(missing);
  const leaver = await Caller.signUp(server, 'lea', 'viewer');
  const heard = grpc.stream(watch, { id }, leaver);
  await heard.atLeast(1);
  const member = { organizationId: owner.organizationId, userId: leaver.id };
  await server.userData.change((data) => data.memberships.remove(member));
  expect(await heard.ended()).toEqual(missing);
  await grpc.call(cancel, { id }, owner);
});

test('a stream ends with its session', async () => {
  const { id } = await begin(untilAborted);
  const heard = grpc.stream(watch, { id }, viewer);
  await heard.atLeast(1);
  const token = viewer.headers['authorization']?.replace('Bearer ', '') ?? '';
  await server.prepared.security.authority.revoke(await server.prepared.security.authority.verify(token));
  expect(await heard.ended()).toEqual({ code: status.UNAUTHENTICATED, meshery: 'meshery-auth-1201' });
  await grpc.call(cancel, { id }, owner);
});

test.each([
  ['id', () => grpc.call(get, { id: 'x' }, owner)],
  ['id', () => grpc.call(cancel, { id: "'; DROP TABLE operations" }, owner)],
  ['id', () => grpc.stream(watch, { id: '' }, owner).ended()],
  ['state', () => grpc.call(list, { pageSize: 0, pageToken: '', state: 'done', kind: '' }, owner)],
  ['page_size', () => grpc.call(list, { pageSize: -1, pageToken: '', state: '', kind: '' }, owner)],
  ['page_token', () => grpc.call(list, { pageSize: 0, pageToken: '1e9', state: '', kind: '' }, owner)],
])('a wrong %s is refused', async (_field, asked) => {
  expect(await asked()).toEqual({ code: status.INVALID_ARGUMENT, meshery: 'meshery-core-1001' });
});
