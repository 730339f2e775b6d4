import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../../build/src/workspace.ts';
import { ToolError } from '../../setup/src/tool-error.ts';
import type { Proof, Proofs } from './proofs.ts';
import { describeProof, isProven } from './report.ts';

/** One GraphQL operation that published clients of Meshery know. */
export interface GraphqlOperation {
  /** Its kind and its name, for example `query getOperatorStatus`. */
  readonly name: string;
  /** All must pass. */
  readonly proofs: readonly Proof[];
  /** Why it is not answered. */
  readonly open?: string;
}

/** The contract of `--graphql --json`. */
export interface GraphqlReport {
  readonly implemented: number;
  readonly total: number;
  /** What is not proven and why: it is not answered yet, or its tests did not pass in this run. */
  readonly missing: readonly { readonly operation: string; readonly why: string }[];
}

/** Reads the checked-in operations. Throws when one lacks what it must have. */
export function readOperations(): readonly GraphqlOperation[] {
  const file = join(repositoryRoot, 'tools', 'parity', 'graphql-operations.json');
  const { operations } = JSON.parse(readFileSync(file, 'utf8')) as { readonly operations: readonly GraphqlOperation[] };
  const faults = faultsOfOperations(operations);
  if (faults.length === 0) return operations;
  throw new ToolError(`graphql-operations.json is wrong: ${faults.join('; ')}`, 'Correct tools/parity');
}

/** What is wrong with the operations, one sentence each. */
export function faultsOfOperations(operations: readonly GraphqlOperation[]): readonly string[] {
  const names = operations.map(({ name }) => name);
  return [
    ...names.filter((name, index) => names.indexOf(name) !== index).map((name) => `${name} is there twice`),
    ...operations
      .filter(({ proofs, open }) => proofs.length > 0 === (open !== undefined))
      .map(({ name }) => `${name} is either proven or says why not`),
  ];
}

/** The proofs of every operation, under its name. */
export function proofsOfOperations(operations: readonly GraphqlOperation[]): Proofs {
  return Object.fromEntries(operations.map(({ name, proofs }) => [name, proofs]));
}

/** Counts the operations whose tests all passed. */
export function makeGraphqlReport(operations: readonly GraphqlOperation[], passed: ReadonlySet<string>): GraphqlReport {
  const proofs = proofsOfOperations(operations);
  const missing = operations
    .filter(({ name }) => !isProven(name, proofs, passed))
    .map(({ name, open }) => ({ operation: name, why: open ?? 'Its tests did not pass.' }));
  return { implemented: operations.length - missing.length, total: operations.length, missing };
}

/** For a terminal: what is missing, then the count. */
export function formatGraphqlReport({ implemented, total, missing }: GraphqlReport): string {
  const lines = missing.map(({ operation, why }) => `missing  ${operation}: ${why}`);
  return [...lines, `${String(implemented)} of ${String(total)} published GraphQL operations are proven`].join('\n');
}

/** The section of `docs/reference/parity.md`. */
export function formatGraphqlSection(operations: readonly GraphqlOperation[], report: GraphqlReport): string {
  const missing = new Map(report.missing.map(({ operation, why }) => [operation, why]));
  const rows = operations.map(({ name, proofs }) => {
    const why = missing.get(name);
    return `| \`${name}\` | ${why === undefined ? proofs.map(describeProof).join('<br>') : `missing: ${why}`} |`;
  });
  const { implemented, total } = report;
  return `# GraphQL operations of published clients

${String(implemented)} of ${String(total)} operations are proven, by the same rule. Where arguments were renamed, the schema takes both names.

| operation | proven by |
| --- | --- |
${rows.join('\n')}
`;
}
