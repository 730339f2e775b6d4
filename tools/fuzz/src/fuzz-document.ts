/** JSON as it was read. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** An object of it. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/** Values that exist on the server, by the name of the field or parameter that takes them. */
export type KnownValues = Readonly<Record<string, readonly string[]>>;

const schemas = '#/components/schemas/';

/**
 * The document that requests are made from. Where it says "any other error", nothing is said: an operation has to name
 * what it answers. Ids that nobody can guess are given, else no request would get past "there is no such organization".
 */
export function fuzzDocument(document: JsonObject, known: KnownValues): JsonObject {
  const paths = mapObject(asObject(document['paths']), (methods, path) =>
    mapObject(asObject(methods), (operation, method) =>
      fuzzOperation(asObject(operation), (name) => valuesOf(known, { method, path, name })),
    ),
  );
  const components = asObject(document['components']);
  const sent = schemasOfBodies(document);
  const bodies = mapObject(asObject(components['schemas']), (schema, name) =>
    sent.has(name) ? withKnown(schema, known) : schema,
  );
  return { ...document, paths, components: { ...components, schemas: bodies } };
}

/** Removing takes the first half of the records: the others stay for whoever reads and changes them. */
function valuesOf(
  known: KnownValues,
  { method, path, name }: { readonly method: string; readonly path: string; readonly name: string },
): readonly string[] | undefined {
  const ending = Object.keys(known).find((key) => key.startsWith('/') && path.includes(`${key}/{${name}}`));
  const values = known[ending ?? name];
  if (values === undefined || values.length === 1) return values;
  const half = values.length / 2;
  return method === 'delete' ? values.slice(0, half) : values.slice(half);
}

/**
 * Paths that are also an id to another path, as `/users/profile` is to `/users/{id}`: of those, methods are answered
 * that the document has at the other one.
 */
export function sharedPaths(document: JsonObject): readonly string[] {
  const paths = Object.keys(asObject(document['paths']));
  const patterns = paths.map((path) => [path, new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`)] as const);
  return paths.filter((path) => patterns.some(([other, pattern]) => other !== path && pattern.test(path)));
}

/** Ids of operations that name an answer 5xx, such as that a test of something else failed. */
export function failingOperations(document: JsonObject): readonly string[] {
  const operations = Object.values(asObject(document['paths'])).flatMap((methods) => Object.values(asObject(methods)));
  return operations
    .map(asObject)
    .filter(({ responses }) => Object.keys(asObject(responses)).some((status) => status.startsWith('5')))
    .map(({ operationId }) => operationId as string);
}

function fuzzOperation(operation: JsonObject, valuesOf: (name: string) => readonly string[] | undefined): JsonObject {
  const { default: _, ...responses } = asObject(operation['responses']);
  const { parameters } = operation;
  if (!Array.isArray(parameters)) return { ...operation, responses };
  const filled = (parameters as readonly JsonObject[]).map((parameter) => {
    const values = valuesOf(parameter['name'] as string);
    return values === undefined ? parameter : { ...parameter, schema: { type: 'string', enum: values } };
  });
  return { ...operation, responses, parameters: filled };
}

/** The names of the schemas that request bodies refer to by themselves. */
function schemasOfBodies(document: JsonObject): ReadonlySet<string> {
  const operations = Object.values(asObject(document['paths'])).flatMap((methods) => Object.values(asObject(methods)));
  const texts = operations.map((operation) => JSON.stringify(asObject(operation)['requestBody'] ?? {}));
  const references = texts.flatMap((text) => [...text.matchAll(/"\$ref":"([^"]+)"/g)]);
  return new Set(references.map(([, reference = '']) => reference.replace(schemas, '')));
}

function withKnown(schema: Json, known: KnownValues): Json {
  if (Array.isArray(schema)) return (schema as readonly Json[]).map((part) => withKnown(part, known));
  if (typeof schema !== 'object' || schema === null) return schema;
  return mapObject(schema as JsonObject, (part, key) => {
    if (key !== 'properties') return withKnown(part, known);
    return mapObject(asObject(part), (property, name) => {
      const values = known[name];
      return values === undefined ? withKnown(property, known) : { type: 'string', enum: values };
    });
  });
}

function mapObject(object: JsonObject, change: (value: Json, key: string) => Json): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value, key)]));
}

function asObject(json: Json | undefined): JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as JsonObject) : {};
}
