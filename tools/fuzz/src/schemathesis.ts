import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cacheRoot } from '../../setup/src/binaries.ts';
import { sayOnStderr, step } from '../../setup/src/progress.ts';
import { runCommand } from '../../setup/src/run-command.ts';
import { ToolError } from '../../setup/src/tool-error.ts';

const VERSION = '4.32.5';
const INSTALL_TIMEOUT_MS = 10 * 60_000;

/**
 * What is looked at are answers. Whether a value that the document allows is taken is not: more than a schema can say
 * decides it, such as the name of something that has to be there.
 */
const ignored = ['positive_data_acceptance', 'negative_data_rejection', 'missing_required_header'];
const methodChecks = ['unsupported_method', 'allow_header_conformance'];

/** The program, from PyPI, in a folder of its own; made when it is not there. */
export async function schemathesisProgram(): Promise<string> {
  const folder = join(cacheRoot(), `schemathesis-${VERSION}`);
  const program = join(folder, 'bin', 'schemathesis');
  if (existsSync(program)) return program;
  try {
    await step(sayOnStderr, `installing schemathesis ${VERSION}`, async () => {
      await runCommand('python3', ['-m', 'venv', folder]);
      const install = ['-m', 'pip', 'install', '--quiet', `schemathesis==${VERSION}`];
      await runCommand(join(folder, 'bin', 'python'), install, { timeoutMs: INSTALL_TIMEOUT_MS });
    });
  } catch (cause) {
    const remedy = 'Install Python 3.10 or newer with its module venv: apt-get install python3-venv';
    throw new ToolError('schemathesis could not be installed', remedy, { cause });
  }
  return program;
}

/** What one run of it is about. */
export interface FuzzRun {
  /** The file of the document. */
  readonly document: string;
  readonly url: string;
  /** Empty for nobody. */
  readonly token: string;
  readonly minutes: number;
  readonly leftOut: string;
  readonly further: readonly string[];
}

/** Its arguments: a bounded rate, every phase, everything that goes wrong instead of the first of it. */
export function schemathesisArguments(run: FuzzRun): string[] {
  const seconds = String(Math.ceil(run.minutes * 60));
  return [
    ...['run', run.document, '--url', run.url, '--max-time', seconds, '--rate-limit', '20/s'],
    ...['--phases', 'examples,coverage,fuzzing,stateful', '--continue-on-failure'],
    ...['--no-shrink', '--suppress-health-check', 'all', '--generation-database', 'none', '--request-timeout', '20'],
    ...['--warnings', 'off', '--exclude-path-regex', run.leftOut],
    ...(run.token === '' ? [] : ['--header', `Authorization: Bearer ${run.token}`]),
    ...run.further,
  ];
}

/** What its configuration file is about. */
export interface FuzzRules {
  /** Nobody is told which methods a path has: 401 comes first. */
  readonly isAnonymous: boolean;
  readonly sharedPaths: readonly string[];
  /** Ids of operations that name an answer 5xx; their schema has the codes that are meant, and no unexpected error. */
  readonly failing: readonly string[];
}

/** Its configuration file: the checks that are not made, for all operations and for some. */
export function schemathesisConfiguration({ isAnonymous, sharedPaths, failing }: FuzzRules): string {
  const off = (checks: readonly string[]): string[] => checks.map((check) => `checks.${check}.enabled = false`);
  return [
    ...off([...ignored, ...(isAnonymous ? methodChecks : [])]),
    ...['[[operations]]', `include-path = ${JSON.stringify(sharedPaths)}`, ...off(methodChecks)],
    ...['[[operations]]', `include-operation-id = ${JSON.stringify(failing)}`, ...off(['not_a_server_error'])],
    '',
  ].join('\n');
}
