import { readFile } from 'node:fs/promises';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import type { AuditEntry } from '@meshery/object-model';
import { RefusalLog } from '../src/audit/refusal-log.ts';
import type { OpenApiDocument, Operation } from '../src/openapi/document.ts';
import { samples } from './access-samples.ts';
import { laterFeature } from '../src/later/later-routes.ts';
import { Caller } from './caller.ts';
import { rawRequest } from './raw-request.ts';
import type { RawAnswer } from './raw-request.ts';
import { routesOf } from './registered-routes.ts';
import type { Route } from './registered-routes.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** What is wrong is answered with a code and a 4xx by every route, and changes nothing. */

let server: TestServer;
let owner: Caller;
let document: OpenApiDocument;
beforeAll(async () => {
  server = await startTestServer();
  owner = Caller.owner(server);
  const file = new URL('../../../docs/reference/openapi.json', import.meta.url);
  document = JSON.parse(await readFile(file, 'utf8')) as OpenApiDocument;
}, 60_000);
afterAll(() => server.stop());

const jsonType = { 'content-type': 'application/json' };

const send = (route: Route, headers: Readonly<Record<string, string>>, body?: string): Promise<RawAnswer> =>
  rawRequest(server.url, { ...route, headers, ...(body === undefined ? {} : { body }) });

/** The code of an answer as REST or GraphQL says it. */
function codeOf({ text }: RawAnswer): string | undefined {
  return /"(?:mesheryC|c)ode":"(meshery-[a-z]+-\d+)"/.exec(text)?.[1];
}

/** How many rows every table of user data has, but for the audit log itself. */
async function rows(): Promise<unknown> {
  const { body } = await owner.get('/api/system/database?pagesize=all');
  const { tables } = body as { tables: readonly { readonly name: string; readonly count: number }[] };
  expect(tables.length).toBeGreaterThan(20);
  return tables.filter(({ name }) => !name.includes('audit'));
}

const reasons = (lines: readonly AuditEntry[], action: string): readonly string[] =>
  lines.filter((line) => line.action === action && line.decision === 'refused').map(({ reason }) => reason);

type Described = Operation & { readonly parameters?: readonly { readonly name: string }[] };

/** A path of the document as the router has it. */
const patternOf = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ':$1');

async function filled(pattern: string): Promise<string> {
  const values = (await samples[pattern]?.(server, owner)) ?? [];
  return (pattern.match(/:\w+/g) ?? []).reduce(
    (text, name, index) => text.replace(name, values[index] ?? 'x'),
    pattern,
  );
}

