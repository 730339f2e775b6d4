import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../../build/src/workspace.ts';
import { ToolError } from '../../setup/src/tool-error.ts';
import type { Proof, Proofs } from './proofs.ts';
import { isProven } from './report.ts';

/** One thing that may be done with one kind of connection, or that is not offered for it. */
interface Cell {
  /** What Meshery's table says; `no` and `-` are proven by tests that it is refused. */
  readonly says: string;
  /** What a user does, and where the server hears it; of what is offered and proven. */
  readonly trigger?: string;
  readonly path?: string;
  /** All must pass. */
  readonly proofs: readonly Proof[];
  /** Why it is not proven. */
  readonly open?: string;
}

/** Meshery's table of connections: a row for each kind, a cell for each column. */
export interface ConnectionTable {
  readonly columns: readonly string[];
  readonly rows: readonly { readonly name: string; readonly cells: readonly Cell[] }[];
}

/** The contract of `--connections --json`. */
export interface ConnectionReport {
  readonly proven: number;
  readonly total: number;
  /** What is not proven and why: it is not there yet, or its tests did not pass in this run. */
  readonly missing: readonly { readonly cell: string; readonly why: string }[];
}

/** Reads the checked-in table. Throws when a cell lacks what it must have. */
export function readConnectionTable(): ConnectionTable {
  const file = join(repositoryRoot, 'tools', 'parity', 'connection-table.json');
  const table = JSON.parse(readFileSync(file, 'utf8')) as ConnectionTable;
  const faults = faultsOfTable(table);
  if (faults.length === 0) return table;
  throw new ToolError(`connection-table.json is wrong: ${faults.join('; ')}`, 'Correct tools/parity');
}

/** What is wrong with a table, one sentence each. */
export function faultsOfTable(table: ConnectionTable): readonly string[] {
  const short = table.rows.filter(({ cells }) => cells.length !== table.columns.length);
  return [
    ...short.map(({ name }) => `${name} has not one cell for each column`),
    ...cellsOf(table).flatMap(({ name, cell }) => faultsOfCell(cell).map((fault) => `${name} ${fault}`)),
  ];
}

/** The proofs of every cell, under its name: `Operator: ad hoc test`. */
export function proofsOfTable(table: ConnectionTable): Proofs {
  return Object.fromEntries(cellsOf(table).map(({ name, cell }) => [name, cell.proofs]));
}

/** Counts the cells whose tests all passed. */
export function makeConnectionReport(table: ConnectionTable, passed: ReadonlySet<string>): ConnectionReport {
  const proofs = proofsOfTable(table);
  const cells = cellsOf(table);
  const missing = cells
    .filter(({ name }) => !isProven(name, proofs, passed))
    .map(({ name, cell }) => ({ cell: name, why: cell.open ?? 'Its tests did not pass.' }));
  return { proven: cells.length - missing.length, total: cells.length, missing };
}

/** For a terminal: what is missing, then the count. */
export function formatConnectionReport({ proven, total, missing }: ConnectionReport): string {
  const lines = missing.map(({ cell, why }) => `missing  ${cell}: ${why}`);
  return [...lines, `${String(proven)} of ${String(total)} cells of the table of connections are proven`].join('\n');
}

function cellsOf({ columns, rows }: ConnectionTable): readonly { readonly name: string; readonly cell: Cell }[] {
  return rows.flatMap(({ name, cells }) =>
    cells.map((cell, index) => ({ name: `${name}: ${columns[index] ?? ''}`, cell })),
  );
}

function faultsOfCell({ says, trigger, path, proofs, open }: Cell): readonly string[] {
  const isProvenNow = proofs.length > 0;
  const isOffered = says !== 'no' && says !== '-';
  return [
    ...(isProvenNow === (open === undefined) ? [] : ['is either proven or says why not']),
    ...(isProvenNow && isOffered && (trigger === undefined || path === undefined) ? ['has no trigger or path'] : []),
  ];
}
