import type { EntitySchemaColumnOptions } from 'typeorm';

/** Column options that the tables of user data share; plain objects, so that they run without a build. */

/** A text column, under its name in the database when that differs. */
export function text(name?: string): EntitySchemaColumnOptions {
  return { type: 'text', ...(name === undefined ? {} : { name }) };
}

/** A text that may be absent. */
export function optionalText(name?: string): EntitySchemaColumnOptions {
  return { ...text(name), nullable: true };
}

/** Any JSON value. */
export function json(name?: string): EntitySchemaColumnOptions {
  return { type: 'simple-json', ...(name === undefined ? {} : { name }) };
}

/** Id and times of every record. */
export const recordColumns = {
  id: { type: 'text', primary: true },
  createdAt: text('created_at'),
  updatedAt: text('updated_at'),
} as const;

/** The columns of what belongs to an organization. */
export const ownedColumns = { ...recordColumns, organizationId: text('organization_id'), owner: text() } as const;

/** One side of a link between two records. */
export function linkColumn(name: string): EntitySchemaColumnOptions {
  return { type: 'text', primary: true, name };
}

/** A whole number of up to 53 bits; PostgreSQL hands bigint out as text. */
export function longInteger(): EntitySchemaColumnOptions {
  return { type: 'bigint', transformer: { to: (value: unknown) => value, from: Number } };
}

/** How often something happened. */
export function count(name: string): EntitySchemaColumnOptions {
  return { type: 'integer', name };
}

/** True or false, kept as 1 or 0. */
export function truth(name: string): EntitySchemaColumnOptions {
  return { type: 'integer', name, transformer: { to: Number, from: Boolean } };
}
