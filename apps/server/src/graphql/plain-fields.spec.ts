import {
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  getIntrospectionQuery,
  graphql,
} from 'graphql';
import { withPlainFields } from './plain-fields.ts';

class Row {
  get name(): string {
    return 'from the property';
  }
}

const resolve = (): string => 'from the resolver';
const name = { type: new GraphQLNonNull(GraphQLString), resolve };
const row = new GraphQLObjectType({ name: 'Row', fields: { name } });
const query = new GraphQLObjectType({
  name: 'Query',
  fields: { row: { type: row, resolve: () => new Row() }, word: { type: GraphQLString, resolve } },
});
const schema = withPlainFields(new GraphQLSchema({ query }));

test('the fields of an object are its properties, those of the query are as they were', async () => {
  const { data } = await graphql({ schema, source: '{ row { name } word }' });
  expect(data).toMatchObject({ row: { name: 'from the property' }, word: 'from the resolver' });
});

test('a schema still tells of itself', async () => {
  const { data, errors } = await graphql({ schema, source: getIntrospectionQuery() });
  expect([errors, data?.__schema]).toEqual([
    undefined,
    expect.objectContaining({ queryType: { name: 'Query', kind: 'OBJECT' } }),
  ]);
});
