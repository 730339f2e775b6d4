import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { ModulesContainer, HttpAdapterHost } from '@nestjs/core';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { FastifyInstance } from 'fastify';
import { templateOf } from '../src/openapi/document.ts';
import type { OpenApiDocument, Operation } from '../src/openapi/document.ts';
import { handlersOf } from '../src/openapi/handlers.ts';
import { samples } from './access-samples.ts';
import { Caller } from './caller.ts';
import type { Answer } from './caller.ts';
import { routesOf } from './registered-routes.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

const file = new URL('../../../docs/reference/openapi.json', import.meta.url);

interface Schema {
  readonly $ref?: string;
  readonly pattern?: string;
}

interface Described extends Operation {
  readonly method: string;
  readonly path: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema: Schema }[];
  readonly requestBody?: object;
}

let server: TestServer;
let owner: Caller;
let document: OpenApiDocument;
let ajv: Ajv2020;
beforeAll(async () => {
  server = await startTestServer();
  owner = Caller.owner(server);
  document = JSON.parse(await readFile(file, 'utf8')) as OpenApiDocument;
  const formats = { uuid: /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/, 'date-time': /^\d{4}-\d\d-\d\dT[\d:.]+Z$/ };
  ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, strictRequired: false, strictTypes: false });
  for (const [name, form] of Object.entries(formats)) ajv.addFormat(name, form);
  ajv
    .addFormat('email', true)
    .addFormat('cidrv4', true)
    .addFormat('cidrv6', true)
    .addFormat('uri', { type: 'string', validate: URL.canParse });
  ajv.addSchema({ $id: 'document', $defs: placed(document.components.schemas) });
}, 60_000);
afterAll(() => server.stop());

const operations = (): readonly Described[] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ ...operation, method: method.toUpperCase(), path })),
  );

/** A path whatever its parameters are called. */
const nameless = (path: string): string => templateOf(path).replaceAll(/\{\w+\}/g, '{}');

/** Schemas of the document as a validator finds them. */
function placed(schemas: object): object {
  return JSON.parse(JSON.stringify(schemas).replaceAll('"#/components/schemas/', '"document#/$defs/')) as object;
}

/** What an answer has that the document does not allow; undefined when all is as documented. */
function fault({ responses }: Operation, { status, body }: Answer): unknown {
  const response = responses[String(status)] ?? responses['default'];
  const { $ref } = response as { readonly $ref?: string };
  const found = $ref === undefined ? response : at($ref);
  const { content } = found as { readonly content?: Readonly<Record<string, { readonly schema: object }>> };
  const schema = content?.['application/json']?.schema;
  if (schema === undefined) return undefined;
  const validate = ajv.compile(placed(schema));
  return validate(body) ? undefined : validate.errors;
}

