import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { designDraft, filterDraft, performanceProfileDraft } from '@meshery/object-model';
import { requestContext } from '@meshery/observability';
import type { RequestContext } from '@meshery/observability';
import { LOGGER } from '@meshery/service';
import { ReferenceProvider, waitUntil } from '@meshery/testing';
import type { Provider, RecordsOf } from '../src/provider/provider.ts';
import { Providers } from '../src/provider/providers.ts';
import { Sessions } from '../src/sessions/sessions.ts';
import { CookieBrowser } from './cookie-browser.ts';
import { knowProvider } from './known-provider.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** What users make, kept by the Local provider and by the reference provider, which is a process of its own. */

const canary = 'canary-51d0c7-secret';
const nowhere = '00000000-0000-4000-8000-0000000000ff';
const page = { page: 0, pageSize: 100 };
const [connections, credentials] = ['/api/integrations/connections', '/api/integrations/credentials'];

type Body = Record<string, unknown> & { readonly id: string };

let provider: ReferenceProvider;
let server: TestServer;
let folder: string;
let far: Server;
let farUrl: string;
const authorizations: unknown[] = [];

async function start(): Promise<TestServer> {
  const started = await startTestServer({ folder, env: { PROVIDER_BASE_URLS: provider.url } });
  await knowProvider(started);
  return started;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meshery-remote-records-'));
  far = createServer((request, response) => {
    authorizations.push(request.headers.authorization);
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ status: 'success', data: { version: '3.5.0' } }));
  });
  await new Promise<void>((resolve) => far.listen(0, '127.0.0.1', resolve));
  farUrl = `http://127.0.0.1:${String((far.address() as AddressInfo).port)}`;
  provider = await ReferenceProvider.start();
  server = await start();
});
afterAll(async () => {
  await server.stop();
  await provider.process.stop();
  await new Promise((resolve) => far.close(resolve));
  await rm(folder, { recursive: true, force: true });
});

/** A user in a browser, at either provider. */
class User extends CookieBrowser {
  static async of(name: string): Promise<User> {
    const user = new User(server.url);
    if (name === 'Local') {
      user.cookies.set('meshery-provider', 'Local').set('token', server.token);
      return user;
    }
    await user.open(`/api/provider?provider=${provider.key}`);
    const asked = await user.open('/user/login');
    await user.open(await provider.fillIn(asked.headers.get('location') ?? '', name));
    return user;
  }

  async send(method: string, path: string, body?: object): Promise<{ readonly status: number; readonly body: Body }> {
    const sent =
      body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    const response = await this.open(path, { method, ...sent });
    const text = await response.text();
    return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as Body };
  }

  async made(path: string, body: object): Promise<Body> {
    const answer = await this.send('POST', path, body);
    expect([200, 201]).toContain(answer.status);
    return answer.body;
  }

  async organizationId(): Promise<string> {
    const { body } = await this.send('GET', '/api/identity/orgs');
    return (body.organizations as Body[])[0]?.id ?? '';
  }

  /** What the server itself has for a request of this user. */
  async port(): Promise<{ readonly ctx: RequestContext; readonly kept: Provider }> {
    const { app } = server.service;
    const credential = { token: this.cookies.get('token') ?? '', provider: this.cookies.get('meshery-provider') };
    const { identity } = await app.get(Sessions).verify(credential);
    const ctx = requestContext({ user: identity, requestId: 'r', logger: app.get(LOGGER), signals: [] });
    return { ctx, kept: app.get(Providers).of(ctx) };
  }

  /** What the provider itself answers to this user's token. */
  async atProvider(path: string, made?: object): Promise<Body> {
    const headers = { authorization: `bearer ${this.cookies.get('token') ?? ''}`, 'content-type': 'application/json' };
    const sent = made === undefined ? {} : { method: 'POST', body: JSON.stringify(made) };
    return (await fetch(`${provider.url}${path}`, { headers, ...sent })).json() as Promise<Body>;
  }

  /** The same browser at another address. */
  at(url: string): User {
    const moved = new User(url);
    for (const [name, value] of this.cookies) moved.cookies.set(name, value);
    return moved;
  }
}

const ids = (rows: unknown): readonly string[] => (rows as Body[]).map(({ id }) => id);

