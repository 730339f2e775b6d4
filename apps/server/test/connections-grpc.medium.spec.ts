import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { status } from '@grpc/grpc-js';
import { connectionServiceDefinition } from '@meshery/contracts/grpc';
import type { v1Connections } from '@meshery/contracts/grpc';
import { Caller } from './caller.ts';
import { GrpcCaller } from './grpc-caller.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** meshery.v1.ConnectionService, with a server that answers as Prometheus is documented to. */

const { list, get, changeStatus, test: tryOut } = connectionServiceDefinition;
let server: TestServer;
let grpc: GrpcCaller;
let owner: Caller;
let viewer: Caller;
let stranger: Caller;
let far: Server;
let farUrl: string;
beforeAll(async () => {
  far = createServer((request, response) => {
    const isKnown = request.url === '/api/v1/status/buildinfo';
    response.writeHead(isKnown ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ status: 'success', data: { version: '3.5.0' } }));
  });
  await new Promise<void>((resolve) => far.listen(0, '127.0.0.1', resolve));
  farUrl = `http://127.0.0.1:${String((far.address() as AddressInfo).port)}`;
  server = await startTestServer();
  grpc = await GrpcCaller.open(server);
  owner = Caller.owner(server);
  viewer = await Caller.signUp(server, 'vera', 'viewer');
  stranger = await Caller.signUp(server, 'otto', 'admin', 'own');
}, 60_000);
afterAll(async () => {
  grpc.client.close();
  await server.stop();
  await new Promise((resolve) => far.close(resolve));
});

async function make(fields: object = {}): Promise<string> {
  const draft = { name: 'p', kind: 'prometheus', metadata: { url: farUrl } };
  const { status: code, body } = await owner.post('/api/integrations/connections', { ...draft, ...fields });
  expect(code).toBe(201);
  return (body as { id: string }).id;
}

const everything: v1Connections.ConnectionServiceListRequest = {
  ...{ pageSize: 0, pageToken: '', organizationId: '', kinds: [], statuses: [], search: '' },
};
const page = (over: Partial<typeof everything>, by = viewer) => grpc.call(list, { ...everything, ...over }, by);

test('List pages by name and every filter selects what it says', async () => {
  for (const name of ['zeta', 'zebra', 'zenit']) await make({ name, kind: 'github', status: 'ignored' });
  const asked = { search: 'ZE', kinds: ['github', 'x'], statuses: ['ignored'], organizationId: owner.organizationId };
  const first = (await page({ ...asked, pageSize: 2 })).response;
  const second = (await page({ ...asked, pageSize: 2, pageToken: first?.nextPageToken ?? '' })).response;
  const names = [...(first?.connections ?? []), ...(second?.connections ?? [])].map(({ name }) => name);
  expect([names, first?.totalCount, second?.nextPageToken]).toEqual([['zebra', 'zenit', 'zeta'], 3, '']);
  expect((await page({ search: 'ze', statuses: ['connected'] })).response?.totalCount).toBe(0);
  expect((await page({ search: 'ze', kinds: ['kubernetes'] })).response?.totalCount).toBe(0);
  expect((await page({}, stranger)).response?.totalCount).toBe(0);
  expect((await page({ organizationId: owner.organizationId }, stranger)).code).toBe(status.NOT_FOUND);
});

test('Get tells what may follow, and no secret', async () => {
  const id = await make({ credentialSecret: { token: 'hidden-from-all' } });
  const found = await grpc.call(get, { id: id.toUpperCase() }, viewer);
  expect(found.response?.connection).toMatchObject({ id, kind: 'prometheus', status: 'registered', url: farUrl });
  expect(found.response?.connection?.nextStatuses).toEqual(expect.arrayContaining(['connected', 'deleted']));
  expect(JSON.stringify(found)).not.toContain('hidden-from-all');
  const missing = { code: status.NOT_FOUND, meshery: 'meshery-core-1002' };
  expect(await grpc.call(get, { id }, stranger)).toEqual(missing);
  expect(await grpc.call(get, { id: randomUUID() }, owner)).toEqual(missing);
});

test('ChangeStatus moves it on as its life allows, for those who may', async () => {
  const id = await make();
  const move = (to: string, by: Caller | undefined = owner) => grpc.call(changeStatus, { id, status: to }, by);
  expect((await move('connected', viewer)).meshery).toBe('meshery-auth-1202');
  expect((await move('connected', stranger)).code).toBe(status.NOT_FOUND);
  expect(await move('maintenance')).toEqual({ code: status.FAILED_PRECONDITION, meshery: 'meshery-connection-1700' });
  expect((await grpc.call(get, { id }, owner)).response?.connection?.status).toBe('registered');
  const { connection } = (await move('connected')).response ?? {};
  expect(connection).toMatchObject({ id, status: 'connected' });
  expect(connection?.nextStatuses).toContain('disconnected');
  const { body } = await owner.get(`/api/integrations/connections/${id}/history`);
  expect(body).toMatchObject({
    history: expect.arrayContaining([expect.objectContaining({ from: 'registered', to: 'connected', by: owner.id })]),
  });
  expect((await move('deleted')).response?.connection?.status).toBe('deleted');
  expect((await grpc.call(get, { id }, owner)).code).toBe(status.NOT_FOUND);
});

test('Test reaches the far side, for those who may', async () => {
  const id = await make();
  expect((await grpc.call(tryOut, { id }, owner)).response).toEqual({ version: '3.5.0' });
  expect((await grpc.call(tryOut, { id }, viewer)).code).toBe(status.PERMISSION_DENIED);
  const away = await make({ metadata: { url: `${farUrl}/away` } });
  expect(await grpc.call(tryOut, { id: away }, owner)).toEqual({
    code: status.UNAVAILABLE,
    meshery: 'meshery-connection-1702',
  });
});

test('nobody in particular may do anything', async () => {
  const id = await make();
  const refused = { code: status.UNAUTHENTICATED, meshery: 'meshery-auth-1200' };
  expect(await grpc.call(list, everything, undefined)).toEqual(refused);
  expect(await grpc.call(get, { id }, undefined)).toEqual(refused);
  expect(await grpc.call(changeStatus, { id, status: 'deleted' }, undefined)).toEqual(refused);
  expect(await grpc.call(tryOut, { id }, undefined)).toEqual(refused);
});

test.each([
  ['id', () => grpc.call(get, { id: '../1' }, owner)],
  ['status', () => grpc.call(changeStatus, { id: randomUUID(), status: 'on fire' }, owner)],
  ['statuses', () => page({ statuses: ['x'] })],
  ['organization_id', () => page({ organizationId: 'x' })],
  ['page_size', () => page({ pageSize: 101 })],
  ['page_token', () => page({ pageToken: '-1' })],
  ['kinds', () => page({ kinds: ['a\0'] })],
])('a wrong %s is refused', async (_field, asked) => {
  expect(await asked()).toEqual({ code: status.INVALID_ARGUMENT, meshery: 'meshery-core-1001' });
});
