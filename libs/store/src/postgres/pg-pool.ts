import pg from 'pg';
import { errorCode, errorMessage } from '../shared/error-code.ts';

/** A connection inside a transaction. */
export type PgClient = pg.PoolClient;
/** A bounded set of connections; see `makePool`. */
export type PgPool = pg.Pool;

/** Object identifier of int8 in PostgreSQL. */
const int8 = 20;

/** Counters and sequences are int8 and stay below 2^53: they are read as numbers. */
const typesWithNumbers = {
  getTypeParser: (oid: number, format?: 'text' | 'binary'): unknown =>
    oid === int8 && format !== 'binary' ? Number : pg.types.getTypeParser(oid, format),
};

/** Bounds of a pool, and who hears of broken connections. */
export interface PoolOptions {
  readonly size: number;
  readonly statementMs: number;
  readonly onBroken: (error: Error) => void;
}

/** A bounded pool; every statement has a deadline on the server and on this side. */
export function makePool(url: string, options: PoolOptions): PgPool {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.size,
    connectionTimeoutMillis: 5000,
    idleTimeoutMillis: 30_000,
    statement_timeout: options.statementMs,
    query_timeout: options.statementMs + 1000,
    application_name: 'meshery-inventory',
    types: typesWithNumbers,
  });
  // A connection that breaks while it is lent out rejects its query; without a listener it would also end the process.
  pool.on('connect', (client) => client.on('error', options.onBroken));
  pool.on('error', options.onBroken);
  return pool;
}

/** What a failure of PostgreSQL means for the caller. */
export type PgFault = 'again' | 'space' | 'unreachable' | 'other';

const spaceCodes = new Set(['53100', '53200', '58030', '25006']);
const againCodes = new Set(['40001', '40P01', '55P03']);
/** Connection lost, credentials refused, no such database, shutting down, too many connections. */
const unreachableCodes = /^(08|28|3D000|57P|53300)/;

/** Sorts errors of `pg` by what can be done about them. */
export function pgFault(error: unknown): PgFault {
  const code = errorCode(error);
  if (againCodes.has(code)) return 'again';
  if (spaceCodes.has(code)) return 'space';
  if (unreachableCodes.test(code) || /^E[A-Z]+$/.test(code)) return 'unreachable';
  return /terminated|timeout|not queryable|Connection ended|ECONN/i.test(errorMessage(error)) ? 'unreachable' : 'other';
}
