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
  /** Failed tests, files that did not load, and skipped tests. */
  readonly failed: number;
  /** Each failed test, and each file that failed as a whole. */
  readonly failures: readonly TestFailure[];
  /** What failed beside others and passed when its file ran once more, alone: to be mended, whatever the verdict. */
  readonly unsteady: readonly TestFailure[];
}

/** A test that failed, or a file that did not load. */
export interface TestFailure {
  /** The file and the test in it. */
  readonly test: string;
  /** The first line of what it said. */
  readonly said: string;
}

/** What Jest writes with --json, as far as it is read here. */
export interface JestSummary {
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
 * second what happens: two of them leave a core for that. Tests with real programs, in clusters and of faults mostly
 * wait, for starts, pods, leases and outages: less than a core is enough for one of them.
 */
const workers: Readonly<Record<TestSize, string>> = {
  small: '100%',
  medium: '3',
  e2e: '2',
  cluster: '3',
};

/** Files of one size that may run once more; if more of them fail, something is wrong. */
const mostRepeated = 2;

/** Runs one size; `patterns` narrow it to matching files. */
export async function runSize(size: TestSize, patterns: readonly string[]): Promise<TestCount> {
  const folder = mkdtempSync(join(tmpdir(), 'meshery-test-'));
  const output = join(folder, 'result.json');
  try {
    const exit = await jest(size, [...jestArguments(output, workers[size]), ...patterns]);
    const summary = readSummary(output);
    const repeated = filesToRepeat(summary);
    if (summary === undefined || repeated.length === 0) return countOf(summary, exit);
    process.stderr.write(`\nOnce more, alone: ${repeated.map(fromRoot).join(', ')}\n`);
    const again = await jest(size, [...jestArguments(output, '1'), '--runTestsByPath', ...repeated]);
    return withSecondRun(summary, repeated, countOf(readSummary(output), again));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The files that failed, when they are few. Thousands of tests with real processes share two cores, and Node's ES modules
 * crashed a worker of Jest in some dozens of runs: what fails alone, too, is a fault; what does not is named as unsteady.
 */
export function filesToRepeat(summary: JestSummary | undefined): readonly string[] {
  const failed = summary?.testResults.filter((file) => failuresOf(file).length > 0) ?? [];
  return failed.length > mostRepeated ? [] : failed.map(({ name }) => name);
}

/** The count of all, when files that had failed ran once more: what they did then counts. */
export function withSecondRun(first: JestSummary, repeated: readonly string[], second: TestCount): TestCount {
  const isRepeated = ({ name }: JestFile): boolean => repeated.includes(name);
  const others = countOf({ testResults: first.testResults.filter((file) => !isRepeated(file)) }, 0);
  const failedAgain = new Set(second.failures.map(({ test }) => test));
  const before = first.testResults.filter(isRepeated).flatMap(failuresOf);
  return {
    passed: others.passed + second.passed,
    failed: others.failed + second.failed,
    failures: [...others.failures, ...second.failures],
    unsteady: before.filter(({ test }) => !failedAgain.has(test)),
  };
}

/** Turns Jest's summary and exit code into a count; an exit that the summary does not explain is a failure. */
export function countOf(summary: JestSummary | undefined, exit: number): TestCount {
  const unexplained = (said: string): TestCount => ({
    ...{ passed: 0, failed: 1, unsteady: [] },
    failures: [{ test: 'Jest', said }],
  });
  if (summary === undefined) return unexplained(`ended with ${String(exit)} and no result`);
  const failures = summary.testResults.flatMap(failuresOf);
  const tests = summary.testResults.flatMap(({ assertionResults }) => assertionResults);
  const passed = tests.filter(({ status }) => status === 'passed').length;
  if (failures.length === 0 && exit !== 0) {
    return { ...unexplained(`ended with ${String(exit)} though no test failed`), passed };
  }
  return { passed, failed: failures.length, failures, unsteady: [] };
}

/** What failed in a file: its tests, or the file itself when it did not load. A skipped test proves nothing. */
function failuresOf({ name, message, assertionResults }: JestFile): TestFailure[] {
  const failed = assertionResults.filter(({ status }) => status !== 'passed');
  if (failed.length === 0) return message === '' ? [] : [{ test: fromRoot(name), said: firstLine(message) }];
  return failed.map(({ fullName, status, failureMessages: [said] }) => ({
    test: `${fromRoot(name)} › ${fullName}`,
    said: firstLine(said ?? status),
  }));
}

const fromRoot = (file: string): string => relative(repositoryRoot, file);

const firstLine = (text: string): string =>
  stripVTControlCharacters(text)
    .split('\n')
    .map((line) => line.trim())
    .find((line) => line !== '' && !line.startsWith('●')) ?? '';

function jestArguments(output: string, atOnce: string): readonly string[] {
  return ['--json', `--outputFile=${output}`, `--maxWorkers=${atOnce}`, '--passWithNoTests', '--forceExit'];
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
