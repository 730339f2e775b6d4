import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { subscribe, waitUntil } from '@meshery/testing';
import type { SentEvent, Subscription } from '@meshery/testing';
import { RefusalLog } from '../src/audit/refusal-log.ts';
import { Caller } from './caller.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** Events and the audit log over REST and as streams, for their owner, colleagues with lesser roles, and strangers. */

const path = '/api/system/events';
let server: TestServer;
let owner: Caller;
let viewer: Caller;
let stranger: Caller;
beforeAll(async () => {
  server = await startTestServer({ env: { MESHERY_HEARTBEAT_MS: '100', MESHERY_MAX_CLIENT_BUFFER: '262144' } });
  owner = Caller.owner(server);
  viewer = await Caller.signUp(server, 'vera', 'viewer');
  stranger = await Caller.signUp(server, 'otto', 'admin', 'own');
}, 60_000);
afterAll(() => server.stop());

const json = (value: unknown): string => encodeURIComponent(JSON.stringify(value));

/** Makes events of a category of their own, so that tests do not see each other's. */
async function post(category: string, fields: object = {}, by = owner): Promise<string> {
  const { status, body } = await by.post(path, {
    category,
    action: 'create',
    description: `made in ${category}`,
    organization_id: by.organizationId,
    ...fields,
  });
  expect(status).toBe(201);
  return (body as { id: string }).id;
}

const descriptions = (body: { events: { description: string }[] }): string[] =>
  body.events.map(({ description }) => description);

describe('POST /api/system/events', () => {
  test('keeps an event that GET lists in both spellings', async () => {
    const draft = {
      actedUpon: randomUUID(),
      action: 'view',
      category: 'post',
      description: 'seen',
      metadata: { summary: 's' },
      operationId: randomUUID(),
      severity: 'warning',
      organizationId: owner.organizationId,
    };
    const made = await owner.post(path, { ...draft, owner: stranger.id, id: randomUUID(), status: 'read' });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ ...draft, acted_upon: draft.actedUpon, owner: owner.id, status: 'unread' });
    const { body } = await owner.get(`${path}?category=${json(['post'])}`);
    expect(body.events).toEqual([made.body]);
    expect(body.events[0].systemId).toMatch(/^[0-9a-f-]{36}$/);
    expect(Date.parse(body.events[0].createdAt)).toBeGreaterThan(Date.now() - 60_000);
  });

  test.each([
    ['no category', { category: undefined }],
    ['an unknown severity', { severity: 'bad' }],
    ['an id that is none', { actedUpon: 'x' }],
    ['an action that is no word', { action: 'a b>*' }],
    ['metadata that is no object', { metadata: 'x' }],
    ['metadata that is too large', { metadata: { a: 'x'.repeat(20_000) } }],
  ])('refuses %s', async (_what, fields) => {
    const { status, body } = await owner.post(path, { category: 'bad', action: 'create', ...fields });
    expect([status, body.code]).toEqual([400, 'meshery-core-1001']);
    expect((await owner.get(`${path}?category=${json(['bad'])}`)).body.totalCount).toBe(0);
  });

  test('is for those who may write in the organization', async () => {
    const draft = { category: 'bad', action: 'create', organizationId: owner.organizationId };
    expect((await viewer.post(path, draft)).body.code).toBe('meshery-auth-1202');
    expect((await stranger.post(path, draft)).body.code).toBe('meshery-core-1002');
  });
});

