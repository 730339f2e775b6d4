import { readFileSync } from 'node:fs';
import type { ObjectPage } from '@meshery/store';
import { buildSchema, graphqlSync } from 'graphql';
import type { ExecutionResult, GraphQLResolveInfo } from 'graphql';
import { withPlainFields } from '../plain-fields.ts';
import { ResourceEntity } from '../resource.entity.ts';
import { planOf } from './page-plan.ts';
import type { PagePlan } from './page-plan.ts';

const schemaFile = new URL('../../../../../docs/reference/schema.graphql', import.meta.url);
const schema = withPlainFields(buildSchema(readFileSync(schemaFile, 'utf8')));

const head = { seq: 7, clusterId: 'c1', uid: 'u1', apiVersion: 'apps/v1', kind: 'Deployment', resourceVersion: '12' };
const page: ObjectPage = {
  rows: [
    { ...head, namespace: 'shop', name: 'web "1"', creationTimestamp: '2026-01-02T03:04:05Z' },
    { ...head, namespace: '', name: 'node-\u2028é', creationTimestamp: '', staleSince: '2026-01-03T00:00:00.000Z' },
  ],
  totalCount: 2,
  seq: 9,
};

/** What an executor answers, and the plan that was made meanwhile. */
function run(
  source: string,
  variableValues: Record<string, unknown> = {},
): { answer: ExecutionResult; plan?: PagePlan | undefined } {
  let plan: PagePlan | undefined;
  const resources = (_args: unknown, _context: unknown, info: GraphQLResolveInfo): object => {
    plan = planOf(info);
    return { ...page, seq: String(page.seq), resources: page.rows.map((row) => new ResourceEntity(row, '{}')) };
  };
  return { answer: graphqlSync({ schema, source, variableValues, rootValue: { resources, clusters: [] } }), plan };
}

const filter = 'filter: { clusterIds: ["all"] }';
const everyField =
  'id apiVersion kind model clusterId name namespace uid resourceVersion creationTimestamp staleSince __typename';

test.each([
  `{ resources(${filter}) { totalCount next seq __typename resources { ${everyField} } } }`,
  `query Named { mine: resources(${filter}) { rows: resources { uid of: kind kind title: name } many: totalCount } }`,
])('a page is answered as an executor answers it: %s', (source) => {
  const { answer, plan } = run(source);
  expect(answer.errors).toBeUndefined();
  expect(JSON.stringify(plan?.answer(page))).toBe(JSON.stringify(answer));
});

test('arguments are read as GraphQL reads them: defaults, coercion, nothing for what it refuses', () => {
  const { plan } = run(
    'query($f: ResourceFilter!, $size: Int = 5) { resources(filter: $f, pageSize: $size, page: 3) { totalCount } }',
    { f: { clusterIds: 'all' } },
  );
  expect(plan?.args({ f: { clusterIds: 'c1', kinds: ['Pod'] } })).toEqual({
    ...{ filter: { clusterIds: ['c1'], kinds: ['Pod'] } },
    ...{ pageSize: 5, page: 3 },
  });
  expect([plan?.args({}), plan?.args({ f: { clusterIds: ['c1'], wrong: 1 } })]).toEqual([undefined, undefined]);
});

test.each([
  ['a text of the objects', `{ resources(${filter}) { resources { name spec } } }`],
  ['labels', `{ resources(${filter}) { resources { labels { key } } } }`],
  ['a fragment', `{ resources(${filter}) { ...some } } fragment some on ResourcePage { totalCount }`],
  ['an inline fragment', `{ resources(${filter}) { ... on ResourcePage { totalCount } } }`],
  ['a directive', `{ resources(${filter}) { totalCount next @skip(if: true) } }`],
  ['another field at the top', `{ resources(${filter}) { totalCount } clusters { id } }`],
  ['a field twice', `{ resources(${filter}) { totalCount totalCount } }`],
  ['a name that is none of a property', `{ resources(${filter}) { __proto__: totalCount seq } }`],
])('what needs an executor has no plan: %s', (_what, source) => {
  const { answer, plan } = run(source);
  expect(answer.data).toHaveProperty('resources');
  expect(plan).toBeUndefined();
});
