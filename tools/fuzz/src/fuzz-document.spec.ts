import { failingOperations, fuzzDocument, sharedPaths } from './fuzz-document.ts';
import { parseFuzzArguments } from './arguments.ts';

const schema = { properties: { organizationId: { type: 'string', format: 'uuid' }, name: { type: 'string' } } };
const document = {
  paths: {
    '/api/things/{userId}': {
      post: {
        parameters: [
          { name: 'userId', in: 'path', schema: { type: 'string', format: 'uuid' } },
          { name: 'search', in: 'query', schema: { type: 'string' } },
        ],
        requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Draft' } } } },
        responses: { 201: { description: 'Done.' }, default: { description: 'Any other error.' } },
      },
    },
  },
  components: { schemas: { Draft: schema, Thing: schema }, responses: {} },
};

test('only the answers that an operation names are documented ones', () => {
  const operation = fuzzDocument(document, {}).paths as typeof document.paths;
  expect(Object.keys(operation['/api/things/{userId}'].post.responses)).toEqual(['201']);
});

test('ids that nobody can guess are given to what is sent, and to nothing that is answered', () => {
  const made = fuzzDocument(document, { organizationId: ['o'], userId: ['u'] }) as unknown as typeof document;
  const given = (id: string) => ({ type: 'string', enum: [id] });
  expect(made.paths['/api/things/{userId}'].post.parameters.map((each) => each.schema)).toEqual([
    given('u'),
    { type: 'string' },
  ]);
  expect(made.components.schemas.Draft.properties).toEqual({
    organizationId: given('o'),
    name: { type: 'string' },
  });
  expect(made.components.schemas.Thing).toEqual(schema);
});

test('records at the end of a path are halved: what is removed is not what is read', () => {
  const item = { parameters: [{ name: 'id', in: 'path', schema: {} }], responses: {} };
  const paths = { '/api/things/{id}': { get: item, delete: item } };
  const made = fuzzDocument({ paths, components: {} }, { '/things': ['a', 'b', 'c', 'd'] }).paths as typeof paths;
  const ids = (method: 'get' | 'delete') => made['/api/things/{id}'][method].parameters[0]?.schema;
  expect([ids('get'), ids('delete')]).toMatchObject([{ enum: ['c', 'd'] }, { enum: ['a', 'b'] }]);
});

test('paths that are an id to another path are known', () => {
  const paths = {
    '/a/{id}': {},
    '/a/all': {},
    '/a/{id}/b': {},
    '/a/{id}/c': {},
    '/b/{name}': {},
    '/a/{id}/{other}': {},
  };
  expect(sharedPaths({ paths })).toEqual(['/a/all', '/a/{id}/b', '/a/{id}/c']);
});

test('operations that name an answer 5xx are known', () => {
  const post = { operationId: 'ping', responses: { 200: {}, 503: {} } };
  const get = { operationId: 'read', responses: { 200: {}, default: {} } };
  expect(failingOperations({ paths: { '/a': { get, post } } })).toEqual(['ping']);
});

test('arguments after the dashes are those of the fuzzing client', () => {
  const read = parseFuzzArguments(['--minutes', '30', '--as', 'viewer', '--', '--seed', '1']);
  expect(read).toEqual({ help: false, minutes: 30, caller: 'viewer', further: ['--seed', '1'] });
  expect(() => parseFuzzArguments(['--minutes', 'none'])).toThrow('is no time');
  expect(() => parseFuzzArguments(['--as', 'root'])).toThrow('there is no caller "root"');
});
