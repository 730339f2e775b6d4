/** The reference of graphql-page: the same query of the store in bare Mercurius. Arguments: data folder, port. */
import { publishedId } from '@meshery/contracts';
import { createLogger, createMetricsRegistry } from '@meshery/observability';
import { modelOf, openSqliteInventory } from '@meshery/store';
import type { ObjectHead } from '@meshery/store';
import { fastify } from 'fastify';
import mercurius from 'mercurius';

const [dataDir, port] = process.argv.slice(2);
if (dataDir === undefined || port === undefined) throw new Error('usage: bare-graphql.ts DATA_FOLDER PORT');

const schema = `
  input Label { key: String! value: String! }
  input Filter { clusterIds: [ID!]! namespaces: [String!] labels: [Label!] }
  type Resource {
    id: ID! apiVersion: String! kind: String! model: String! name: String! namespace: String uid: String!
    resourceVersion: String! creationTimestamp: String
  }
  type Page { resources: [Resource!]! totalCount: Int! }
  type Query { resources(filter: Filter!, page: Int, pageSize: Int): Page! }
`;

interface Asked {
  readonly filter: {
    readonly clusterIds: readonly string[];
    readonly namespaces: readonly string[];
    readonly labels: readonly { readonly key: string; readonly value: string }[];
  };
  readonly page: number;
  readonly pageSize: number;
}

const store = await openSqliteInventory({
  dataDir,
  logger: createLogger({ service: 'bare-graphql' }),
  metrics: createMetricsRegistry({ service: 'bare-graphql', version: '0' }),
});
const resolvers = {
  Query: {
    resources: async (_root: unknown, { filter, page, pageSize }: Asked) => {
      const found = await store.page({ ...filter, page, pageSize, sort: 'name', descending: false }, false);
      return { resources: found.rows, totalCount: found.totalCount };
    },
  },
  Resource: { id: publishedId, model: ({ apiVersion }: ObjectHead) => modelOf(apiVersion) },
};
const app = fastify();
app.get('/page', () => 'ready');
await app.register(mercurius, { schema, resolvers, jit: 3 });
await app.listen({ host: '127.0.0.1', port: Number(port) });
