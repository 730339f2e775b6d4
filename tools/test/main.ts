/** `npm test`: every size of tests; the last line is `N passed, N failed`. */
import { parseArgs } from 'node:util';
import { buildProjects } from '../build/src/build-projects.ts';
import { allTestNeeds, ensureTestNeeds } from '../setup/src/index.ts';
import type { TestNeed } from '../setup/src/index.ts';
import { describeError } from '../setup/src/tool-error.ts';
import { runSize, testSizes } from './src/jest-run.ts';
import type { TestCount, TestFailure, TestSize } from './src/jest-run.ts';

const usage = `usage: npm test -- [--size SIZE].. [--no-build] [PATTERN..]
  Runs every test: small (single parts), medium (real programs), e2e (the built product against a real API server),
  cluster (the product installed in real clusters, and under faults).
  Installs or builds what the tests need, where that is allowed, and builds the apps that changed.

  --size SIZE  ${testSizes.join(', ')}; may be given several times (default: all)
  --no-build   do not build the apps first
  PATTERN      only test files whose path matches
  --help       print this text
`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: {
      size: { type: 'string', multiple: true },
      build: { type: 'boolean', default: true },
      help: { type: 'boolean', short: 'h', default: false },
    },
    allowNegative: true,
    allowPositionals: true,
  });
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const sizes = wantedSizes(values.size ?? []);
  if (values.build) await buildProjects();
  return runAll(sizes, positionals);
}

async function runAll(sizes: readonly TestSize[], patterns: readonly string[]): Promise<number> {
  const counts: TestCount[] = [];
  for (const size of sizes) {
    process.stderr.write(`\n== ${size} tests\n`);
    await ensureTestNeeds(needsOf(size));
    counts.push(await runSize(size, patterns));
  }
  const passed = sum(counts.map((count) => count.passed));
  const found = sum(counts.map((count) => count.failed));
  const failed = passed + found === 0 ? 1 : found;
  // Jest printed each where it happened; a log of which only the end is kept still names them all.
  for (const { unsteady } of counts) print('UNSTEADY (failed beside others, passed alone; mend it)', unsteady);
  for (const { failures } of counts) print('FAILED', failures);
  process.stdout.write(`${String(passed)} passed, ${String(failed)} failed\n`);
  return failed === 0 ? 0 : 1;
}

/** As few as possible: what later sizes need may be built by another process while the earlier ones run. */
function needsOf(size: TestSize): readonly TestNeed[] {
  if (size === 'small') return [];
  return size === 'cluster' ? allTestNeeds : allTestNeeds.filter((need) => need !== 'nodes' && need !== 'charts');
}

function print(verdict: string, failures: readonly TestFailure[]): void {
  for (const { test, said } of failures) process.stderr.write(`${verdict} ${test}\n    ${said}\n`);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

function wantedSizes(names: readonly string[]): readonly TestSize[] {
  const unknown = names.filter((name) => !testSizes.some((size) => size === name));
  if (unknown.length > 0) throw new Error(`there is no size ${unknown.join(', ')}\n${usage}`);
  return names.length === 0 ? testSizes : testSizes.filter((size) => names.includes(size));
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`test: ${describeError(error)}\n`);
  process.stdout.write('0 passed, 1 failed\n');
  process.exitCode = 1;
}
