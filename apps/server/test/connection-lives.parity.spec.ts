import { randomUUID } from 'node:crypto';
import { builtInConnectionDefinitions, connectionStatuses, mayFollow, statusOfEvent } from '@meshery/object-model';
import type { Connection, ConnectionStatus } from '@meshery/object-model';
import { Caller } from './caller.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** Every step of every life, as clients ask for it: one kind for each of the three lives. */

const path = '/api/integrations/connections';
const kinds = ['meshery', 'github', 'broker'];
/** Far sides are believed in: what is asked here is the life alone. */
const events: ReadonlyMap<string, string> = new Map(
  Object.entries(statusOfEvent).map(([event, status]) => [status, event]),
);

let server: TestServer;
let owner: Caller;
beforeAll(async () => {
  server = await startTestServer();
  owner = Caller.owner(server);
}, 60_000);
afterAll(() => server.stop());

const definitionOf = (kind: string) => builtInConnectionDefinitions.find((each) => each.kind === kind);

/** One that is in this status, however it came to be there. */
async function inStatus(kind: string, status: ConnectionStatus): Promise<string> {
  const at = new Date().toISOString();
  const { type = '', subType = '' } = definitionOf(kind) ?? {};
  const connection: Connection = {
    ...{ id: randomUUID(), organizationId: owner.organizationId, owner: owner.id, createdAt: at, updatedAt: at },
    ...{ name: 'c', description: '', kind, type, subType, status, url: '', metadata: {}, styles: {} },
    ...{ credentialId: null, origin: 'user', contextId: null, controllersConfig: null },
  };
  await server.userData.change((data) => data.connections.insert(connection));
  return connection.id;
}

async function ask(id: string, kind: string, to: ConnectionStatus) {
  const status = events.get(to);
  if (status === undefined) return owner.put(`${path}/${id}`, { status: to });
  return owner.post(`${path}/register`, { id, kind, status, skipCredentialVerification: true });
}

async function statusOf(id: string): Promise<string> {
  const { status, body } = await owner.get(`${path}/${id}`);
  return status === 404 ? 'deleted' : (body.status as string);
}

const steps = kinds.flatMap((kind) =>
  connectionStatuses
    .filter((from) => from !== 'deleted')
    .flatMap((from) => connectionStatuses.filter((to) => to !== from).map((to) => [kind, from, to] as const)),
);
const isLegal = ([kind, from, to]: (typeof steps)[number]): boolean =>
  mayFollow(definitionOf(kind)?.transitionMap ?? {}, from, to);

test.each(steps.filter(isLegal))('%s: %s may become %s', async (kind, from, to) => {
  const id = await inStatus(kind, from);
  expect((await ask(id, kind, to)).status).toBe(200);
  expect(await statusOf(id)).toBe(to);
  if (to === 'deleted') return;
  const [line] = (await owner.get(`${path}/${id}/history`)).body.history;
  expect(line).toMatchObject({ from, to, by: owner.id, isDone: true });
});

test.each(steps.filter((step) => !isLegal(step)))('%s: %s may not become %s', async (kind, from, to) => {
  const id = await inStatus(kind, from);
  expect(await ask(id, kind, to)).toMatchObject({ status: 409, body: { code: 'meshery-connection-1700' } });
  expect(await statusOf(id)).toBe(from);
  expect((await owner.get(`${path}/${id}/history`)).body.history).toMatchObject([{ from, to, isDone: false }]);
});

test.each([
  ['meshery', 'deleted'],
  ['github', 'deleted'],
  ['broker', 'deleted'],
  ['broker', 'disconnected'],
  ['operator', 'ignored'],
  ['meshsync', 'maintenance'],
] as const)('a new %s is not made as one that is %s', async (kind, status) => {
  const before = (await owner.get(path)).body.totalCount as number;
  const answers = [await owner.post(path, { name: 'c', kind, status })];
  const event = events.get(status);
  if (event !== undefined) answers.push(await owner.post(`${path}/register`, { kind, status: event }));
  for (const { status: http, body } of answers) expect([http, body.code]).toEqual([400, 'meshery-core-1001']);
  expect((await owner.get(path)).body.totalCount).toBe(before);
});
