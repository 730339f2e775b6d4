import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { repositoryRoot } from '../../build/src/workspace.ts';

/** The sizes of tests, cheapest first. */
export const testSizes = ['small', 'medium', 'e2e', 'cluster'] as const;

/** One size of tests. */
export type TestSize = (typeof testSizes)[number];

/** How many tests passed and failed. */
export interface TestCount {
  readonly passed: number;
  /** Failed tests, files that did not load, and skipped tests: a skipped test proves nothing. */
  readonly failed: number;
  /** One entry for each failed test or file: its file, its name and the first line of what it said. */
  readonly failures: readonly string[];
}

/** What Jest writes with --json, as far as it is read here. */
export interface JestSummary {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numRuntimeErrorTestSuites: number;
  readonly success: boolean;
  readonly testResults: readonly JestFile[];
}

interface JestFile {
  readonly name: string;
  readonly message: string;
  readonly assertionResults: readonly JestTest[];
}

interface JestTest {
  readonly fullName: string;
  readonly status: string;
  readonly failureMessages: readonly string[];
}

/**
 * Workers for each size on a small machine: real processes want the other cores themselves, and pages must show in a
 * second what happens. Tests in clusters and of faults mostly wait, for pods, leases and outages: half a core is enough
 * for one of them.
 */
const workers: Readonly<Record<TestSize, string>> = {
  small: '100%',
  medium: '2',
  e2e: '1',
  cluster: '3',
};

/** Files that may run once more; if more of them crash, something is wrong. */
const mostCrashes = 2;

/** Runs one size; `patterns` narrow it to matching files. */
export async function runSize(size: TestSize, patterns: readonly string[]): Promise<TestCount> {
  const folder = mkdtempSync(join(tmpdir(), 'meshery-test-'));
  const output = join(folder, 'result.json');
  try {
    const exit = await jest(size, [...jestArguments(size, output), ...patterns]);
    const summary = readSummary(output);
    const count = countOf(summary, exit);
    const crashed = crashedFiles(summary);
    if (crashed.length === 0 || crashed.length > mostCrashes) return count;
    process.stderr.write(`\nThe process of Node that ran these crashed (SIGSEGV); once more: ${crashed.join(', ')}\n`);
    const again = await jest(size, [...jestArguments(size, output), '--runTestsByPath', ...crashed]);
    return withSecondRun(count, crashed.length, countOf(readSummary(output), again));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Files whose process of Node crashed: no test failed there. It was seen once in some dozens of whole runs, with Jest's
 * ES modules, and could not be brought about. A program that is tested as a process of its own is not covered by this.
 */
export function crashedFiles(summary: JestSummary | undefined): readonly string[] {
  const crashed = summary?.testResults.filter(({ message }) => message.includes(crash)) ?? [];
  return crashed.map(({ name }) => name);
}

const crash = 'was terminated by another process: signal=SIGSEGV';

/** The count of all, when files that had crashed ran once more. */
export function withSecondRun(first: TestCount, crashed: number, second: TestCount): TestCount {
  return {
    passed: first.passed + second.passed,
    failed: first.failed - crashed + second.failed,
    failures: [...first.failures.filter((failure) => !failure.includes(crash)), ...second.failures],
  };
}

/** Turns Jest's summary and exit code into a count; an exit that the summary does not explain is a failure. */
export function countOf(summary: JestSummary | undefined, exit: number): TestCount {
  if (summary === undefined)
    return { passed: 0, failed: 1, failures: [`Jest ended with ${String(exit)} and no result`] };
  const failed = summary.numFailedTests + summary.numRuntimeErrorTestSuites + summary.numPendingTests;
  const failures = summary.testResults.flatMap(failuresOf);
  return { passed: summary.numPassedTests, failed: failed === 0 && exit !== 0 ? 1 : failed, failures };
}

/** What failed in a file: its tests, or the file itself when it did not load. */
function failuresOf({ name, message, assertionResults }: JestFile): string[] {
  const file = relative(repositoryRoot, name);
  const failed = assertionResults.filter(({ status }) => status !== 'passed');
  if (failed.length === 0) return message === '' ? [] : [`${file}\n    ${firstLine(message)}`];
  return failed.map(
    ({ fullName, status, failureMessages: [said] }) => `${file} › ${fullName}\n    ${firstLine(said ?? status)}`,
  );
}

const firstLine = (text: string): string =>
  stripVTControlCharacters(text)
    .split('\n')
    .map((line) => line.trim())
    .find((line) => line !== '' && !line.startsWith('●')) ?? '';

function jestArguments(size: TestSize, output: string): readonly string[] {
  return ['--json', `--outputFile=${output}`, `--maxWorkers=${workers[size]}`, '--passWithNoTests', '--forceExit'];
}

function readSummary(file: string): JestSummary | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as JestSummary;
  } catch {
    // Jest died before it wrote anything: the caller counts that as a failure.
    return undefined;
  }
}

function jest(size: TestSize, args: readonly string[]): Promise<number> {
  const script = join(repositoryRoot, 'node_modules', 'jest', 'bin', 'jest.js');
  const env = { ...process.env, MESHERY_TEST_SIZE: size };
  return new Promise((resolve, reject) => {
    // Jest prints the JSON on stdout too; people read stderr.
    const child = spawn(process.execPath, ['--experimental-vm-modules', '--no-warnings', script, ...args], {
      cwd: repositoryRoot,
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const forward = (signal: NodeJS.Signals): boolean => child.kill(signal);
    process.on('SIGTERM', forward).on('SIGINT', forward);
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      process.off('SIGTERM', forward).off('SIGINT', forward);
      resolve(code ?? 128 + constants.signals[signal ?? 'SIGKILL']);
    });
  });
}