describe.each([['Local'], ['ada']])('kept for %s', (name) => {
  let user: User;
  beforeAll(async () => {
    user = await User.of(name);
  });

  test('credentials are written with their secret and read without it', async () => {
    const made = await user.made(credentials, { name: 'first', type: 'token', secret: { secret: canary } });
    const one = `${credentials}/${made.id}`;
    expect((await user.send('GET', one)).body).toEqual(made);
    const changed = await user.send('PUT', credentials, {
      id: made.id,
      name: 'second',
      secret: { secret: `${canary}2` },
    });
    expect(changed.body).toMatchObject({ id: made.id, name: 'second', type: 'token' });
    const list = await user.send('GET', `${credentials}?search=SECOND`);
    expect(ids(list.body.credentials)).toEqual([made.id]);
    expect(JSON.stringify([made, changed, list])).not.toMatch(/canary|"secret"|sealed/);
    const { ctx, kept } = await user.port();
    expect(await kept.credentials.open(ctx, made.id)).toEqual({ secret: `${canary}2` });
    expect((await user.send('DELETE', `${credentials}?credentialId=${made.id}`)).status).toBe(204);
    expect((await user.send('GET', one)).status).toBe(404);
    expect(server.lines.join('')).not.toContain(canary);
  });

  test('connections sign in with their credential, and go through their life', async () => {
    const draft = { name: 'far', kind: 'prometheus', url: farUrl, status: 'discovered' };
    const { id, ...made } = await user.made(connections, { ...draft, credentialSecret: { secret: canary } });
    expect(made).toMatchObject({ ...draft, type: 'telemetry' });
    const one = `${connections}/${id}`;
    expect((await user.send('POST', `${one}/ping`)).body).toEqual({ version: '3.5.0' });
    expect(authorizations.at(-1)).toBe(`Bearer ${canary}`);
    expect((await user.send('PUT', one, { status: 'connected', name: 'near' })).body).toMatchObject({
      status: 'connected',
      name: 'near',
      url: farUrl,
    });
    expect((await user.send('PUT', one, { status: 'discovered' })).body.code).toBe('meshery-connection-1700');
    const { history } = (await user.send('GET', `${one}/history`)).body;
    expect((history as Body[]).map(({ to, from, isDone }) => [from, to, isDone])).toEqual([
      ['connected', 'discovered', false],
      ['registered', 'connected', true],
      ['discovered', 'registered', true],
      [null, 'discovered', true],
    ]);
    expect((await user.send('DELETE', one)).status).toBe(200);
    expect((await user.send('GET', one)).status).toBe(404);
  });

  test('connections are listed by kind, status and name', async () => {
    const drafts = [
      { name: 'b', kind: 'grafana', status: 'discovered' },
      { name: 'a', kind: 'grafana', status: 'ignored' },
      { name: 'c', kind: 'prometheus', status: 'discovered' },
    ];
    const made = await Promise.all(drafts.map((draft) => user.made(connections, draft)));
    const [b = '', a = '', c = ''] = ids(made);
    const listed = async (query: string) => (await user.send('GET', `${connections}?${query}`)).body;
    expect(ids((await listed('kind=["grafana"]&order=name%20asc')).connections)).toEqual([a, b]);
    expect(await listed('kind=["grafana"]&order=name%20asc&pagesize=1&page=1')).toMatchObject({
      totalCount: 2,
      connections: [{ id: b }],
    });
    expect(ids((await listed('status=["ignored"]')).connections)).toEqual([a]);
    expect(await listed('name=c')).toMatchObject({
      connections: [{ id: c }],
      statusSummary: { discovered: 2, ignored: 1 },
    });
    for (const id of [a, b, c]) await user.send('DELETE', `${connections}/${id}`);
    expect(await listed('')).toMatchObject({ totalCount: 0, statusSummary: {} });
  });

  test('events are listed by what they are, counted, marked and removed', async () => {
    const events = '/api/system/events';
    const about = { category: `of-${name}`, description: 'made by a test' };
    const made = [
      await user.made(events, { ...about, action: 'run', severity: 'error' }),
      await user.made(events, { ...about, action: 'stop' }),
    ];
    const [first = '', second = ''] = ids(made);
    const listed = async (query: string) => (await user.send('GET', `${events}?category=["of-${name}"]&${query}`)).body;
    const all = await listed('');
    expect(all).toMatchObject({ totalCount: 2, events: [{ id: second }, { id: first, status: 'unread' }] });
    expect(all.countBySeverityLevel).toContainEqual({ severity: 'error', count: 1 });
    expect(ids((await listed('severity=["error"]')).events)).toEqual([first]);
    const types = (await user.send('GET', `${events}/types`)).body as unknown as object[];
    expect(types).toEqual(expect.arrayContaining([{ category: about.category, action: 'run' }]));
    expect((await user.send('PUT', `${events}/status/bulk`, { ids: [first, nowhere], status: 'read' })).status).toBe(
      404,
    );
    expect(ids((await listed('status=read')).events)).toEqual([]);
    expect((await user.send('PUT', `${events}/status/${first}`, { status: 'read' })).status).toBe(200);
    expect(await listed('status=read')).toMatchObject({ readCount: 1, events: [{ id: first, status: 'read' }] });
    expect((await user.send('DELETE', `${events}/bulk`, { ids: [first, second] })).status).toBe(204);
    expect((await listed('')).totalCount).toBe(0);
  });

  test('environments have connections, workspaces have designs', async () => {
    const { ctx, kept } = await user.port();
    const organizationId = await user.organizationId();
    const design = await kept.designs.create(
      ctx,
      designDraft.parse({ organizationId, name: 'd', visibility: 'public' }),
    );
    const environment = await user.made('/api/environments', { name: 'e', organizationId });
    const workspace = await user.made('/api/workspaces', { name: 'w', organizationId });
    const connection = await user.made(connections, { name: 'held', kind: 'grafana' });
    for (const [holder, many, other] of [
      [`/api/environments/${environment.id}`, 'connections', connection.id],
      [`/api/workspaces/${workspace.id}`, 'designs', design.id],
    ] as const) {
      const list = `${holder}/${many}`;
      expect(ids((await user.send('POST', `${list}/${other}`)).body[many])).toEqual([other]);
      expect(ids((await user.send('GET', `${list}?filter={"assigned":false}`)).body[many])).not.toContain(other);
      expect((await user.send('DELETE', `${list}/${other}`)).status).toBe(204);
      expect(ids((await user.send('GET', list)).body[many])).toEqual([]);
      expect((await user.send('DELETE', `${list}/${other}`)).status).toBe(404);
    }
    await user.send('DELETE', `${connections}/${connection.id}`);
  });

  test('people, organizations and keys are those of the provider', async () => {
    const { body: self } = await user.send('GET', '/api/user');
    const { body: people } = await user.send('GET', '/api/identity/users');
    expect(ids(people.users ?? people.data)).toContain(self.id);
    expect((await user.send('GET', `/api/user/profile/${self.id}`)).body).toMatchObject({ id: self.id });
    const keys = await user.send('GET', `/api/identity/orgs/${await user.organizationId()}/users/keys`);
    expect([keys.status, Array.isArray(keys.body.keys)]).toEqual([200, true]);
  });

  test('filters, profiles, results, schedules and what designs made are kept by one mechanism', async () => {
    const { ctx, kept } = await user.port();
    const { records } = kept;
    const organizationId = await user.organizationId();
    const design = await kept.designs.create(
      ctx,
      designDraft.parse({ organizationId, name: 'o', visibility: 'public' }),
    );
    const given = { name: 'p', endpoints: ['http://a.example/'], duration: '30s' };
    const profile = await roundTrip(records.performanceProfiles, ctx, performanceProfileDraft.parse(given), { qps: 7 });
    const cron = { name: 's', cronExpression: '0 4 * * *', lastRun: null, nextRun: null };
    await roundTrip(records.schedules, ctx, cron, { cronExpression: '0 5 * * *' });
    const found = { name: 'r', mesh: '', testId: 't', testStartTime: '2026-01-05T03:00:00.000Z' };
    const measured = { runnerResults: { p99: 0.5 }, serverMetrics: {}, serverBoardConfig: {} };
    const result = { ...found, ...measured, performanceProfile: profile };
    await roundTrip(records.performanceResults, ctx, result, { mesh: 'linkerd' });
    const filter = filterDraft.parse({ name: 'f', organizationId, filterFile: 'AGFzbQ==' });
    await roundTrip(records.filters, ctx, filter, { filterFile: 'AGFzbQEAAAA=' });
    const pod = { designId: design.id, name: 'x', namespace: 'shop', type: 'Pod', oamType: '', deleted: false };
    await roundTrip(records.patternResources, ctx, pod, { deleted: true });
  });

  /** Keeps, reads, changes and lists one, and removes another; the id of what stays. */
  async function roundTrip<Item extends { readonly id: string }, Draft extends object>(
    records: RecordsOf<Item, Draft>,
    ctx: RequestContext,
    draft: Draft,
    change: Partial<Draft>,
  ): Promise<string> {
    const [{ id }, gone] = [await records.create(ctx, draft), await records.create(ctx, draft)];
    expect(await records.get(ctx, id)).toMatchObject({ ...draft, id, owner: ctx.user.userId });
    expect(await records.update(ctx, id, change)).toMatchObject({ ...draft, ...change, id });
    await records.remove(ctx, gone.id);
    await expect(records.get(ctx, gone.id)).rejects.toMatchObject({ code: 'meshery-core-1002' });
    await expect(records.remove(ctx, gone.id)).rejects.toMatchObject({ code: 'meshery-core-1002' });
    const { items, totalCount } = await records.page(ctx, {}, page);
    expect([totalCount, items]).toEqual([1, [expect.objectContaining({ ...draft, ...change, id })]]);
    return id;
  }
});

