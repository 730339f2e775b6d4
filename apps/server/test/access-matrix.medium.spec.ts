import { readFile, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import { Client, Metadata, Server, credentials, status } from '@grpc/grpc-js';
import type { ServiceDefinition } from '@grpc/grpc-js';
import { AccessTable, publicMethods } from '@meshery/security';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { isInputObjectType, isLeafType, isListType, isNonNullType, isObjectType, isEnumType } from 'graphql';
import type { GraphQLInputType, GraphQLOutputType, GraphQLSchema } from 'graphql';
import { IngestModule } from '../src/ingest/ingest.module.ts';
import { samples } from './access-samples.ts';
import { Caller } from './caller.ts';
import { routesOf } from './registered-routes.ts';
import type { Route } from './registered-routes.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/**
 * Everything that the server answers, asked by everybody: docs/reference/access.md. After a deliberate change:
 * MESHERY_WRITE_ACCESS=1 npm run jest -- apps/server/test/access-matrix.medium.spec.ts
 */

const page = new URL('../../../docs/reference/access.md', import.meta.url);
const names = ['anonymous', 'viewer', 'editor', 'owner', 'other tenant'] as const;
const services: ServiceDefinition[] = [];
const addService = Reflect.get<typeof Server.prototype, 'addService'>(Server.prototype, 'addService');

interface Person {
  readonly userId: string;
  readonly roles: readonly string[];
}

let server: TestServer;
let owner: Caller;
let people: ReadonlyMap<string, Person | undefined>;
beforeAll(async () => {
  Server.prototype.addService = function (service, handlers) {
    services.push(service);
    addService.call(this, service, handlers);
  };
  server = await startTestServer();
  owner = Caller.owner(server);
  const viewer = await Caller.signUp(server, 'vera', 'viewer');
  const editor = await Caller.signUp(server, 'edda', 'editor');
  const stranger = await Caller.signUp(server, 'otto', 'editor', 'own');
  people = new Map<string, Person | undefined>([
    ['anonymous', undefined],
    ['viewer', { userId: viewer.id, roles: ['viewer'] }],
    ['editor', { userId: editor.id, roles: ['editor'] }],
    ['owner', { userId: owner.id, roles: ['admin'] }],
    ['other tenant', { userId: stranger.id, roles: ['editor'] }],
  ]);
}, 60_000);
afterAll(async () => {
  Server.prototype.addService = addService;
  await server.stop();
});

const fastify = (): FastifyInstance =>
  server.service.app.get(HttpAdapterHost).httpAdapter.getInstance<FastifyInstance>();

/** A session of its own for every question: some of them end it. */
async function tokenOf(name: string): Promise<string | undefined> {
  const person = people.get(name);
  if (person === undefined) return undefined;
  return server.prepared.security.authority.issue({ ...person, name, provider: 'Local', roles: [...person.roles] });
}

interface Head {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** The answer; of an event stream its head only. */
async function ask(route: Route, headers: Record<string, string>, body?: string): Promise<Head> {
  const { promise, resolve, reject } = Promise.withResolvers<Head>();
  const sent = { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
  const outgoing = request(`${server.url}${route.path}`, { method: route.method, headers: sent }, (incoming) => {
    const answer = { status: incoming.statusCode ?? 0, headers: incoming.headers };
    if (incoming.headers['content-type']?.startsWith('text/event-stream') === true) {
      resolve({ ...answer, text: '' });
      outgoing.destroy();
      return;
    }
    let text = '';
    incoming.setEncoding('utf8').on('data', (piece: string) => (text += piece));
    incoming.on('end', () => {
      resolve({ ...answer, text });
    });
  });
  outgoing.on('error', reject);
  outgoing.end(body);
  return promise;
}

async function bearer(name: string): Promise<Record<string, string>> {
  const token = await tokenOf(name);
  // A proxy in between: what is open to this machine alone must not be open to it.
  return { 'x-real-ip': '192.0.2.1', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) };
}

/** HEAD is answered as GET, and OPTIONS tells nothing. */
const routes = (): readonly Route[] =>
  routesOf(fastify())
    .filter(({ method }) => method !== 'HEAD' && method !== 'OPTIONS')
    .sort((a, b) => (`${a.path} ${a.method}` < `${b.path} ${b.method}` ? -1 : 1));

/** The route with what its parameters name; made anew each time, because the question may remove it. */
async function filled({ method, path }: Route): Promise<Route> {
  const parameters = path.match(/:\w+/g) ?? [];
  const sample = samples[path];
  if (parameters.length > 0 && sample === undefined) throw new Error(`no sample for ${path}: see access-samples.ts`);
  const values = sample === undefined ? [] : await sample(server, owner);
  const named = parameters.reduce((text, name, index) => text.replace(name, values[index] ?? ''), path);
  return { method, path: named.replace('*', 'x') };
}

const bodyOf = ({ method }: Route): string | undefined => (method === 'GET' || method === 'DELETE' ? undefined : '{}');

function cellOf({ status: code }: Head, hasParameters: boolean): string {
  if (code === 401) return 'sign in';
  if (code === 403) return 'no';
  return code === 404 && hasParameters ? 'hidden' : 'yes';
}

async function routeRow(route: Route): Promise<string> {
  const rule = new AccessTable().rule(route.method, route.path);
  const open = rule === undefined ? '' : (rule.onlyFrom ?? 'everybody');
  const cells: string[] = [];
  for (const name of names) {
    const asked = await filled(route);
    cells.push(cellOf(await ask(asked, await bearer(name), bodyOf(route)), /:\w/.test(route.path)));
  }
  return `| ${route.method} | \`${route.path}\` | ${open} | ${cells.join(' | ')} |`;
}

function schemaOf(): GraphQLSchema {
  return (fastify() as unknown as { graphql: { schema: GraphQLSchema } }).graphql.schema;
}

/** The shortest value that an argument takes. */
function valueOf(type: GraphQLInputType): string {
  if (isNonNullType(type)) return valueOf(type.ofType);
  if (isListType(type)) return '[]';
  if (isEnumType(type)) return type.getValues()[0]?.name ?? '';
  if (isInputObjectType(type)) {
    const needed = Object.values(type.getFields()).filter((field) => isNonNullType(field.type));
    return `{${needed.map((field) => `${field.name}: ${valueOf(field.type)}`).join(', ')}}`;
  }
  return { Int: '1', Float: '1', Boolean: 'true' }[type.name] ?? '"x"';
}

function selectionOf(type: GraphQLOutputType): string {
  if (isNonNullType(type) || isListType(type)) return selectionOf(type.ofType as GraphQLOutputType);
  return isLeafType(type) ? '' : isObjectType(type) ? '{ __typename }' : '{ __typename }';
}

interface Field {
  readonly kind: 'query' | 'mutation' | 'subscription';
  readonly name: string;
  readonly query: string;
}

function graphqlFields(): readonly Field[] {
  const schema = schemaOf();
  const roots = {
    query: schema.getQueryType(),
    mutation: schema.getMutationType(),
    subscription: schema.getSubscriptionType(),
  };
  return Object.entries(roots).flatMap(([kind, type]) =>
    Object.values(type?.getFields() ?? {}).map(({ name, args, type: answer }) => {
      const needed = args.filter((argument) => isNonNullType(argument.type) && argument.defaultValue === undefined);
      const given = needed.map((argument) => `${argument.name}: ${valueOf(argument.type)}`).join(', ');
      const call = `${name}${given === '' ? '' : `(${given})`} ${selectionOf(answer)}`;
      return { kind: kind as Field['kind'], name, query: `${kind} { ${call} }` };
    }),
  );
}

async function fieldRow({ kind, name, query }: Field): Promise<string> {
  const cells: string[] = [];
  for (const person of names) {
    const route = { method: 'POST', path: '/api/system/graphql/query' };
    const { status: code, text } = await ask(route, await bearer(person), JSON.stringify({ query }));
    if (code !== 401) expect(text).not.toContain('VALIDATION');
    cells.push(code === 401 ? 'sign in' : text.includes('"FORBIDDEN"') ? 'no' : 'yes');
  }
  return `| ${kind} | \`${name}\` | ${cells.join(' | ')} |`;
}

/** Whatever kind of method it is: one message, then the head of the answer, or the status of a refusal. */
async function callMethod(client: Client, path: string, token: string | undefined): Promise<string> {
  const metadata = new Metadata();
  if (token !== undefined) metadata.set('authorization', `Bearer ${token}`);
  const same = (value: Buffer): Buffer => value;
  const call = client.makeBidiStreamRequest(path, same, same, metadata, { deadline: Date.now() + 10_000 });
  const { promise, resolve } = Promise.withResolvers<number>();
  call.on('data', () => undefined).on('error', () => undefined);
  call.on('metadata', () => {
    resolve(status.OK);
  });
  call.on('status', ({ code }) => {
    resolve(code);
  });
  call.write(Buffer.alloc(0));
  call.end();
  const code = await promise;
  call.cancel();
  if (code === status.UNAUTHENTICATED) return 'sign in';
  return code === status.PERMISSION_DENIED ? 'no' : 'yes';
}

async function methodRows(): Promise<string[]> {
  const ca = await readFile(join(server.folder, 'ingest', 'ca.pem'));
  const address = `localhost:${String(server.service.app.get(IngestModule).port)}`;
  const client = new Client(address, credentials.createSsl(ca));
  const paths = services.flatMap((service) => Object.values(service).map(({ path }) => path));
  const rows: string[] = [];
  for (const path of paths.sort()) {
    const cells: string[] = [];
    for (const name of names) cells.push(await callMethod(client, path, await tokenOf(name)));
    const open = publicMethods.has(path) ? 'everybody' : '';
    expect([path, cells[0]]).toEqual([path, open === '' ? 'sign in' : 'yes']);
    rows.push(`| \`${path}\` | ${open} | ${cells.join(' | ')} |`);
  }
  client.close();
  return rows;
}

const head = `# Who may do what

<!-- Written by apps/server/test/access-matrix.medium.spec.ts; do not edit. -->

Each cell is what the running server answered to that caller in a test. Viewer, editor and owner are in the organization
that the objects belong to; the other tenant is an editor who is in an organization of their own only.

- \`sign in\`: refused, nobody in particular may do it (401, UNAUTHENTICATED).
- \`no\`: refused, this account may not (403, FORBIDDEN).
- \`hidden\`: the object does not exist for this account (404).
- \`yes\`: the request is looked at; a list holds only what the account may see.

HEAD is answered as GET. \`everybody\` and \`loopback\` (programs on the same machine that connect directly) need no
session. The Ingest service is for bridges and agents with a certificate or token of their own. Brokers have accounts of
their own: [subjects](subjects.md).
`;

function table(columns: readonly string[], rows: readonly string[]): string {
  return [`| ${columns.join(' | ')} |`, `| ${columns.map(() => '---').join(' | ')} |`, ...rows].join('\n');
}

test('routes, GraphQL fields and gRPC methods answer everybody as the checked-in table says', async () => {
  const rest: string[] = [];
  for (const route of routes()) rest.push(await routeRow(route));
  const graphql: string[] = [];
  for (const field of graphqlFields()) graphql.push(await fieldRow(field));
  const grpc = await methodRows();
  expect([rest.length > 40, graphql.length > 4, grpc.length > 1]).toEqual([true, true, true]);
  const text = [
    head,
    `## REST\n\n${table(['method', 'path', 'open to', ...names], rest)}\n`,
    `## GraphQL\n\n${table(['operation', 'field', ...names], graphql)}\n`,
    `## gRPC\n\n${table(['method', 'open to', ...names], grpc)}\n`,
  ].join('\n');
  if (process.env['MESHERY_WRITE_ACCESS'] === '1') await writeFile(page, text);
  expect((await readFile(page, 'utf8')).split('\n')).toEqual(text.split('\n'));
}, 240_000);

test('every answer of every route carries the security headers', async () => {
  const missing: string[] = [];
  for (const route of routes()) {
    for (const name of ['anonymous', 'viewer']) {
      const { headers } = await ask(await filled(route), await bearer(name), bodyOf(route));
      const isSafe =
        headers['x-content-type-options'] === 'nosniff' &&
        headers['referrer-policy'] === 'no-referrer' &&
        headers['content-security-policy']?.includes("frame-ancestors 'none'") === true &&
        !headers['content-security-policy'].includes("'unsafe-");
      if (!isSafe) missing.push(`${name}: ${route.method} ${route.path}`);
    }
  }
  expect(missing).toEqual([]);
}, 120_000);

test.each([{ origin: 'https://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }])(
  'no route takes a change from a page of another site: %j',
  async (from) => {
    const taken: string[] = [];
    for (const route of routes().filter(({ method }) => method !== 'GET')) {
      const answer = await ask(await filled(route), { ...(await bearer('owner')), ...from }, bodyOf(route));
      if (answer.status !== 403 || !answer.text.includes('meshery-auth-1205'))
        taken.push(`${route.method} ${route.path}`);
    }
    expect(taken).toEqual([]);
  },
  120_000,
);

test('sign-in and tokens are limited for each user, and for each address', async () => {
  const headers = await bearer('viewer');
  const path = '/api/user/token';
  const answers = await Promise.all(Array.from({ length: 301 }, () => ask({ method: 'GET', path }, headers)));
  const refused = answers.filter(({ status: code }) => code === 429);
  expect(refused.length).toBeGreaterThan(0);
  expect([refused[0]?.headers['retry-after'], JSON.parse(refused[0]?.text ?? '{}')]).toEqual([
    '60',
    expect.objectContaining({ code: 'meshery-core-1005' }),
  ]);
  expect((await ask({ method: 'GET', path }, await bearer('editor'))).status).toBe(200);
  expect((await ask({ method: 'GET', path: '/api/system/clusters' }, headers)).status).toBe(200);
});
