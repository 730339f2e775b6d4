import { AccessTable } from '@meshery/security';
import type { Right } from '@meshery/security';
import type { Description, Feature, JsonSchema, Named } from './description.ts';
import { errorAnswer, errorReferences, errorResponses } from './error-responses.ts';
import type { HandlerFacts } from './handlers.ts';
import { componentSchemas, reference } from './schemas.ts';

/** An OpenAPI 3.1 document. */
export interface OpenApiDocument {
  readonly openapi: '3.1.0';
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>>; readonly [part: string]: object };
  readonly [part: string]: unknown;
}

/** One operation of the document. */
export interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly responses: Readonly<Record<string, object>>;
  readonly [part: string]: unknown;
}

type Schemas = Readonly<Record<string, JsonSchema>>;

interface Route {
  readonly facts: HandlerFacts;
  readonly tag: string;
  readonly description: Description;
}

const roles = { read: 'viewer', write: 'editor', administer: 'admin' } as const;

/** The document of what these handlers, and the described routes beside them, answer. */
export function openApiDocument(handlers: readonly HandlerFacts[], features: readonly Feature[]): OpenApiDocument {
  const routes = routesOf(handlers, features);
  const bodies = routes.flatMap(({ description: { body } }) => body ?? []);
  const answers = routes.flatMap(({ description: { answer, badRequest } }) =>
    [answer, badRequest].filter((each) => each !== undefined),
  );
  const schemas = componentSchemas(unique(bodies), unique([...answers, errorAnswer]));
  return {
    openapi: '3.1.0',
    info: {
      title: 'Meshery',
      version: '1.0.0',
      description:
        'The REST API of a Meshery server. Names of two words are sent, and taken, in camelCase and snake_case.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }, { cookie: [] }],
    tags: features.map(({ tag, about }) => ({ name: tag, description: about })),
    paths: pathsOf(routes, schemas),
    components: {
      schemas,
      responses: errorResponses(),
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'A session, or the token of a program.' },
        cookie: { type: 'apiKey', in: 'cookie', name: 'token', description: 'What sign-in leaves in a browser.' },
      },
    },
  };
}

/** The handlers, and what is described beside them: other parts of the server register it. */
function routesOf(handlers: readonly HandlerFacts[], features: readonly Feature[]): readonly Route[] {
  const facts = new Map(handlers.map((each) => [`${each.method} ${each.path}`, each]));
  const described = features.flatMap(({ tag, routes }) =>
    Object.entries(routes).map(([key, description]): [string, Route] => {
      const [method = '', path = ''] = key.split(' ');
      const elsewhere = { method, path, status: 200, right: description.right, ids: [], hasBody: false };
      return [key, { tag, description, facts: facts.get(key) ?? elsewhere }];
    }),
  );
  const plain = [...facts].map(([key, each]): [string, Route] => {
    return [key, { tag: 'Others', description: { summary: key }, facts: each }];
  });
  const all = [...new Map([...plain, ...described]).values()];
  return all.sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
}

function sortKey({ facts: { method, path } }: Route): string {
  return `${path} ${method}`;
}

function pathsOf(routes: readonly Route[], schemas: Schemas): OpenApiDocument['paths'] {
  const paths: Record<string, Record<string, Operation>> = {};
  for (const route of routes) {
    const operations = (paths[templateOf(route.facts.path)] ??= {});
    operations[route.facts.method.toLowerCase()] = operationOf(route, schemas);
  }
  return paths;
}

/** `/a/:id` is `/a/{id}`; what a star stands for is called `rest`. */
export function templateOf(path: string): string {
  return path.replaceAll(/:(\w+)/g, '{$1}').replace('*', '{rest}');
}

function operationOf({ facts, tag, description }: Route, schemas: Schemas): Operation {
  const { method, path } = facts;
  const right = facts.right ?? (method === 'GET' ? 'read' : 'write');
  const rule = new AccessTable().rule(method, path);
  return {
    operationId: operationIdOf(method, path),
    tags: [tag],
    summary: description.summary,
    ...(rule === undefined
      ? { description: `Needs the role "${roles[right]}".`, 'x-meshery-right': right }
      : {
          description: `Open: ${rule.reason}.`,
          security: rule.onlyFrom === undefined ? [] : [{}, { bearer: [] }, { cookie: [] }],
        }),
    ...parametersOf(facts, description),
    ...requestBodyOf(description),
    responses: {
      ...successOf(facts, description),
      ...errorReferences([
        ...faultsOf(facts, description, rule === undefined ? right : undefined),
        ...(namesRecords(facts, description, schemas) ? [404] : []),
        ...(description.errors ?? []),
      ]),
      ...(description.badRequest === undefined ? {} : { 400: json('The request is wrong.', description.badRequest) }),
    },
  };
}

/** `GET /api/workspaces/:id` is `getWorkspacesById`; what is not of the API has `Web` before it. */
function operationIdOf(method: string, path: string): string {
  const words = (path.startsWith('/api/') ? templateOf(path.slice('/api'.length)) : `/web${templateOf(path)}`)
    .replaceAll(/\{(\w+)\}/g, (_, name: string) => `by-${name}`)
    .split(/[^A-Za-z0-9]+/);
  return method.toLowerCase() + words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('');
}

function parametersOf({ path, ids }: HandlerFacts, { query = [] }: Description): object {
  const named = [...templateOf(path).matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string', ...(ids.includes(name) ? { format: 'uuid' } : {}) },
  }));
  const parameters = [...named, ...query.map((parameter) => ({ ...parameter, in: 'query' }))];
  return parameters.length === 0 ? {} : { parameters };
}

function requestBodyOf({ body, bodyType = 'application/json' }: Description): object {
  if (body === undefined) return {};
  return { requestBody: { required: true, content: { [bodyType]: { schema: reference(body.name) } } } };
}

function successOf(facts: HandlerFacts, { status = facts.status, answer, answerType }: Description): object {
  if (status === 204) return { 204: { description: 'Done.' } };
  if (status >= 400) return errorReferences([status]);
  if (status >= 300) return { [status]: { description: 'Leads on to the address in the header Location.' } };
  const type = answerType ?? 'application/json';
  const schema = answer === undefined ? (answerType === undefined ? {} : { type: 'string' }) : reference(answer.name);
  return { [status]: { description: 'Done.', content: { [type]: { schema } } } };
}

function json(description: string, { name }: Named): object {
  return { description, content: { 'application/json': { schema: reference(name) } } };
}

function faultsOf({ method, path }: HandlerFacts, { query, body }: Description, right: Right | undefined): number[] {
  const changes = method !== 'GET';
  return [
    ...(query !== undefined || body !== undefined || path.includes(':') ? [400] : []),
    ...(right === undefined ? [] : [401]),
    ...(changes || right === 'administer' ? [403] : []),
    ...(changes ? [409] : []),
    ...(body === undefined ? [] : [413]),
  ];
}

/** Whether a request names something that may not be there: in its path, or as an id in its query or body. */
function namesRecords({ path }: HandlerFacts, { query = [], body }: Description, schemas: Schemas): boolean {
  const sent = [query, body === undefined ? {} : schemas[body.name]];
  return /[:*]/.test(path) || JSON.stringify(sent).includes('"format":"uuid"');
}

function unique(all: readonly Named[]): readonly Named[] {
  return [...new Set(all)];
}