test('records of a user of the Local provider are theirs alone, and go with their account', async () => {
  const owner = await User.of('Local');
  const { ctx, kept } = await owner.port();
  const organizationId = await owner.organizationId();
  const person = { name: 'una', role: 'editor', organizationId };
  const { id: userId } = await owner.made('/api/identity/users', person);
  const una = { ...ctx, user: { ...ctx.user, userId } };
  const { schedules, performanceProfiles, patternResources } = kept.records;
  const cron = { name: 's', cronExpression: '0 4 * * *', lastRun: null, nextRun: null };
  const { id } = await schedules.create(una, cron);
  const given = { name: 'p', endpoints: ['http://a.example/'], duration: '30s', schedule: id };
  const profile = await performanceProfiles.create(una, performanceProfileDraft.parse(given));
  for (const change of [
    () => schedules.get(ctx, id),
    () => schedules.update(ctx, id, { name: 'x' }),
    () => schedules.remove(ctx, id),
    () => performanceProfiles.get(ctx, profile.id),
    () => patternResources.get(ctx, id),
  ]) {
    await expect(change()).rejects.toMatchObject({ code: 'meshery-core-1002' });
  }
  expect(ids((await schedules.page(ctx, {}, page)).items)).not.toContain(id);
  expect(ids((await schedules.page(una, {}, page)).items)).toEqual([id]);
  expect((await owner.send('DELETE', `/api/identity/users/${userId}`)).status).toBe(204);
  expect((await schedules.page(una, {}, page)).totalCount).toBe(0);
  expect((await performanceProfiles.page(una, {}, page)).totalCount).toBe(0);
});

