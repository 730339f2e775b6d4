/** `npm run parity`: how much of what published clients know is proven by the tests that pass in this run. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { repositoryRoot } from '../build/src/workspace.ts';
import { ToolError, describeError } from '../setup/src/tool-error.ts';
import {
  formatConnectionReport,
  makeConnectionReport,
  proofsOfTable,
  readConnectionTable,
} from './src/connection-table.ts';
import {
  formatGraphqlReport,
  formatGraphqlSection,
  makeGraphqlReport,
  proofsOfOperations,
  readOperations,
} from './src/graphql-operations.ts';
import { readProofs, specsOf } from './src/proofs.ts';
import type { Proofs } from './src/proofs.ts';
import { brokenProofs, formatPage, formatReport, makeReport } from './src/report.ts';
import { runSpecs } from './src/run-specs.ts';
import type { SpecRun } from './src/run-specs.ts';
import { pairsOf, readSurface } from './src/surface.ts';

const usage = `usage: npm run parity -- [--connections | --graphql] [--json] [--write]
  Runs the tests that tools/parity/proofs names and counts the published REST routes that they prove.
  --connections  the cells of tools/parity/connection-table.json instead of the routes
  --graphql      the GraphQL operations of tools/parity/graphql-operations.json instead of the routes
  --json         the last line is {"implemented":N,"total":N,"missing":[..]}, of cells {"proven":N,"total":N,"missing":[..]}
  --write        write docs/reference/parity.md, of routes and GraphQL operations
  --help         print this text
`;

const options = {
  connections: { type: 'boolean', default: false },
  graphql: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  write: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

interface Wanted {
  readonly json: boolean;
  readonly write: boolean;
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options });
  if (values.help) process.stdout.write(usage);
  else if (values.connections) await reportConnections(values);
  else if (values.graphql) await reportGraphql(values);
  else await reportRoutes(values);
}

async function reportRoutes({ json, write }: Wanted): Promise<void> {
  const surface = readSurface();
  const routes = readProofs(pairsOf(surface));
  const operations = write ? readOperations() : [];
  const proofs = { ...routes, ...proofsOfOperations(operations) };
  const run = await runSpecs(specsOf(proofs));
  const report = makeReport(surface, routes, run.passed);
  if (write) {
    const section = formatGraphqlSection(operations, makeGraphqlReport(operations, run.passed));
    writePage(`${formatPage(surface, routes, report)}\n${section}`);
  }
  process.stdout.write(`${json ? JSON.stringify(report) : formatReport(surface, report)}\n`);
  requireProofs(proofs, run);
}

async function reportGraphql({ json }: Wanted): Promise<void> {
  const operations = readOperations();
  const proofs = proofsOfOperations(operations);
  const run = await runSpecs(specsOf(proofs));
  const report = makeGraphqlReport(operations, run.passed);
  process.stdout.write(`${json ? JSON.stringify(report) : formatGraphqlReport(report)}\n`);
  requireProofs(proofs, run);
}

async function reportConnections({ json }: Wanted): Promise<void> {
  const table = readConnectionTable();
  const proofs = proofsOfTable(table);
  const run = await runSpecs(specsOf(proofs));
  const report = makeConnectionReport(table, run.passed);
  process.stdout.write(`${json ? JSON.stringify(report) : formatConnectionReport(report)}\n`);
  requireProofs(proofs, run);
}

/** Throws when a named test failed, or is not there any more. */
function requireProofs(proofs: Proofs, { passed, log }: SpecRun): void {
  const broken = brokenProofs(proofs, passed);
  if (broken.length === 0) return;
  const names = broken.map(({ spec, test }) => `${spec}: ${test}`).join('\n');
  throw new ToolError(`tests that prove something did not pass:\n${names}\n${log}`, 'Run them: npm run jest -- FILE');
}

function writePage(text: string): void {
  writeFileSync(join(repositoryRoot, 'docs', 'reference', 'parity.md'), text);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`parity: ${describeError(error)}\n`);
  process.exitCode = 1;
}
