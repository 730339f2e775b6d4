import type { ComponentLimits, ComponentSighting } from '../component-state.ts';

/** How a database spells what the statements about components need. */
export interface ComponentDialect {
  readonly table: string;
  /** The greater of two numbers. */
  readonly greater: 'max' | 'greatest';
  /** The parameter of a position, from 1. */
  readonly parameter: (position: number) => string;
}

/** The statements about components. */
export interface ComponentSql {
  /** Merges one sighting; takes `sightingValues`. */
  readonly note: string;
  /** Takes `before`. */
  readonly forgetOld: string;
  /** Takes `keep`. */
  readonly forgetMany: string;
  readonly select: string;
}

const columns =
  'kind, location, cluster_id, version, failing, first_noted, last_seen, error_code, error_message, error_at';

/** Writes the statements; columns of `select` are those of ComponentState, with a number for `isFailing`. */
export function componentSql({ table, greater, parameter }: ComponentDialect): ComponentSql {
  const values = columns.split(', ').map((_, index) => parameter(index + 1));
  const unlessEmpty = (name: string): string =>
    `${name} = CASE excluded.${name} WHEN '' THEN c.${name} ELSE excluded.${name} END`;
  const newest = `${greater}(last_seen, error_at)`;
  return {
    note: `INSERT INTO ${table} AS c (${columns}) VALUES (${values.join(', ')})
      ON CONFLICT (kind, location) DO UPDATE SET
        ${['cluster_id', 'version', 'error_code', 'error_message'].map(unlessEmpty).join(', ')},
        failing = excluded.failing, last_seen = ${greater}(c.last_seen, excluded.last_seen),
        error_at = ${greater}(c.error_at, excluded.error_at)`,
    forgetOld: `DELETE FROM ${table} WHERE ${newest} < ${parameter(1)}`,
    forgetMany: `DELETE FROM ${table} WHERE (kind, location) IN (SELECT kind, location FROM ${table}
      ORDER BY ${newest} DESC, kind, location LIMIT 1000000 OFFSET ${parameter(1)})`,
    select: `SELECT kind, location, cluster_id AS "clusterId", version, failing AS "isFailing",
      first_noted AS "firstNoted", last_seen AS "lastSeen", error_code AS "errorCode",
      error_message AS "errorMessage", error_at AS "errorAt" FROM ${table} ORDER BY kind, location`,
  };
}

/** The values of `note`. */
export function sightingValues({ kind, location, clusterId, version, at, error }: ComponentSighting): unknown[] {
  const seen = error === undefined ? at : 0;
  const failure = error === undefined ? ['', '', 0] : [error.code, error.message, at];
  return [kind, location, clusterId, version, error === undefined ? 0 : 1, at, seen, ...failure];
}

/** Work for the writer: what was noted, and what may go. */
export interface ComponentWork {
  readonly type: 'components';
  readonly sightings: readonly ComponentSighting[];
  readonly limits: ComponentLimits;
}
