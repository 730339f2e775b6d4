import { spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** What a command wrote and how it ended. */
export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How to run a command. */
export interface CommandOptions {
  readonly cwd?: string;
  /** Added to this process's environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds after which the command is killed; 60 s unless told. */
  readonly timeoutMs?: number;
  /** Written to its standard input, which is empty otherwise. */
  readonly input?: string | Uint8Array;
}

const DEFAULT_TIMEOUT_MS = 60_000;

/** Runs a command to its end, whatever its exit code; rejects when it cannot start or does not end in time. */
export function runCommandAnyway(
  file: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      env: { ...process.env, ...options.env },
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, timeoutMs);
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(new Error(`${file} cannot be started`, { cause: error }));
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      if (late) reject(new Error(`${file} ${args.join(' ')} did not end within ${String(timeoutMs / 1000)} s`));
      else resolve({ code, stdout: text(stdout), stderr: text(stderr) });
    });
    child.stdin.on('error', ignoreClosedPipe);
    child.stdin.end(options.input);
  });
}

/** Runs a command to its end and gives its stdout; rejects with its stderr when the exit code is not 0. */
export async function runCommand(file: string, args: readonly string[], options: CommandOptions = {}): Promise<string> {
  const result = await runCommandAnyway(file, args, options);
  if (result.code === 0) return result.stdout;
  const said = (result.stderr.trim() || result.stdout.trim()).split('\n').slice(-20).join('\n');
  throw new Error(`${file} ${args.join(' ')} failed with exit code ${String(result.code)}:\n${said}`);
}

/** The path of a program on the PATH (or in Debian's sbin folders), undefined when there is none. */
export function findOnPath(program: string): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/local/sbin', '/usr/sbin', '/sbin'];
  const candidates = folders.filter((folder) => folder !== '').map((folder) => join(folder, program));
  return candidates.find(isExecutable);
}

function isExecutable(path: string): boolean {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return false;
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    // accessSync has no other way to say "not executable".
    return false;
  }
}

function text(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString('utf8');
}

/** A command may end without reading all of its input: its exit code tells, not the pipe. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE' && error.code !== 'ECONNRESET') throw error;
}