/** What a reference of the document leads to; undefined when nothing is there. */
function at(reference: string): unknown {
  const steps = reference.replace(/^#\//, '').split('/');
  return steps.reduce<unknown>((place, step) => (place as Record<string, unknown> | undefined)?.[step], document);
}

test('the checked-in document is the one that the server answers: npm run generate', async () => {
  const response = await server.get('/api/openapi.json');
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
  expect(await response.json()).toEqual(document);
  expect((await fetch(`${server.url}/api/openapi.json`)).status).toBe(401);
});

test('every route of the router is in the document, and nothing else is', () => {
  const fastify = server.service.app.get(HttpAdapterHost).httpAdapter.getInstance<FastifyInstance>();
  const routes = routesOf(fastify).filter(({ method }) => method !== 'HEAD' && method !== 'OPTIONS');
  const registered = routes.map(({ method, path }) => `${method} ${nameless(path)}`);
  const documented = operations().map(({ method, path }) => `${method} ${nameless(path)}`);
  expect(registered.length).toBeGreaterThan(150);
  expect(documented.sort()).toEqual([...new Set(registered)].sort());
});

test('every route is described, and every body that a handler reads', () => {
  const undescribed = operations().filter(({ tags }) => tags.includes('Others'));
  expect(undescribed.map(({ summary }) => `${summary}: see apps/server/src/openapi/features`)).toEqual([]);
  const reading = handlersOf(server.service.app.get(ModulesContainer)).filter(({ hasBody }) => hasBody);
  const bodiless = reading.filter(({ method, path }) => {
    const operation = document.paths[templateOf(path)]?.[method.toLowerCase()] as Described | undefined;
    return operation?.requestBody === undefined;
  });
  expect(reading.length).toBeGreaterThan(20);
  expect(bodiless.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
});

test('the document is sound: references, names, parameters and schemas', () => {
  const text = JSON.stringify(document);
  const references = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference = '']) => reference);
  expect(references.filter((reference) => at(reference) === undefined)).toEqual([]);
  const ids = operations().map(({ operationId }) => operationId);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  expect(ids.filter((id) => !/^[a-z][A-Za-z0-9]*$/.test(id))).toEqual([]);
  for (const { path, parameters = [] } of operations()) {
    const named = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
    expect([path, named]).toEqual([path, [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)]);
  }
  for (const name of Object.keys(document.components.schemas))
    expect(() => ajv.compile({ $ref: `document#/$defs/${name}` })).not.toThrow();
});

test('what is read is as documented', async () => {
  const asked: string[] = [];
  const faults: unknown[] = [];
  for (const operation of operations().filter(({ method }) => method === 'GET')) {
    const { path, responses } = operation;
    const { content } = (responses['200'] ?? {}) as { readonly content?: object };
    if (content === undefined || !('application/json' in content)) continue;
    const sample = Object.entries(samples).find(([pattern]) => nameless(pattern) === nameless(path))?.[1];
    if (path.includes('{') && sample === undefined) continue;
    const values = [...((await sample?.(server, owner)) ?? [])];
    const answer = await owner.get(path.replaceAll(/\{\w+\}/g, () => values.shift() ?? ''));
    const wrong = fault(operation, answer);
    if (answer.status === 200) asked.push(path);
    if (wrong !== undefined) faults.push({ path, status: answer.status, wrong });
  }
  expect(faults).toEqual([]);
  expect(asked.length).toBeGreaterThan(45);
});

test('what is made, refused, hidden and not known is as documented', async () => {
  const draft = { name: 'documented', organizationId: owner.organizationId };
  const from = (path: string, method: string): Operation => document.paths[path]?.[method] as Operation;
  const viewer = await Caller.signUp(server, 'vera', 'viewer');
  const secret = { ...draft, type: 'grafana', secret: { secret: 'x' } };
  const checks: readonly [string, string, Promise<Answer>, number][] = [
    ['/api/workspaces', 'post', owner.post('/api/workspaces', draft), 201],
    ['/api/workspaces', 'post', owner.post('/api/workspaces', {}), 400],
    ['/api/workspaces', 'post', viewer.post('/api/workspaces', draft), 403],
    ['/api/workspaces/{id}', 'get', owner.get(`/api/workspaces/${viewer.id}`), 404],
    [
      '/api/integrations/connections',
      'post',
      owner.post('/api/integrations/connections', { ...draft, kind: 'github' }),
      201,
    ],
    ['/api/integrations/credentials', 'post', owner.post('/api/integrations/credentials', secret), 201],
    ['/api/identity/tokens', 'post', owner.post('/api/identity/tokens', { name: 'documented' }), 201],
    ['/api/identity/users', 'post', owner.post('/api/identity/users', draft), 201],
    ['/api/user/prefs', 'post', owner.post('/api/user/prefs', { anonymousUsageStats: false }), 200],
    ['/api/system/kubernetes/register', 'post', owner.post('/api/system/kubernetes/register', {}), 400],
  ];
  for (const [path, method, asked, status] of checks) {
    const answer = await asked;
    expect([path, answer.status, fault(from(path, method), answer)]).toEqual([path, status, undefined]);
  }
});

