import { recordId, snakeCase } from '@meshery/object-model';
import { z } from 'zod';
import type { JsonSchema, Named } from './description.ts';

type Fields = Record<string, unknown>;

/** Where a named schema stands in the document. */
export function reference(name: string): JsonSchema {
  return { $ref: `#/components/schemas/${name}` };
}

/** The named schemas as JSON schemas; they refer to each other by name. Throws for a name that means two things. */
export function componentSchemas(
  bodies: readonly Named[],
  answers: readonly Named[],
): Readonly<Record<string, JsonSchema>> {
  const registry = z.registry<{ id: string }>();
  const known = new Map<string, Named>();
  for (const each of [...bodies, ...answers]) {
    const other = known.get(each.name);
    if (other === undefined) registry.add(each.schema, { id: each.name });
    else if (other.schema !== each.schema) throw new TypeError(`two schemas are named ${each.name}`);
    known.set(each.name, each);
  }
  const taken = new Set(bodies.map(({ name }) => name));
  const { schemas } = z.toJSONSchema(registry, {
    io: 'input',
    unrepresentable: 'any',
    uri: (id) => `#/components/schemas/${id}`,
    override: ({ zodSchema, jsonSchema }) => {
      simplify(zodSchema, jsonSchema);
    },
  });
  return Object.fromEntries(
    Object.entries(schemas)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, schema]) => {
        const { $schema: _, $id: __, id: ___, ...fields } = schema as Fields;
        if (known.get(name)?.isInBothSpellings !== true) return [name, fields];
        return [name, taken.has(name) ? inEitherSpelling(fields) : inBothSpellings(fields)];
      }),
  );
}

/** Leaves out what says nothing: patterns beside formats, names that are texts, the bounds of whole numbers. */
function simplify(zodSchema: unknown, jsonSchema: Fields): void {
  if (zodSchema === recordId) jsonSchema['format'] = 'uuid';
  if (jsonSchema['format'] !== undefined) delete jsonSchema['pattern'];
  if (zodSchema instanceof z.ZodRecord && zodSchema.keyType instanceof z.ZodString) delete jsonSchema['propertyNames'];
  if (jsonSchema['maximum'] === Number.MAX_SAFE_INTEGER) delete jsonSchema['maximum'];
}

/** What is sent has the fields under both of their names. */
function inBothSpellings(schema: Fields): Fields {
  const { properties = {}, required = [] } = schema as { properties?: Fields; required?: readonly string[] };
  const names = required.flatMap((name) => [...new Set([name, snakeCase(name)])]);
  return { ...schema, properties: twins(properties), required: names };
}

/** What is taken may have them under either. */
function inEitherSpelling(schema: Fields): Fields {
  const { properties = {}, required = [] } = schema as { properties?: Fields; required?: readonly string[] };
  const [one, two] = [
    required.filter((name) => snakeCase(name) === name),
    required.filter((name) => snakeCase(name) !== name),
  ];
  const either = two.map((name) => ({ anyOf: [{ required: [name] }, { required: [snakeCase(name)] }] }));
  const { required: _, ...rest } = schema;
  return {
    ...rest,
    properties: twins(properties),
    ...(one.length === 0 ? {} : { required: one }),
    ...(either.length === 0 ? {} : { allOf: either }),
  };
}

function twins(properties: Fields): Fields {
  const twinned = Object.entries(properties).map(([name, value]) => [snakeCase(name), value] as const);
  return { ...properties, ...Object.fromEntries(twinned.filter(([name]) => !(name in properties))) };
}