describe('GET /api/system/events', () => {
  test('every filter selects what it says', async () => {
    const actedUpon = randomUUID();
    const id = await post('filters', { severity: 'error', action: 'deploy', description: 'one 50%', actedUpon });
    await post('filters', { description: 'two' });
    await owner.put(`${path}/status/${id}`, { status: 'read' });
    const mine = `category=${json(['filters', 'x'])}`;
    for (const query of [
      `severity=${json(['error'])}`,
      `action=${json(['deploy', 'undeploy'])}`,
      `actedUpon=${json([actedUpon.toUpperCase()])}`,
      'status=read',
      `search=${encodeURIComponent('0%')}`,
    ]) {
      expect(descriptions((await owner.get(`${path}?${mine}&${query}`)).body)).toEqual(['one 50%']);
    }
    const all = await owner.get(`${path}?${mine}&order=created_at&sort=asc&severity=[]&action=`);
    expect(descriptions(all.body)).toEqual(['one 50%', 'two']);
    expect(descriptions((await owner.get(`${path}?${mine}&order=severity%20desc`)).body)).toEqual(['two', 'one 50%']);
  });

  test('pages by number and by position', async () => {
    for (const description of ['a', 'b', 'c']) await post('pages', { description });
    const mine = `${path}?category=${json(['pages'])}&pagesize=2`;
    const first = await owner.get(mine);
    expect(first.body).toMatchObject({ page: 0, pageSize: 2, page_size: 2, totalCount: 3, total_count: 3 });
    expect(descriptions(first.body)).toEqual(['c', 'b']);
    expect(descriptions((await owner.get(`${mine}&page=1`)).body)).toEqual(['a']);
    await post('pages', { description: 'd' });
    const rest = await owner.get(`${mine}&after=${String(first.body.next)}`);
    expect([descriptions(rest.body), rest.body.next]).toEqual([['a'], undefined]);
    const upwards = await owner.get(`${mine}&order=created_at%20asc&after=${String(first.body.next)}`);
    expect(descriptions(upwards.body)).toEqual(['c', 'd']);
  });

  test('counts what the user has read, and the unread by severity', async () => {
    const fresh = await Caller.signUp(server, 'cora', 'admin', 'own');
    const [id] = [await post('c', { severity: 'error' }, fresh), await post('c', { severity: 'error' }, fresh)];
    await post('c', {}, fresh);
    await fresh.put(`${path}/status/${id}`, { status: 'read' });
    const { body } = await fresh.get(`${path}?search=nothing-of-it`);
    expect(body).toMatchObject({ totalCount: 0, readCount: 1, read_count: 1 });
    expect(body.countBySeverityLevel).toEqual([
      { severity: 'error', count: 1 },
      { severity: 'informational', count: 1 },
    ]);
  });

  test.each([
    'category=connection',
    'category={"a":1}',
    'action=[1]',
    'severity=["bad"]',
    'actedUpon=["x"]',
    'status=seen',
    'after=-1',
    'after=1&page=0',
    'after=1&order=severity',
    'order=metadata',
    'order=(SELECT 1)',
    'sort=up',
    'page=x',
    'pagesize=0',
    'search=a%00b',
    `category=${json(Array.from({ length: 101 }, () => 'x'))}`,
  ])('GET ?%s is refused and names the parameter', async (query) => {
    const { status, body } = await owner.get(`${path}?${query}`);
    expect([status, body.code]).toEqual([400, 'meshery-core-1001']);
    expect(body.error).toContain(query.split('=')[0]);
  });

  test('an organization’s events are its members’, and those of nobody’s organization are their owner’s', async () => {
    await post('seen');
    await post('seen', { organization_id: undefined, description: 'mine' });
    const of = async (who: Caller): Promise<string[]> =>
      descriptions((await who.get(`${path}?category=${json(['seen'])}`)).body);
    expect([await of(owner), await of(viewer), await of(stranger)]).toEqual([
      ['mine', 'made in seen'],
      ['made in seen'],
      [],
    ]);
  });

  test('a change of a record is an event of its organization', async () => {
    const { body } = await owner.post('/api/environments', { name: 'noted', organizationId: owner.organizationId });
    const events = (await viewer.get(`${path}?actedUpon=${json([body.id])}`)).body.events;
    expect(events).toMatchObject([{ category: 'environment', action: 'create', owner: owner.id, status: 'unread' }]);
    expect(events[0].description).toContain('noted');
  });
});

test('GET /api/system/events/types lists the kinds that the user sees', async () => {
  await post('typed', { action: 'verify' });
  expect((await viewer.get(`${path}/types`)).body).toContainEqual({ category: 'typed', action: 'verify' });
  expect((await stranger.get(`${path}/types`)).body).not.toContainEqual({ category: 'typed', action: 'verify' });
});

