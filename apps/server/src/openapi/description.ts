import type { Right } from '@meshery/security';
import { z } from 'zod';

/** A JSON schema (draft 2020-12), as OpenAPI 3.1 has it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** A schema with the name that it has in the document. */
export interface Named {
  readonly name: string;
  readonly schema: z.ZodType;
  /** The fields of the record are sent, and taken, in camelCase and in snake_case. */
  readonly isInBothSpellings: boolean;
}

/** A query parameter. */
export interface Parameter {
  readonly name: string;
  readonly description: string;
  readonly schema: JsonSchema;
  readonly required?: true;
}

/** What the code of a route does not say by itself. */
export interface Description {
  readonly summary: string;
  readonly query?: readonly Parameter[];
  readonly body?: Named;
  /** Content type of the body where it is not JSON. */
  readonly bodyType?: string;
  readonly answer?: Named;
  /** Content type of the answer where it is not JSON. */
  readonly answerType?: string;
  /** What 400 carries, where it is not the one form of errors. */
  readonly badRequest?: Named;
  /** Statuses of errors that neither method nor path, query or body let expect. */
  readonly errors?: readonly number[];
  /** Status of success, where the handler sends it by itself; that of an error where there is no success. */
  readonly status?: number;
  /** Of routes that are no handlers of a controller. */
  readonly right?: Right;
}

/** Routes that belong together; keys are `METHOD /path` as they are registered. */
export interface Feature {
  readonly tag: string;
  readonly about: string;
  readonly routes: Readonly<Record<string, Description>>;
}

/** A record whose fields have both spellings. */
export function named(name: string, schema: z.ZodType): Named {
  return { name, schema, isInBothSpellings: true };
}

/** Something whose fields have the one spelling that they have. */
export function asSpelled(name: string, schema: z.ZodType): Named {
  return { name, schema, isInBothSpellings: false };
}

/** One page of a list, the rows under the name of what they are. */
export function pageOf(rows: string, item: Named, more: z.ZodRawShape = {}): Named {
  const whole = z.int().min(0);
  const next = z.string().optional().meta({ description: 'Where the next page goes on: "after" of its request.' });
  const fields = { page: whole, pageSize: whole, totalCount: whole, next, ...more };
  return named(`${item.name}Page`, z.object({ ...fields, [rows]: z.array(item.schema) }));
}

const text = { type: 'string' };

/** A text parameter. */
export function textParameter(name: string, description: string): Parameter {
  return { name, description, schema: text };
}

/** A text parameter that may be repeated: any of its values. */
export function textsParameter(name: string, description: string, items: JsonSchema = text): Parameter {
  return { name, description, schema: { type: 'array', items } };
}

/** A parameter that takes one of several texts. */
export function choiceParameter(name: string, description: string, choices: readonly string[]): Parameter {
  return { name, description, schema: { type: 'string', enum: choices } };
}

/** A parameter that is the id of a record. */
export function idParameter(name: string, description: string): Parameter {
  return { name, description, schema: { type: 'string', format: 'uuid' } };
}

/** A parameter that is true or false. */
export function flagParameter(name: string, description: string): Parameter {
  return { name, description, schema: { type: 'boolean', default: false } };
}

/** A parameter that is a whole number. */
export function numberParameter(name: string, description: string, range: JsonSchema = { minimum: 0 }): Parameter {
  return { name, description, schema: { type: 'integer', ...range } };
}

/** Page, page size, search and order of a list that can be sorted by these fields. */
export function listParameters(sorted: readonly string[], maxPageSize = 10_000): readonly Parameter[] {
  const size = { type: 'integer', minimum: 1, maximum: maxPageSize };
  return [
    numberParameter('page', 'Which page, from 0.', { minimum: 0, maximum: 1_000_000, default: 0 }),
    { name: 'pagesize', description: 'Rows of a page.', schema: { anyOf: [size, { const: 'all' }] } },
    textParameter('after', 'Goes on by position: "next" of a page, in the same order and without "page".'),
    textParameter('search', 'Text that the name, or another searchable field, contains.'),
    orderParameter(sorted),
  ];
}

/** The order of a list. */
export function orderParameter(sorted: readonly string[]): Parameter {
  const description = `${sorted.join(', ')}; then "asc" or "desc" after a space.`;
  return { name: 'order', description, schema: { ...text, pattern: `^(${sorted.join('|')})( (asc|desc))?$` } };
}

/** The organization that a list is about. */
export const organizationParameters = [idParameter('orgId', 'Only what belongs to this organization.')] as const;

/** What almost every list can be sorted by. */
export const usuallySorted = ['name', 'createdAt', 'updatedAt'] as const;

/** What records are called, and their schemas. */
export interface RecordKind {
  readonly one: string;
  /** In the answer of the list. */
  readonly many: string;
  readonly record: Named;
  readonly page: Named;
  readonly draft: Named;
  readonly patch: Named;
}

/** The five routes of records that are kept: list, make, read, change, remove. */
export function recordRoutes(path: string, { one, many, record, page, draft, patch }: RecordKind): Feature['routes'] {
  const query = [...listParameters(usuallySorted), ...organizationParameters];
  return {
    [`GET ${path}`]: { summary: `List ${many}`, query, answer: page },
    [`POST ${path}`]: { summary: `Make ${one}`, body: draft, answer: record },
    [`GET ${path}/:id`]: { summary: `Read ${one}`, answer: record },
    [`PUT ${path}/:id`]: { summary: `Change ${one}`, body: patch, answer: record },
    [`DELETE ${path}/:id`]: { summary: `Remove ${one}` },
  };
}
