import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { repositoryRoot } from '../../build/src/workspace.ts';
import { runCommandAnyway } from '../../setup/src/run-command.ts';
import { ToolError } from '../../setup/src/tool-error.ts';
import type { Proof } from './proofs.ts';

/** What Jest writes with --json, as far as it is read here. */
export interface JestResult {
  readonly testResults: readonly {
    /** Absolute path of the spec file. */
    readonly name: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

/** How one run ended: which tests passed, and Jest's words. */
export interface SpecRun {
  readonly passed: ReadonlySet<string>;
  readonly log: string;
}

const TIMEOUT_MS = 15 * 60_000;

/** A test in the set of passed ones. */
export function testKey({ spec, test }: Proof): string {
  return `${spec}\n${test}`;
}

/** The tests that passed. One name twice in a file counts only when both passed: a name must prove one thing. */
export function passedTests(result: JestResult, root: string): ReadonlySet<string> {
  const passed = new Set<string>();
  const failed = new Set<string>();
  for (const file of result.testResults) {
    const spec = relative(root, file.name);
    for (const { fullName, status } of file.assertionResults) {
      (status === 'passed' ? passed : failed).add(testKey({ spec, test: fullName }));
    }
  }
  return new Set([...passed].filter((key) => !failed.has(key)));
}

/** Runs these spec files and no other. Rejects when Jest gives no result; failed tests are part of a result. */
export async function runSpecs(specs: readonly string[]): Promise<SpecRun> {
  if (specs.length === 0) return { passed: new Set(), log: '' };
  const folder = mkdtempSync(join(tmpdir(), 'meshery-parity-'));
  const output = join(folder, 'result.json');
  try {
    const jest = join(repositoryRoot, 'node_modules', 'jest', 'bin', 'jest.js');
    const options = ['--json', `--outputFile=${output}`, '--maxWorkers=2', '--forceExit', '--runTestsByPath'];
    const args = ['--experimental-vm-modules', '--no-warnings', jest, ...options, ...specs];
    const run = await runCommandAnyway(process.execPath, args, { cwd: repositoryRoot, timeoutMs: TIMEOUT_MS });
    return { passed: passedTests(readResult(output, run.stderr), repositoryRoot), log: run.stderr };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readResult(file: string, log: string): JestResult {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as JestResult;
  } catch (cause) {
    throw new ToolError(`Jest gave no result:\n${log.slice(-4000)}`, 'Run the specs alone: npm run jest -- FILE', {
      cause,
    });
  }
}