describe('status', () => {
  const statusOf = async (who: Caller, category: string): Promise<string[]> =>
    (await who.get(`${path}?category=${json([category])}`)).body.events.map(({ status }: { status: string }) => status);

  test('PUT status/{id} marks one event for its reader alone, viewers too', async () => {
    const id = await post('one');
    expect((await viewer.put(`${path}/status/${id}`, { status: 'read' })).body).toEqual({ id, status: 'read' });
    expect([await statusOf(viewer, 'one'), await statusOf(owner, 'one')]).toEqual([['read'], ['unread']]);
    await viewer.put(`${path}/status/${id}`, { status: 'unread' });
    expect(await statusOf(viewer, 'one')).toEqual(['unread']);
    expect((await owner.put(`${path}/status/${id}`, { status: 'seen' })).status).toBe(400);
    expect((await owner.put(`${path}/status/x`, { status: 'read' })).status).toBe(400);
    expect((await stranger.put(`${path}/status/${id}`, { status: 'read' })).status).toBe(404);
  });

  test('PUT status/bulk marks all or none', async () => {
    const ids = [await post('many'), await post('many')];
    expect((await owner.put(`${path}/status/bulk`, { ids: [...ids, randomUUID()], status: 'read' })).status).toBe(404);
    expect(await statusOf(owner, 'many')).toEqual(['unread', 'unread']);
    expect((await owner.put(`${path}/status/bulk`, { ids, status: 'read' })).status).toBe(200);
    expect(await statusOf(owner, 'many')).toEqual(['read', 'read']);
    for (const body of [{ ids: [], status: 'read' }, { ids: ['x'], status: 'read' }, { ids }, []])
      expect((await owner.put(`${path}/status/bulk`, body)).status).toBe(400);
  });
});

describe('DELETE', () => {
  test('removes one event', async () => {
    const id = await post('gone');
    expect((await viewer.delete(`${path}/${id}`)).status).toBe(403);
    expect((await stranger.delete(`${path}/${id}`)).status).toBe(404);
    expect((await owner.delete(`${path}/${id}`)).status).toBe(204);
    expect((await owner.delete(`${path}/${id}`)).status).toBe(404);
    expect((await owner.delete(`${path}/not-an-id`)).status).toBe(400);
  });

  test('bulk removes all or none', async () => {
    const ids = [await post('bulk'), await post('bulk')];
    expect((await owner.delete(`${path}/bulk`, { ids: [...ids, randomUUID()] })).status).toBe(404);
    expect((await owner.get(`${path}?category=${json(['bulk'])}`)).body.totalCount).toBe(2);
    expect((await owner.delete(`${path}/bulk`, { ids })).status).toBe(204);
    expect((await owner.get(`${path}?category=${json(['bulk'])}`)).body.totalCount).toBe(0);
    expect((await owner.delete(`${path}/bulk`, { ids: 'all' })).status).toBe(400);
  });
});

test('GET and PUT /api/system/events/config show and change how much is logged', async () => {
  const before = (await viewer.get(`${path}/config`)).body;
  expect(before).toMatchObject({ eventLogLevel: 'info', event_log_level: 'info' });
  const editor = await Caller.signUp(server, 'edda', 'editor');
  expect((await editor.put(`${path}/config`, { eventLogLevel: 'debug' })).status).toBe(403);
  expect((await owner.put(`${path}/config`, { event_log_level: 'loud' })).status).toBe(400);
  expect((await owner.put(`${path}/config`, { event_log_level: ' WARN ' })).body.eventLogLevel).toBe('warn');
  expect((await owner.get(`${path}/config`)).body.event_log_level).toBe('warn');
  expect((await owner.put(`${path}/config`, { eventLogLevel: 'info' })).status).toBe(200);
});