describe('lists', () => {
  interface List {
    readonly pattern: string;
    readonly path: string;
    readonly names: readonly string[];
  }

  let lists: readonly List[];
  beforeAll(async () => {
    const found: List[] = [];
    for (const [path, { get }] of Object.entries(document.paths)) {
      const names = ((get as Described | undefined)?.parameters ?? []).map(({ name }) => name);
      if (!names.includes('pagesize') && !names.includes('search')) continue;
      found.push({ pattern: patternOf(path), path: await filled(patternOf(path)), names });
    }
    lists = found;
  });

  const ask = (list: List, query: string): Promise<RawAnswer> =>
    send({ method: 'GET', path: `${list.path}?${query}` }, owner.headers);

  /** The servers of metrics that would be asked are not there. */
  const isAnswered = ({ path }: List, { status }: RawAnswer): boolean =>
    status === 200 || (status === 502 && path.startsWith('/api/telemetry/'));

  const hostile: Readonly<Record<string, readonly string[]>> = {
    order: [
      "name;ATTACH DATABASE '/tmp/x' AS a--",
      '(CASE WHEN (SELECT 1) THEN name ELSE id END)',
      'name, (SELECT 1)',
      '‘name’',
      'a'.repeat(10_000),
      'name asc desc',
      'rowid',
      '__proto__',
      'name\0',
    ],
    page: ['-1', '1.5', 'NaN', '1e9', '0x1', '99999999999999999999', "1' OR '1'='1", '１'],
    pagesize: ['-1', '0', '1e9', '1000000000', 'NaN', 'null', '1;DROP TABLE users'],
    search: ['a\0b', 'a'.repeat(10_000)],
  };

  const hostileQueries = ({ names }: List): readonly (readonly [name: string, query: string])[] =>
    Object.entries(hostile)
      .filter(([name]) => names.includes(name))
      .flatMap(([name, values]) => [
        ...values.map((value) => [name, `${name}=${encodeURIComponent(value)}`] as const),
        [name, `${name}=1&${name}=2`] as const,
        [name, `${name}[]=1&${name}[]=x&${name}=`] as const,
      ]);

  test('every list refuses hostile values of order, page, pagesize and search, named and audited', async () => {
    expect(lists.length).toBeGreaterThan(20);
    const before = await rows();
    const wrong: string[] = [];
    for (const list of lists) {
      for (const [name, query] of hostileQueries(list)) {
        const answer = await ask(list, query);
        if (answer.status === 400 && codeOf(answer)?.startsWith('meshery-') === true) continue;
        // What is no parameter of the list at all is passed over.
        if (query.startsWith(`${name}[]`) && isAnswered(list, answer)) continue;
        wrong.push(`${list.path}?${query.slice(0, 80)}: ${String(answer.status)}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(await rows()).toEqual(before);
  }, 120_000);

  test('what looks like a part of a query is searched for as text', async () => {
    const odd = [
      "'; DROP TABLE users; --",
      '%',
      '_',
      '"',
      'NEAR(',
      'a" OR "b',
      '*',
      '\\',
      '$.x',
      '{"$ne":1}',
      '‮',
      '💥',
    ];
    const wrong: string[] = [];
    for (const list of lists.filter(({ names }) => names.includes('search'))) {
      for (const text of odd) {
        const answer = await ask(list, `search=${encodeURIComponent(text)}`);
        if (!isAnswered(list, answer) && answer.status !== 400)
          wrong.push(`${list.path} ${text}: ${String(answer.status)}`);
      }
    }
    expect(wrong).toEqual([]);
  }, 120_000);

  test('each refusal leaves a line', async () => {
    const quiet = await startTestServer();
    try {
      const by = Caller.owner(quiet);
      const patterns = lists.filter(({ pattern }) => !pattern.includes(':')).map(({ pattern }) => pattern);
      for (const path of patterns) {
        const answer = await rawRequest(quiet.url, {
          method: 'GET',
          path: `${path}?page=-1&after=-&search=%00`,
          headers: by.headers,
        });
        expect([path, answer.status]).toEqual([path, 400]);
      }
      await quiet.service.app.get(RefusalLog, { strict: false }).settled();
      const lines = await quiet.userData.read((data) => data.audit.after(0, 10_000));
      expect(patterns.filter((path) => reasons(lines, `GET ${path}`).length === 0)).toEqual([]);
      expect(JSON.stringify(lines)).not.toContain('%00');
    } finally {
      await quiet.stop();
    }
  }, 60_000);
});

describe('bodies', () => {
  const fastify = (): FastifyInstance =>
    server.service.app.get(HttpAdapterHost).httpAdapter.getInstance<FastifyInstance>();

  /** Where published clients are sent when something went wrong: it answers 500 to everybody. */
  const routes = (): readonly Route[] =>
    routesOf(fastify()).filter(({ method, path }) => ['POST', 'PUT'].includes(method) && path !== '/error');

  const nested = (levels: number): string => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
  const fields = ['metadata', 'secret', 'styles', 'variables', 'usersExtensionPreferences', 'preferences'];

  const plausible = (deep: string): string =>
    `{"name":"x","kind":"grafana","type":"x","category":"a","action":"b","query":"{__typename}",${fields
      .map((field) => `"${field}":${deep}`)
      .join(',')}}`;

  const cases: readonly (readonly [string, number, string, string])[] = [
    ['malformed JSON', 400, 'application/json', '{"name":'],
    ['JSON with two values', 400, 'application/json', '{}{}'],
    ['an empty body of JSON', 400, 'application/json', ''],
    ['a prototype', 400, 'application/json', '{"__proto__":{"isAdmin":true}}'],
    ['a prototype of the constructor', 400, 'application/json', '{"constructor":{"prototype":{"isAdmin":true}}}'],
    ['a deep array', 400, 'application/json', '['.repeat(100_000) + ']'.repeat(100_000)],
    ['a deep object', 400, 'application/json', nested(50_000)],
    ['deep values of known fields', 400, 'application/json', plausible(nested(5000))],
    ['more than 1 MiB', 413, 'application/json', `"${'x'.repeat(1_100_000)}"`],
    ['another content type', 415, 'application/xml', '<a/>'],
    ['a content type that is none', 415, 'nonsense', '{}'],
  ];

  test.each(cases)(
    'every route refuses %s',
    async (_what, status, type, body) => {
      const before = await rows();
      const wrong: string[] = [];
      for (const { method, path } of routes()) {
        const headers = { ...owner.headers, 'content-type': type };
        const answer = await send({ method, path: path.replaceAll(/:\w+/g, 'x').replace('*', 'x') }, headers, body);
        // GraphQL says 400 to whatever it cannot read.
        const isAsExpected = answer.status === status || (path.includes('graphql') && answer.status === 400);
        if (!isAsExpected || codeOf(answer) === undefined) wrong.push(`${method} ${path}: ${String(answer.status)}`);
      }
      expect(wrong).toEqual([]);
      expect(await rows()).toEqual(before);
    },
    60_000,
  );

  test('text that a form of another site can send is read by no route that has a body', async () => {
    const wrong: string[] = [];
    for (const { method, path } of routes()) {
      const described = document.paths[path.replaceAll(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
      if (described === undefined || !('requestBody' in described)) continue;
      const headers = { ...owner.headers, 'content-type': 'text/plain' };
      const { status } = await send({ method, path: await filled(path) }, headers, '{"name":"x"}');
      if (status < 400 || status >= 500) wrong.push(`${method} ${path}: ${String(status)}`);
    }
    expect(wrong).toEqual([]);
  }, 60_000);

  test('a body that is as deep as one may be is read', async () => {
    const metadata = JSON.parse(nested(50)) as object;
    const draft = { name: 'deep', kind: 'grafana', status: 'discovered', metadata };
    expect((await owner.post('/api/integrations/connections', draft)).status).toBe(201);
  });
});

describe('ids', () => {
  const odd = [
    'x',
    '1',
    "1'%20OR%20'1'='1",
    '%00',
    '..%2f..%2fetc%2fpasswd',
    '%252e%252e',
    'a'.repeat(300),
    '%F0%9F%92%A5',
  ];
  /** Names of definitions are free, and one that nothing has finds an empty list. */
  const named = /^\/api\/(meshmodels|registry)\//;

  test('what is no id is refused by every route that takes one, and found by none', async () => {
    const before = await rows();
    const fastify = server.service.app.get(HttpAdapterHost).httpAdapter.getInstance<FastifyInstance>();
    const wrong: string[] = [];
    let asked = 0;
    for (const { method, path } of routesOf(fastify)) {
      if (!path.includes(':') || named.test(path) || method === 'HEAD' || method === 'OPTIONS') continue;
      for (const id of odd) {
        asked += 1;
        const body = method === 'GET' || method === 'DELETE' ? undefined : '{}';
        const headers = { ...owner.headers, ...(body === undefined ? {} : jsonType) };
        const answer = await send({ method, path: path.replaceAll(/:\w+/g, id) }, headers, body);
        const expected = laterFeature(method, path) === undefined ? [400, 404] : [400, 404, 501];
        const isRefused = expected.includes(answer.status) && codeOf(answer) !== undefined;
        if (!isRefused) wrong.push(`${method} ${path} ${id.slice(0, 30)}: ${String(answer.status)}`);
      }
    }
    expect(asked).toBeGreaterThan(400);
    expect(wrong).toEqual([]);
    expect(await rows()).toEqual(before);
  }, 120_000);
});