test('members of a team are users as documented', async () => {
  const team = await owner.post('/api/identity/teams', { name: 'crew', organizationId: owner.organizationId });
  const path = `/api/identity/teams/${(team.body as { id: string }).id}/users`;
  expect((await owner.post(`${path}/${owner.id}`, {})).status).toBe(204);
  const members = await owner.get(path);
  expect(members.body).toMatchObject({ users: [{ id: owner.id, userId: owner.id, role_names: expect.anything() }] });
  expect(fault(document.paths['/api/identity/teams/{id}/users']?.['get'] as Operation, members)).toBeUndefined();
});

test('a failed test of a connection is named, and is no unexpected error', async () => {
  const draft = { name: 'nowhere', kind: 'kubernetes', organizationId: owner.organizationId };
  const made = await owner.post('/api/integrations/connections', draft);
  const ping = '/api/integrations/connections/{connectionId}/ping';
  const answer = await owner.post(ping.replace('{connectionId}', (made.body as { id: string }).id));
  const operation = document.paths[ping]?.['post'] as Operation;
  expect([answer.status, Object.keys(operation.responses)]).toEqual([500, expect.arrayContaining(['500', '503'])]);
  expect(fault(operation, answer)).toBeUndefined();
  const unexpected = { ...(answer.body as object), code: 'meshery-core-1000' };
  expect(fault(operation, { status: 500, body: unexpected })).toBeDefined();
});

test('statuses that requests meet are named, not left to the one of all others', async () => {
  const nobody = randomUUID();
  const asked: readonly [string, string, number, string, object?][] = [
    ['POST', '/api/workspaces', 404, '', { name: 'x', organizationId: nobody }],
    ['GET', '/api/environments', 404, `?orgId=${nobody}`],
    ['GET', '/api/system/kubernetes/ping', 404, `?connectionId=${nobody}`],
    ['DELETE', '/api/user/prefs/perf', 404, `?uuid=${nobody}`],
    ['DELETE', '/api/system/events/bulk', 404, '', { ids: [nobody] }],
    ['GET', '/api/extensions', 404, ''],
    ['PUT', '/api/extensions/{rest}', 400, '%C3%AE'],
    ['POST', '/api/provider/extension/install', 404, ''],
    ['GET', '/api/extension/version', 404, ''],
    ['POST', '/auth/local', 401, '', { code: 'guess' }],
    ['GET', '/auth/redirect', 401, '?token=guess'],
    ['GET', '/auth/oidc', 404, ''],
    ['GET', '/api/user/token', 401, '?token=guess'],
    ['GET', '/api/system/meshsync/resources', 501, '?clusterIds=["all"]&asDesign=true'],
  ];
  const unnamed: unknown[] = [];
  for (const [method, path, status, rest, body] of asked) {
    const answer = await owner.send(method, path.replace('{rest}', '') + rest, body);
    expect([method, path, answer.status]).toEqual([method, path, status]);
    if (!(String(status) in (document.paths[path]?.[method.toLowerCase()]?.responses ?? {}))) unnamed.push(path);
  }
  expect(unnamed).toEqual([]);
});

test('lists can be sorted by all that the document names', async () => {
  const refused: string[] = [];
  let orders = 0;
  for (const { method, path, parameters = [] } of operations()) {
    const order = parameters.find(({ name }) => name === 'order')?.schema.pattern;
    if (order === undefined || method !== 'GET' || path.includes('{')) continue;
    for (const field of /\(([^)]+)\)/.exec(order)?.[1]?.split('|') ?? []) {
      orders += 1;
      const { status } = await owner.get(`${path}?order=${encodeURIComponent(`${field} desc`)}`);
      if (status !== 200) refused.push(`${path} ${field}: ${String(status)}`);
    }
  }
  expect(refused).toEqual([]);
  expect(orders).toBeGreaterThan(40);
});
