import { type Say, step } from './progress.ts';
import { findOnPath, runCommand } from './run-command.ts';

const UPDATE_TIMEOUT_MS = 5 * 60_000;
const INSTALL_TIMEOUT_MS = 15 * 60_000;
const OPTIONS = ['-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300', '-o', 'Dpkg::Use-Pty=0'];

let updated: Promise<string> | undefined;

/** The command line in front of apt-get: nothing for root, sudo in CI; undefined when nothing may be installed here. */
export function aptPrefix(): readonly string[] | undefined {
  if (findOnPath('apt-get') === undefined) return undefined;
  if (process.getuid?.() === 0) return [];
  return process.env.CI === 'true' && findOnPath('sudo') !== undefined ? ['sudo', '-n'] : undefined;
}

/** Installs Debian packages; the lists are brought up to date once in the life of this process. */
export async function aptInstall(names: readonly string[], prefix: readonly string[], say: Say): Promise<void> {
  updated ??= step(say, 'setup: apt-get update', () => apt(prefix, ['update', '-q'], UPDATE_TIMEOUT_MS));
  await updated;
  await step(say, `setup: apt-get install ${names.join(' ')}`, () =>
    apt(prefix, ['install', ...OPTIONS, ...names], INSTALL_TIMEOUT_MS),
  );
}

/** The command that a person would type. */
export function aptCommand(names: readonly string[]): string {
  return `apt-get update && apt-get install --no-install-recommends ${names.join(' ')}`;
}

async function apt(prefix: readonly string[], args: readonly string[], timeoutMs: number): Promise<string> {
  const [file = 'env', ...rest] = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args];
  return await runCommand(file, rest, { timeoutMs });
}