describe('streams', () => {
  interface Listening {
    readonly events: SentEvent[];
    readonly stream: Subscription;
    /** Descriptions of the events of a category so far. */
    heard(category: string): string[];
  }

  async function listen(who: Caller, headers: Record<string, string> = {}): Promise<Listening> {
    const events: SentEvent[] = [];
    const stream = await subscribe(`${server.url}${path}/subscribe`, { ...who.headers, ...headers }, (event) =>
      events.push(event),
    );
    const heard = (category: string): string[] =>
      events
        .map(({ data }) => JSON.parse(data) as { category: string; description: string })
        .filter((event) => event.category === category)
        .map(({ description }) => description);
    return { events, stream, heard };
  }

  const until = (what: string, condition: () => boolean): Promise<unknown> =>
    waitUntil({ what, timeoutMs: 60_000, everyMs: 5 }, condition);

  function open(url: string, who = owner): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const outgoing = request(`${server.url}${url}`, { headers: who.headers }, resolve);
      outgoing.on('error', reject);
      outgoing.end();
    });
  }

  test('GET subscribe sends new events unnamed, each to those who may see it, with keepalives between', async () => {
    const [own, colleague, foreign] = [await listen(owner), await listen(viewer), await listen(stranger)];
    const raw = await open(`${path}/subscribe`, stranger);
    let text = '';
    raw.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    await post('live', { description: 'shared' });
    await post('live', { description: 'private', organization_id: undefined });
    await post('live', { description: 'theirs' }, stranger);
    await until('the events', () => own.heard('live').length === 2 && foreign.heard('live').length === 1);
    await post('live', { description: 'last' });
    await until('the last', () => own.heard('live').length === 3 && colleague.heard('live').length === 2);
    expect([own.heard('live'), colleague.heard('live'), foreign.heard('live')]).toEqual([
      ['shared', 'private', 'last'],
      ['shared', 'last'],
      ['theirs'],
    ]);
    const listed = (await owner.get(`${path}?category=${json(['live'])}`)).body.events[0];
    expect(JSON.parse(own.events.at(-1)?.data ?? '')).toEqual(listed);
    await until('a keepalive', () => text.includes('\n: keepalive\n'));
    expect([text.includes('event:'), raw.headers['cache-control'], raw.headers['x-accel-buffering']]).toEqual([
      false,
      'no-cache',
      'no',
    ]);
    raw.destroy();
    for (const { stream } of [own, colleague, foreign]) stream.close();
  });

  test('somebody who was removed from an organization hears no more of it', async () => {
    const leaver = await Caller.signUp(server, 'lea', 'editor');
    const { stream, heard } = await listen(leaver);
    await post('left', { description: 'before' });
    await until('the first', () => heard('left').length === 1);
    await server.userData.change((data) => data.memberships.remove({ userId: leaver.id }));
    const stays = await listen(owner);
    let said = 0;
    await waitUntil({ what: 'silence', timeoutMs: 60_000, everyMs: 50 }, async () => {
      said += 1;
      const before = heard('left').length;
      await post('left', { description: `after ${String(said)}` });
      await until('the colleague’s', () => stays.heard('left').length === said);
      return heard('left').length === before;
    });
    stream.close();
    stays.stream.close();
  });

  test('Last-Event-ID resumes behind the last event that was heard', async () => {
    const before = await listen(owner);
    await post('resumed', { description: '1' });
    await until('the first', () => before.heard('resumed').length === 1);
    const id = before.events.at(-1)?.id ?? '';
    before.stream.close();
    for (const description of ['2', '3']) await post('resumed', { description });
    const again = await listen(owner, { 'last-event-id': id });
    const foreign = await listen(stranger, { 'last-event-id': id });
    await until('what was missed', () => again.heard('resumed').length === 2);
    await post('resumed', { description: '4' });
    await until('what is new', () => again.heard('resumed').length === 3);
    expect([again.heard('resumed'), foreign.heard('resumed')]).toEqual([['2', '3', '4'], []]);
    const bad = await fetch(`${server.url}${path}/subscribe`, { headers: { ...owner.headers, 'last-event-id': 'x' } });
    expect(bad.status).toBe(400);
    again.stream.close();
    foreign.stream.close();
  });

  test('nothing is lost while events are written', async () => {
    const writing = (async () => {
      for (let index = 0; index < 60; index += 1) await post('busy', { description: String(index) });
    })();
    const heard: string[] = [];
    let last = '0';
    while (heard.length < 60) {
      const part = await listen(owner, { 'last-event-id': last });
      await until('more', () => part.heard('busy').length > 0);
      part.stream.close();
      await part.stream.ended;
      heard.push(...part.heard('busy'));
      last = part.events.at(-1)?.id ?? last;
    }
    await writing;
    expect(heard).toEqual(Array.from({ length: 60 }, (_none, index) => String(index)));
  });

  test('a client that does not read is cut with a code, and the others go on', async () => {
    const other = await listen(owner);
    const slow = await open(`${path}/subscribe`, owner);
    slow.pause();
    slow.on('error', () => undefined);
    const isCut = (): boolean => server.lines.some((line) => line.includes('meshery-core-1010'));
    for (let index = 0; index < 200 && !isCut(); index += 1)
      await post('slow', { metadata: { padding: '€'.repeat(16_000) } });
    await until('the cut', isCut);
    await post('slow', { description: 'still here' });
    await until('the last', () => other.heard('slow').includes('still here'));
    const closed = new Promise((resolve) => slow.once('close', resolve));
    slow.resume();
    await closed;
    other.stream.close();
  });

  test('GET /api/events tells the command line how its operation went, in lines that end with LF', async () => {
    const incoming = await open('/api/events?client=cli_deploy');
    let text = '';
    incoming.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    const operationId = randomUUID();
    await post('istio', { action: 'verify', description: 'not for deploy' });
    await post('istio', { action: 'deploy', description: 'done', metadata: { details: 'istio' }, operationId });
    await post('istio', { action: 'undeploy', description: 'no', severity: 'error' });
    await until('both', () => text.split('data:').length === 3);
    const data = [...text.matchAll(/^data: (.*)$/gm)].map(([, line = '']) => JSON.parse(line) as unknown);
    expect(data).toEqual([
      { summary: 'done', details: 'istio', operation_id: operationId },
      { summary: 'error: no', details: '', operation_id: '' },
    ]);
    expect(
      text.includes('\r') || text.split('\n').some((line) => !/^(|:.*|(data|id|event|retry):.*)$/.test(line)),
    ).toBe(false);
    incoming.destroy();
    expect((await owner.get('/api/events?client=ui')).status).toBe(400);
  });
});

