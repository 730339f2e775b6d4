import { request } from 'node:http';
import type { OutgoingHttpHeaders } from 'node:http';
import { waitUntil } from '@meshery/testing';
import { Providers } from '../src/provider/providers.ts';
import { Caller } from './caller.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** Answers that are given before any handler runs: to nobody but who may have them now. */

let server: TestServer;
let owner: Caller;
let viewer: Caller;
let path: string;
let id: string;
/** How often a handler asked the provider. */
let handled = 0;
beforeAll(async () => {
  server = await startTestServer();
  owner = Caller.owner(server);
  const connections = server.service.app.get(Providers).find('Local')?.connections;
  if (connections === undefined) throw new Error('no Local provider');
  const get = connections.get.bind(connections);
  connections.get = (ctx, asked) => {
    handled += 1;
    return get(ctx, asked);
  };
}, 60_000);
afterAll(() => server.stop());

const draft = { name: 'kept', kind: 'prometheus', status: 'discovered' };

/** A connection that a viewer was answered, and is answered again without its handler. */
beforeEach(async () => {
  const made = await owner.post('/api/integrations/connections', { ...draft, organizationId: owner.organizationId });
  expect(made.status).toBe(201);
  ({ id } = made.body as { readonly id: string });
  path = `/api/integrations/connections/${id}`;
  viewer = await Caller.signUp(server, `vera-${id}`, 'viewer');
  await expectKept(viewer);
});

async function expectKept(by: Caller): Promise<void> {
  // What the server itself writes in between, such as a line of the audit log, makes the next answer a new one.
  await within('an answer that is kept', async () => isKept(by));
}

async function isKept(by: Caller): Promise<boolean> {
  const first = await by.get(path);
  const before = handled;
  const again = await by.get(path);
  expect(again).toEqual(first);
  return again.status === 200 && handled === before;
}

/** Status and code of an answer that must not be the kept one. */
async function refusal(by: Caller): Promise<unknown[]> {
  const { status, body } = await by.get(path);
  return [status, (body as { readonly code?: string }).code];
}

/** Unlike fetch it sends any header, also Host. */
async function statusWith(headers: OutgoingHttpHeaders): Promise<number | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
  const outgoing = request(`${server.url}${path}`, { headers }, (incoming) => {
    incoming.resume().on('end', () => {
      resolve(incoming.statusCode);
    });
  });
  outgoing.on('error', reject).end();
  return promise;
}

const within = (what: string, probe: () => Promise<boolean>): Promise<boolean> =>
  waitUntil({ what, timeoutMs: 60_000 }, probe);

const changeUser = (patch: object): Promise<unknown> =>
  server.userData.change((data) => data.users.update(viewer.id, patch));

test('it is the answer of the handler, headers and all, and is counted and logged like it', async () => {
  const counted = async (): Promise<number> => {
    const text = await (await fetch(`${server.url}/metrics`)).text();
    const line =
      /seconds_count\{method="GET",route="\/api\/integrations\/connections\/:connectionId",status="200"\} (\d+)/;
    return Number(line.exec(text)?.[1]);
  };
  const headersOf = async (): Promise<object> => {
    const { headers } = await fetch(`${server.url}${path}`, { headers: viewer.headers });
    return Object.fromEntries([...headers].filter(([name]) => !['date', 'x-request-id'].includes(name)));
  };
  const settings = { method: 'PUT', headers: { 'content-type': 'application/json' } };
  await server.get('/api/system/log-level', { ...settings, body: '{"level":"debug"}' });
  const [before, logged] = [await counted(), server.lines.length];
  const kept = await headersOf();
  await owner.put(path, { name: 'tpek' });
  expect(await headersOf()).toEqual(kept);
  await within('both are counted', async () => (await counted()) === before + 2);
  const lines = server.lines
    .slice(logged)
    .filter((line) => line.includes('request answered') && line.includes('"GET"'));
  expect(lines.filter((line) => line.includes('connections/:connectionId'))).toHaveLength(2);
  await server.get('/api/system/log-level', { ...settings, body: '{"level":"info"}' });
});

test('not after a change, nor after the removal', async () => {
  await owner.put(path, { name: 'renamed' });
  expect((await viewer.get(path)).body).toMatchObject({ name: 'renamed' });
  await expectKept(viewer);
  await owner.delete(path);
  expect(await refusal(viewer)).toEqual([404, 'meshery-core-1002']);
});

test('not after sign-out', async () => {
  await viewer.post('/api/user/logout');
  expect(await refusal(viewer)).toEqual([401, 'meshery-auth-1201']);
});

test('not once the token has ended', async () => {
  const identity = { userId: viewer.id, name: 'v', provider: 'Local', roles: ['viewer'] };
  let brief = viewer;
  // On a slow machine it is over before it was asked with twice.
  await within('a kept answer to it', async () => {
    brief = new Caller(server, await server.prepared.security.authority.issue(identity, 2000), viewer);
    return isKept(brief);
  });
  await within('the end of the token', async () => (await brief.get(path)).status === 401);
  expect(await refusal(brief)).toEqual([401, 'meshery-auth-1201']);
});

test('not to an account that was set inactive', async () => {
  await owner.put(`/api/identity/users/${viewer.id}`, { status: 'inactive' });
  expect(await refusal(viewer)).toEqual([401, 'meshery-auth-1201']);
});

test('not once the role is gone, however that came to be known', async () => {
  await changeUser({ roles: [] });
  // For a second the sessions of before count, as they do for every handler: nothing else changes after that.
  await viewer.get(path);
  await within('the end of the role', async () => (await viewer.get(path)).status !== 200);
  expect(await refusal(viewer)).toEqual([403, 'meshery-auth-1202']);
});

test('not to who is no longer in the organization, nor to who never was', async () => {
  const stranger = await Caller.signUp(server, `otto-${id}`, 'admin', 'own');
  expect(await refusal(stranger)).toEqual([404, 'meshery-core-1002']);
  await expectKept(viewer);
  const { organizationId } = owner;
  await server.userData.change((data) => data.memberships.remove({ organizationId, userId: viewer.id }));
  expect(await refusal(viewer)).toEqual([404, 'meshery-core-1002']);
});

test('not under the Host of another site, and not without a token, with a false one or with that of another provider', async () => {
  const { authorization = '' } = viewer.headers;
  const cookie = `token=${authorization.slice('Bearer '.length)}`;
  const tries: readonly (readonly [OutgoingHttpHeaders, number])[] = [
    [{ authorization }, 200],
    [{ cookie }, 200],
    [{ authorization, host: 'evil.example' }, 421],
    [{}, 401],
    [{ authorization: `${authorization}x` }, 401],
    [{ cookie: `${cookie}; meshery-provider=Elsewhere` }, 401],
  ];
  for (const [headers, status] of tries) expect([headers, await statusWith(headers)]).toEqual([headers, status]);
});