test('a connection signs in with a credential of its own organization only', async () => {
  const user = await User.of('ada');
  const draft = { name: 'c', kind: 'grafana', credentialId: nowhere };
  expect((await user.send('POST', connections, draft)).status).toBe(404);
  const elsewhere = { name: 'k', type: 'grafana', secret: {}, organizationId: nowhere };
  const { id: credentialId } = await user.made(credentials, elsewhere);
  expect((await user.send('POST', connections, { ...draft, credentialId })).status).toBe(404);
});

test('what the server works with by itself is not taken, and not believed', async () => {
  const user = await User.of('ada');
  const refused = await user.send('POST', connections, { name: 'k', kind: 'kubernetes' });
  expect([refused.status, refused.body.code]).toEqual([404, 'meshery-provider-2000']);
  const { id } = await user.atProvider('/integrations/connections', {
    name: 'k',
    kind: 'kubernetes',
    status: 'connected',
  });
  expect((await user.send('GET', `${connections}/${id}`)).status).toBe(404);
  expect((await user.send('DELETE', `${connections}/${id}`)).status).toBe(404);
  expect(ids((await user.send('GET', `${connections}?pagesize=100`)).body.connections)).not.toContain(id);
});

test('events of a remote provider have no positions', async () => {
  const user = await User.of('ada');
  const path = '/api/system/events';
  await user.made(path, { category: 'c', action: 'run', description: 'made by a test' });
  const first = await user.send('GET', `${path}?pagesize=1`);
  expect([first.status, first.body.next]).toEqual([200, undefined]);
  const after = await user.send('GET', `${path}?pagesize=1&after=1`);
  expect([after.status, after.body.code]).toEqual([404, 'meshery-provider-2000']);
});