describe('the audit log', () => {
  const lines = async (
    who: Caller,
  ): Promise<{ action: string; decision: string; reason: string; objectId: string; userId: string }[]> => {
    await server.service.app.get(RefusalLog, { strict: false }).settled();
    return (await who.get('/api/system/audit?pagesize=1000')).body.lines;
  };

  test('holds who changed what, for those who administer the organization', async () => {
    const { body } = await owner.post('/api/environments', { name: 'audited', organizationId: owner.organizationId });
    await owner.delete(`/api/environments/${body.id}`);
    const about = (list: { objectId: string }[]) => list.filter(({ objectId }) => objectId === body.id);
    expect(about(await lines(owner))).toMatchObject([
      { action: 'environment.create', decision: 'allowed', userId: owner.id, userName: 'Meshery' },
      { action: 'environment.delete', decision: 'allowed', organizationId: owner.organizationId },
    ]);
    expect(about(await lines(stranger))).toEqual([]);
    expect((await viewer.get('/api/system/audit')).status).toBe(403);
    expect((await owner.get('/api/system/audit?after=x')).status).toBe(400);
  });

  test('holds who was refused what, without what they sent', async () => {
    const foreign = await post('refused');
    await stranger.delete(`${path}/${foreign}`);
    await stranger.post('/api/environments', { name: 'canary-4711\u0007', organizationId: stranger.organizationId });
    const mine = (await lines(stranger)).filter(({ decision }) => decision === 'refused');
    expect(mine.slice(-2)).toMatchObject([
      { action: 'DELETE /api/system/events/:id', reason: 'meshery-core-1002', objectId: foreign, userId: stranger.id },
      { action: 'POST /api/environments', reason: 'meshery-core-1001', objectId: '' },
    ]);
    const bad = await fetch(`${server.url}/api/user?token=canary-4712`, {
      headers: { authorization: 'Bearer canary-4713' },
    });
    expect(bad.status).toBe(401);
    const all = await lines(owner);
    expect(all.filter(({ userId }) => userId === stranger.id)).not.toEqual([]);
    expect((await lines(stranger)).filter(({ userId }) => userId !== stranger.id)).toEqual([]);
    expect(all.findLast(({ decision }) => decision === 'refused')).toMatchObject({
      action: 'GET /api/user',
      reason: 'meshery-auth-1201',
      userId: '',
      decision: 'refused',
    });
    expect(JSON.stringify(all)).not.toContain('canary');
  });

  test('is whole', async () => {
    const { lines: count, brokenAt } = (await owner.get('/api/system/audit/check')).body;
    expect([count > 0, brokenAt]).toEqual([true, undefined]);
  });

  test('loses refusals, and nothing else, when the store cannot write', async () => {
    const { userData } = server;
    const { change } = userData;
    userData.change = () => Promise.reject(new Error('full'));
    try {
      expect((await viewer.post('/api/environments', {})).status).toBe(403);
      await server.service.app.get(RefusalLog, { strict: false }).settled();
    } finally {
      userData.change = change;
    }
    expect(server.lines.some((line) => line.includes('refusals could not be audited'))).toBe(true);
    expect((await owner.get('/api/environments')).status).toBe(200);
  });
});
