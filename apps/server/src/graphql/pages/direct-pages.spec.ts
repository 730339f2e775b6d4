import { readFileSync } from 'node:fs';
import { createLogger } from '@meshery/observability';
import type { ObjectPage, ObjectQuery } from '@meshery/store';
import { fastify } from 'fastify';
import type { FastifyInstance } from 'fastify';
import type { GraphQLResolveInfo } from 'graphql';
import mercurius from 'mercurius';
import { attachSession } from '../../access/request-session.ts';
import type { ListResourcesHandler } from '../../inventory/queries/list-resources.handler.ts';
import type { GraphqlContext } from '../graphql-context.ts';
import { DirectPages } from './direct-pages.ts';

const schema = readFileSync(new URL('../../../../../docs/reference/schema.graphql', import.meta.url), 'utf8');
const pageText = 'query Page($page: Int) { resources(filter: { clusterIds: ["all"] }, page: $page) { totalCount } }';
const found: ObjectPage = { rows: [], totalCount: 3, seq: 1 };

/** Mercurius behind direct pages, and what reached which of them. */
class Bench {
  readonly app: FastifyInstance = fastify();
  readonly direct: (number | undefined)[] = [];
  executed = 0;
  permissions: ReadonlySet<string> = new Set(['View resources']);
  fails = false;

  async start(): Promise<this> {
    const page = (_ctx: unknown, query: ObjectQuery): Promise<ObjectPage> => {
      this.direct.push(query.page);
      return this.fails ? Promise.reject(new Error('the disk is gone')) : Promise.resolve(found);
    };
    const pages = new DirectPages(
      { page } as unknown as ListResourcesHandler,
      createLogger({ service: 'test', level: 'silent' }),
    );
    this.app.addHook('onRequest', (request, _reply, done) => {
      const identity = { userId: 'u', name: 'u', provider: 'Local', roles: [] };
      attachSession(request, { identity, tokenId: 't', expiresAt: 0, permissions: this.permissions });
      done();
    });
    const resources = (_root: unknown, _args: unknown, context: unknown, info: GraphQLResolveInfo): ObjectPage => {
      this.executed += 1;
      const { request } = context as GraphqlContext;
      if (request !== undefined) pages.learn(request, info);
      return found;
    };
    await this.app.register(mercurius, {
      schema,
      resolvers: { Query: { resources } },
      context: (request) => ({ request }),
      additionalRouteOptions: { preHandler: (request, reply) => pages.answer(request, reply) },
    });
    return this;
  }

  async ask(body: object): Promise<string> {
    const { payload, headers } = await this.app.inject({ method: 'POST', url: '/graphql', payload: body });
    return `${String(headers['content-type'])} ${payload}`;
  }
}

let bench: Bench;
beforeEach(async () => {
  bench = await new Bench().start();
});
afterEach(async () => {
  await bench.app.close();
});

test('a document goes to the executor once; after that its pages are answered at once, in the same bytes', async () => {
  const first = await bench.ask({ query: pageText, variables: { page: 1 } });
  expect(first).toBe('application/json; charset=utf-8 {"data":{"resources":{"totalCount":3}}}');
  expect(await bench.ask({ query: pageText, variables: { page: 2 } })).toBe(first);
  expect(await bench.ask({ query: pageText, variables: null })).toBe(first);
  expect([bench.executed, bench.direct]).toEqual([1, [2, 0]]);
});

test.each([
  ['somebody without the permission', (): void => void (bench.permissions = new Set())],
  ['a page that cannot be read', (): void => void (bench.fails = true)],
])('what is refused or fails goes to the executor, which tells why: %s', async (_what, change) => {
  await bench.ask({ query: pageText });
  change();
  await bench.ask({ query: pageText });
  expect(bench.executed).toBe(2);
});

test('variables that GraphQL refuses are refused by the executor', async () => {
  await bench.ask({ query: pageText });
  expect(await bench.ask({ query: pageText, variables: { page: 'x' } })).toContain('errors');
  expect(bench.direct).toEqual([]);
});

test('of a document with several operations each has its own answer', async () => {
  const query = `${pageText} query Other { resources(filter: { clusterIds: [] }) { seq } }`;
  await bench.ask({ query, operationName: 'Page' });
  expect(await bench.ask({ query, operationName: 'Other' })).toContain('{"seq":"1"}');
  expect(bench.direct).toEqual([]);
});
