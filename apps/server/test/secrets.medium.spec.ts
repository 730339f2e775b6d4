import { readFile, readdir, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { LogOutputs, createLogger } from '@meshery/observability';
import type { Broker } from '@meshery/messaging';
import {
  connectionServiceDefinition,
  eventServiceDefinition,
  operationServiceDefinition,
} from '@meshery/contracts/grpc';
import { NatsServer, PostgresServer, closeServer, portOf, waitUntil } from '@meshery/testing';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { isLeafType, isListType, isNonNullType, isObjectType } from 'graphql';
import type { GraphQLOutputType, GraphQLSchema } from 'graphql';
import { RefusalLog } from '../src/audit/refusal-log.ts';
import { runServer } from '../src/run-server.ts';
import { EVENT_BROKER } from '../src/tokens.ts';
import { samples } from './access-samples.ts';
import { Caller } from './caller.ts';
import { askGraphql } from './graphql-caller.ts';
import { GrpcCaller, metadataOf } from './grpc-caller.ts';
import { rawRequest } from './raw-request.ts';
import { routesOf } from './registered-routes.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/**
 * Secrets are planted through every way in, and looked for wherever something comes out: no answer of REST, GraphQL or
 * gRPC, no event, no line of log or audit, no backup, no bundle, and no byte on a disk has one.
 */

const canary = 'canary5e1fc0ffee9d';
const credentials = '/api/integrations/credentials';
const connections = '/api/integrations/connections';

/** The canary as it is, and as it is in base64 wherever it begins. */
const forms: readonly string[] = [
  canary,
  Buffer.from(canary).toString('hex'),
  ...['', 'a', 'ab'].map((before) =>
    Buffer.from(before + canary)
      .toString('base64')
      .slice(4, 20),
  ),
];

function findIn(where: string, content: string | Buffer): readonly string[] {
  const bytes = Buffer.from(content);
  return forms.filter((form) => bytes.includes(form)).map((form) => `${where}: ${form}`);
}

/** Every file below a folder, at this moment. */
async function findInFolder(folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  let read = 0;
  for (const name of await readdir(folder, { recursive: true })) {
    const file = join(folder, name);
    // Files of a database that works come and go.
    const content = await stat(file).then(
      (facts) => (facts.isFile() ? readFile(file).catch(() => undefined) : undefined),
      () => undefined,
    );
    if (content === undefined) continue;
    read += 1;
    found.push(...findIn(name, content));
  }
  expect(read).toBeGreaterThan(4);
  return found;
}

const kubeconfig = (token: string): string =>
  JSON.stringify({
    clusters: [{ name: 'c', cluster: { server: 'https://127.0.0.1:1' } }],
    users: [{ name: 'c', user: { token } }],
    contexts: [{ name: 'c', context: { cluster: 'c', user: 'c' } }],
    'current-context': 'c',
  });

function form(text: string): FormData {
  const data = new FormData();
  data.set('k8sfile', new Blob([text]), 'config.yaml');
  return data;
}

describe.each(['SQLite', 'PostgreSQL'])('with %s', (database) => {
  let postgres: PostgresServer | undefined;
  let nats: NatsServer;
  let far: Server;
  let server: TestServer;
  let owner: Caller;
  const heard: string[] = [];
  const answers: string[] = [];
  let ids: { readonly credential: string; readonly connections: readonly string[] };
  const listening = new AbortController();

  beforeAll(async () => {
    postgres = database === 'PostgreSQL' ? await PostgresServer.start() : undefined;
    nats = await NatsServer.start({ token: 'another' });
    // It tells everything that it was told, as a debugging proxy or a hostile server does.
    far = createServer((request, response) => {
      response.writeHead(500, { location: `/?${request.headers.authorization ?? ''}` });
      response.end(JSON.stringify({ error: request.rawHeaders, plain: request.headers.authorization }));
    });
    await new Promise<void>((resolve) => far.listen(0, '127.0.0.1', resolve));
    const url = postgres === undefined ? [] : ['--database-url', postgres.url];
    server = await startTestServer({ argv: ['--no-discovery', '--log-files', ...url] });
    owner = Caller.owner(server);
    expect((await owner.put('/api/system/log-level', { level: 'trace' })).status).toBe(200);
    server.service.app.get<Broker>(EVENT_BROKER, { strict: false }).subscribe(
      'meshery.events.>',
      ({ data }) => {
        heard.push(Buffer.from(data).toString('utf8'));
      },
      { signal: listening.signal },
    );
    ids = await plant();
  });
  afterAll(async () => {
    listening.abort();
    await server.stop();
    await Promise.all([closeServer(far), nats.stop(), postgres?.[Symbol.asyncDispose]()]);
  });

  async function say(method: string, path: string, body?: object): Promise<Readonly<{ status: number; id: string }>> {
    const { status, body: answer } = await owner.send(method, path, body);
    answers.push(JSON.stringify([answer]));
    return { status, id: (answer as { id?: string } | undefined)?.id ?? '' };
  }

  /** Goes through every way in, also those that fail and those that a server refuses. */
  async function plant(): Promise<typeof ids> {
    const secret = { secret: canary, token: canary, username: canary, password: canary };
    const { id: credential } = await say('POST', credentials, { name: 'k', type: 'grafana', secret });
    await say('PUT', credentials, { id: credential, secret: { secret: `user:${canary}` } });
    const url = `http://127.0.0.1:${String(portOf(far))}`;
    const broker = {
      kind: 'broker',
      url: `nats://127.0.0.1:${String(nats.port)}`,
      credentialSecret: { secret: canary },
    };
    const drafts = [
      { kind: 'grafana', url, credentialSecret: { secret: canary } },
      { kind: 'prometheus', url, credentialSecret: { username: 'u', password: canary } },
      { kind: 'github', url, credentialId: credential },
      broker,
      { kind: 'kubernetes', credentialSecret: { kubeconfig: kubeconfig(canary) } },
    ];
    const made: string[] = [];
    for (const draft of drafts) {
      const { id } = await say('POST', connections, { name: draft.kind, status: 'discovered', ...draft });
      await say('POST', `${connections}/${id}/ping`);
      await say('POST', `${connections}/${id}/check`);
      await say('PUT', `${connections}/${id}`, {
        credentialSecret: { secret: canary, kubeconfig: kubeconfig(canary) },
      });
      await say('PUT', `${connections}/${id}`, { status: 'connected' });
      await say('POST', connections, { name: 'x', status: 'connected', ...draft });
      await say('POST', `${connections}/register`, { name: 'x', status: 'connect', ...draft });
      made.push(id);
    }
    for (const text of [kubeconfig(canary), `{${canary}`, `users: ${canary}`, `- ${canary}: [`]) {
      for (const path of ['/api/system/kubernetes/contexts', '/api/system/kubernetes'])
        answers.push(JSON.stringify(await owner.upload(path, form(text))));
    }
    await refused(credential);
    return { credential, connections: made };
  }

  /** What is wrong is told without what was sent. */
  async function refused(credential: string): Promise<void> {
    const draft = { name: 'k', type: 'grafana' };
    await say('POST', credentials, { ...draft, secret: canary });
    await say('POST', credentials, { ...draft, secret: { a: canary }, type: '' });
    await say('POST', credentials, { ...draft, secret: [canary] });
    await say('PUT', credentials, { id: credential, secret: canary });
    await say('POST', connections, {
      name: 'c',
      kind: 'grafana',
      url: `http://u:${canary}@host`,
      credentialSecret: canary,
    });
    for (const body of [`{"secret":{"token":"${canary}"`, canary]) {
      const headers = { ...owner.headers, 'content-type': 'application/json' };
      answers.push((await rawRequest(server.url, { method: 'POST', path: credentials, headers, body })).text);
    }
    for (const path of [
      `/api/system/clusters?token=${canary}`,
      `/auth/local?code=${canary}`,
      `/auth/redirect?token=${canary}`,
    ])
      answers.push(
        (await rawRequest(server.url, { method: 'GET', path, headers: { authorization: `Bearer ${canary}` } })).text,
      );
  }

  const fastify = (): FastifyInstance =>
    server.service.app.get(HttpAdapterHost).httpAdapter.getInstance<FastifyInstance>();

  test('what was planted is kept, and no answer to who planted it has it', async () => {
    const sealed = await server.userData.read((data) => data.credentials.all({}));
    expect(sealed.length).toBeGreaterThan(5);
    expect(answers.length).toBeGreaterThan(40);
    expect(answers.flatMap((answer, index) => findIn(`answer ${String(index)}`, answer))).toEqual([]);
  });

  test('no route answers one', async () => {
    const found: string[] = [];
    let asked = 0;
    for (const { method, path } of routesOf(fastify())) {
      if (method !== 'GET' || path === '/error' || path.endsWith('logout')) continue;
      const sets =
        path.includes(':connectionI') || path.includes('contexts/:id') ? ids.connections.map((id) => [id]) : [];
      const named = path.includes(':credentialId') ? [[ids.credential]] : sets;
      for (const values of named.length > 0 ? named : [(await samples[path]?.(server, owner)) ?? []]) {
        const parts = path.match(/:\w+/g) ?? [];
        const filled = parts.reduce((text, name, index) => text.replace(name, values[index] ?? 'x'), path);
        const { text } = await rawRequest(server.url, { method, path: filled, headers: owner.headers });
        found.push(...findIn(filled, text));
        asked += 1;
      }
    }
    expect(found).toEqual([]);
    expect(asked).toBeGreaterThan(100);
  });

  /** Every leaf of a type, three levels deep. */
  function selection(type: GraphQLOutputType, levels = 3): string {
    if (isNonNullType(type) || isListType(type)) return selection(type.ofType as GraphQLOutputType, levels);
    if (!isObjectType(type)) return '';
    const fields = Object.values(type.getFields()).flatMap(({ name, type: held, args }) => {
      if (args.some((argument) => isNonNullType(argument.type))) return [];
      const named = isNonNullType(held) || isListType(held) ? selection(held, levels - 1) : selection(held, levels - 1);
      return isLeafType(held) || named !== '' || isLeaf(held) ? [`${name} ${named}`] : [];
    });
    return levels === 0 || fields.length === 0 ? '' : `{ ${fields.join(' ')} }`;
  }

  function isLeaf(type: GraphQLOutputType): boolean {
    return isNonNullType(type) || isListType(type) ? isLeaf(type.ofType as GraphQLOutputType) : isLeafType(type);
  }

  test('no field of GraphQL answers one', async () => {
    const { schema } = (fastify() as unknown as { graphql: { schema: GraphQLSchema } }).graphql;
    const found: string[] = [];
    const told: string[] = [];
    for (const { name, type, args } of Object.values(schema.getQueryType()?.getFields() ?? {})) {
      if (args.some((argument) => isNonNullType(argument.type))) continue;
      const reply = await askGraphql(owner, `{ ${name} ${selection(type)} }`);
      if (reply.data?.[name] !== undefined && reply.data[name] !== null) told.push(name);
      found.push(...findIn(name, JSON.stringify(reply)));
    }
    for (const id of ids.connections) {
      const type = schema.getQueryType()?.getFields()['connection']?.type as GraphQLOutputType;
      const test = schema.getMutationType()?.getFields()['testConnection']?.type as GraphQLOutputType;
      const reply = await askGraphql(owner, `{ connection(id: "${id}") ${selection(type)} }`);
      expect(reply.data?.['connection']).toMatchObject({ id });
      found.push(...findIn('connection', JSON.stringify(reply)));
      const tested = await askGraphql(owner, `mutation { testConnection(id: "${id}") ${selection(test)} }`);
      expect(JSON.stringify(tested)).toMatch(/meshery-(connection|core)-1/);
      found.push(...findIn('test', JSON.stringify(tested)));
    }
    expect(told).toEqual(expect.arrayContaining(['connections', 'events', 'operations']));
    expect(found).toEqual([]);
  });

  test('no method of gRPC answers one', async () => {
    const grpc = await GrpcCaller.open(server);
    const same = (bytes: Buffer): Buffer => bytes;
    for (const { list } of [connectionServiceDefinition, eventServiceDefinition, operationServiceDefinition]) {
      const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
      grpc.client.makeUnaryRequest(list.path, same, same, Buffer.alloc(0), metadataOf(owner), (error, bytes) => {
        if (bytes === undefined) reject(error ?? new Error('no answer'));
        else resolve(bytes);
      });
      expect(findIn(list.path, await promise)).toEqual([]);
    }
    for (const id of ids.connections) {
      const { response } = await grpc.call(connectionServiceDefinition.get, { id }, owner);
      expect(findIn('get', JSON.stringify(response))).toEqual([]);
      const { meshery } = await grpc.call(connectionServiceDefinition.test, { id }, owner);
      expect(findIn('test', meshery ?? '')).toEqual([]);
    }
    grpc.client.close();
  });

  test('no event, no line of the log and none of the audit log has one', async () => {
    await waitUntil({ what: 'events', timeoutMs: 60_000 }, () => heard.length > 5);
    await server.service.app.get(RefusalLog, { strict: false }).settled();
    const lines = await server.userData.read((data) => data.audit.after(0, 100_000));
    expect(lines.filter(({ decision }) => decision === 'refused').length).toBeGreaterThan(5);
    expect(server.lines.length).toBeGreaterThan(20);
    expect([
      ...findIn('events', heard.join('\n')),
      ...findIn('log', server.lines.join('')),
      ...findIn('audit', JSON.stringify(lines)),
    ]).toEqual([]);
  });

  test('neither the support bundle nor a backup has one', async () => {
    const bundle = await fetch(`${server.url}/api/system/support-bundle`, { headers: owner.headers });
    expect(findIn('bundle', gunzipSync(Buffer.from(await bundle.arrayBuffer())))).toEqual([]);
    const file = join(server.folder, 'backup.jsonl');
    const url = postgres === undefined ? [] : ['--database-url', postgres.url];
    let status = 0;
    await runServer({
      logger: createLogger({ service: 'server', destination: { write: () => undefined } }),
      logs: new LogOutputs(),
      run: () => Promise.reject(new Error('no server is wanted')),
      output: { write: () => true },
      origin: { argv: ['backup', file, '--data-dir', server.folder, ...url], env: { HOME: server.folder } },
      host: { stderr: { write: () => true }, exit: (code) => (status = code) },
    });
    const text = await readFile(file, 'utf8');
    expect([status, text.includes('"sealed"'), findIn('backup', text)]).toEqual([0, true, []]);
  });

  test('no byte on a disk has one: databases, their logs, files of the log', async () => {
    const found = [...(await findInFolder(server.folder))];
    if (postgres !== undefined) found.push(...(await findInFolder(postgres.folder)));
    expect(found).toEqual([]);
  });

  test('a secret that was put into another record does not open there, nor in another organization', async () => {
    const made: string[] = [];
    for (const name of ['one', 'two']) {
      const { body } = await owner.post(credentials, { name, type: 'grafana', secret: { secret: canary } });
      made.push((body as { id: string }).id);
    }
    const [one = '', two = ''] = made;
    const stolen = await server.userData.read((data) => data.credentials.find({ id: one }));
    await server.userData.change((data) => data.credentials.update(two, { sealed: stolen?.sealed ?? '' }));
    const url = `http://127.0.0.1:${String(portOf(far))}`;
    const use = (by: Caller, credentialId: string) =>
      by.post(connections, { name: 'thief', kind: 'grafana', status: 'connected', url, credentialId });
    expect(await use(owner, two)).toMatchObject({ status: 500, body: { code: 'meshery-connection-1703' } });
    const stranger = await Caller.signUp(server, `otto-${database}`, 'admin', 'own');
    await server.userData.change((data) => data.credentials.update(one, { organizationId: stranger.organizationId }));
    expect(await use(stranger, one)).toMatchObject({ status: 500, body: { code: 'meshery-connection-1703' } });
  });
});