test('who may only read changes nothing', async () => {
  const viewer = await User.of('vic');
  const credential = { name: 'k', type: 'token', secret: { secret: canary } };
  expect((await viewer.send('POST', credentials, credential)).status).toBe(403);
  expect((await viewer.send('POST', connections, { name: 'c', kind: 'grafana' })).status).toBe(403);
  expect((await viewer.send('GET', connections)).status).toBe(200);
});

describe('what a user made', () => {
  /** Where each of them is read here, and kept there. */
  const made: (readonly [path: string, kept: string])[] = [];
  let user: User;
  beforeAll(async () => {
    user = await User.of('ada');
    const credential = await user.made(credentials, { name: 'k', type: 'token', secret: { secret: canary } });
    const connection = await user.made(connections, { name: 'c', kind: 'grafana', credentialId: credential.id });
    const environment = await user.made('/api/environments', {
      name: 'e',
      organizationId: await user.organizationId(),
    });
    await user.made('/api/system/events', { category: 'kept', action: 'run', description: 'made by a test' });
    made.push(
      [`${credentials}/${credential.id}`, `/integrations/credentials/${credential.id}`],
      [`${connections}/${connection.id}`, `/integrations/connections/${connection.id}`],
      [`/api/environments/${environment.id}`, `/environments/${environment.id}`],
      ['/api/system/events?category=["kept"]', '/events'],
    );
  });
  const read = (): Promise<readonly (readonly [number, Body])[]> =>
    Promise.all(
      made.map(async ([path]) => {
        const { status, body } = await user.send('GET', path);
        return [status, body] as const;
      }),
    );

  test('is at the provider with its secret, and nowhere here', async () => {
    const kept = await Promise.all(made.map(([, path]) => user.atProvider(path)));
    expect(kept[0]).toMatchObject({ name: 'k', secret: { secret: canary } });
    expect(kept[1]).toMatchObject({ name: 'c', kind: 'grafana', status: 'registered' });
    expect(JSON.stringify(kept[3])).toContain('"category":"kept"');
    const tables = ['credentials', 'connections', 'environments'] as const;
    const ofAda = kept.flatMap(({ id }) => (typeof id === 'string' ? [id] : []));
    for (const table of tables) {
      const rows = await server.userData.read<readonly { readonly id: string }[]>((data) => data[table].all({}));
      expect(ids(rows).filter((id) => ofAda.includes(id))).toEqual([]);
    }
  });

  test('is all there after the files of the server are gone', async () => {
    const before = await read();
    expect(before.map(([status]) => status)).toEqual([200, 200, 200, 200]);
    await server.stop();
    const files = await readdir(folder);
    expect(files).toEqual(expect.arrayContaining(['meshery.db']));
    await Promise.all(files.map((file) => rm(join(folder, file), { recursive: true })));
    server = await start();
    user = user.at(server.url);
    expect(await read()).toEqual(before);
  });

  test('waits for a provider that is away: 503, and the session is kept', async () => {
    provider.process.process.freeze();
    try {
      const answers = await read();
      expect(answers.map(([status, { code }]) => [status, code])).toEqual(
        made.map(() => [503, 'meshery-provider-2001']),
      );
      const { status, body } = await user.send('POST', connections, { name: 'lost', kind: 'grafana' });
      expect([status, body.code]).toEqual([503, 'meshery-provider-2001']);
      expect(user.cookies.has('token')).toBe(true);
    } finally {
      provider.process.process.thaw();
    }
    await waitUntil({ what: 'all of it again', timeoutMs: 60_000 }, async () =>
      (await read()).every(([status]) => status === 200),
    );
  });
});
