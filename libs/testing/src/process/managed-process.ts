import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { waitUntil, within } from '../wait/wait-until.ts';
import { awaitStopped } from './stopped.ts';
import { type ProcessUsage, usageOf } from './usage.ts';

/** A program to run. */
export interface ProcessOptions {
  /** Names it in messages. */
  readonly name: string;
  readonly file: string;
  readonly args?: readonly string[];
  /** The whole environment is this process's, changed by these; undefined removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** Standard output and standard error go here, appended. */
  readonly logPath: string;
  /** Linux CPU list for taskset, for example "1"; no pinning unless told. */
  readonly cpus?: string;
  readonly uid?: number;
  readonly gid?: number;
}

/** How a process ended. */
export interface ExitStatus {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

const KILL_PATIENCE_MS = 60_000;
const DEFAULT_GRACE_MS = 30_000;

/**
 * A child process with its log in a file and a bounded stop.
 * It is killed when this process ends, however it ends; the one who started it stops it.
 */
export class ManagedProcess {
  readonly name: string;
  readonly logPath: string;
  readonly pid: number;
  /** Resolves when the process has ended. */
  readonly exited: Promise<ExitStatus>;
  readonly #child: ChildProcess;
  readonly #dismissReaper: () => void;
  readonly #logStart: number;
  #exit: ExitStatus | undefined;
  #lastUsage: ProcessUsage | undefined;

  private constructor(options: ProcessOptions, child: ChildProcess, pid: number, logStart: number) {
    this.name = options.name;
    this.logPath = options.logPath;
    this.pid = pid;
    this.#child = child;
    this.#logStart = logStart;
    this.#dismissReaper = hireReaper(pid);
    this.exited = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        this.#exit = { code, signal };
        this.#dismissReaper();
        resolve(this.#exit);
      });
    });
  }

  /** Starts it; rejects when the program cannot be run at all. */
  static async start(options: ProcessOptions): Promise<ManagedProcess> {
    const logStart = existsSync(options.logPath) ? readFileSync(options.logPath).length : 0;
    const log = openSync(options.logPath, 'a', 0o600);
    try {
      const child = spawnProgram(options, log);
      const pid = await spawned(child, options.name);
      return new ManagedProcess(options, child, pid, logStart);
    } finally {
      closeSync(log);
    }
  }

  /** How it ended; undefined while it is alive. */
  get exit(): ExitStatus | undefined {
    return this.#exit;
  }

  get alive(): boolean {
    return this.#exit === undefined;
  }

  /** Everything this run of the program has written. */
  log(): string {
    return readFileSync(this.logPath).subarray(this.#logStart).toString('utf8');
  }

  /** The last lines of the log, and how the process ended if it did, for messages. */
  logTail(lines = 20): string {
    const tail = this.log().trimEnd().split('\n').slice(-lines).join('\n');
    const ending = this.alive ? '' : ` (${describeExit(this.#exit)})`;
    return `last lines of ${this.name}${ending}:\n${tail}`;
  }

  /** The log's lines that are JSON objects (services write such lines only). */
  logRecords(): Record<string, unknown>[] {
    return this.log().split('\n').flatMap(parseRecord);
  }

  /** CPU and memory since the start; the last known figures when it has ended. */
  usage(): ProcessUsage | undefined {
    const now = this.alive ? usageOf(this.pid) : undefined;
    if (now !== undefined && now.peakRssBytes > 0) this.#lastUsage = now;
    return this.#lastUsage;
  }

  /** Waits for a condition, at most until the process ends. */
  async ready(what: string, timeoutMs: number, probe: () => Promise<boolean>): Promise<void> {
    const explain = (): string => this.logTail();
    await waitUntil({ what: `${this.name}: ${what}`, timeoutMs, everyMs: 20, explain }, async () => {
      if (!this.alive) return 'ended';
      return (await probe()) ? 'ready' : undefined;
    }).then((outcome) => {
      if (outcome === 'ended') throw new Error(`${this.name} ended before ${what}\n${this.logTail()}`);
    });
  }

  /** Sends a signal; nothing happens when it has ended. */
  signal(signal: NodeJS.Signals): void {
    if (this.alive) this.#child.kill(signal);
  }

  /** Freezes it: it keeps its sockets and answers nothing, from this moment on. */
  freeze(): void {
    this.signal('SIGSTOP');
    awaitStopped(this.pid);
  }

  /** Ends a freeze. */
  thaw(): void {
    this.signal('SIGCONT');
  }

  /** SIGKILL, and waits until it is gone. */
  async kill(): Promise<ExitStatus> {
    this.usage();
    this.signal('SIGKILL');
    return await within(KILL_PATIENCE_MS, `the end of ${this.name}`, this.exited);
  }

  /** SIGTERM, then SIGKILL after `graceMs`; resolves with how it ended. */
  async stop(graceMs = DEFAULT_GRACE_MS): Promise<ExitStatus> {
    this.usage();
    this.thaw();
    this.signal('SIGTERM');
    try {
      return await within(graceMs, `the end of ${this.name}`, this.exited);
    } catch {
      // It did not listen in time: the harder way, whose signal the caller sees in the exit status.
      return await this.kill();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}

/** An exit status in words. */
export function describeExit(exit: ExitStatus | undefined): string {
  if (exit === undefined) return 'still alive';
  return exit.signal === null ? `exit code ${String(exit.code)}` : `signal ${exit.signal}`;
}

function spawnProgram(options: ProcessOptions, log: number): ChildProcess {
  const pinned = options.cpus !== undefined;
  const file = pinned ? 'taskset' : options.file;
  const args = pinned ? ['-c', options.cpus, options.file, ...(options.args ?? [])] : [...(options.args ?? [])];
  const env = { ...process.env, ...options.env };
  return spawn(file, args, {
    env,
    stdio: ['ignore', log, log],
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...(options.uid === undefined ? {} : { uid: options.uid }),
    ...(options.gid === undefined ? {} : { gid: options.gid }),
  });
}

function spawned(child: ChildProcess, name: string): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', (cause) => {
      reject(new Error(`${name} cannot be started: ${cause.message}`, { cause }));
    });
    child.once('spawn', () => {
      resolve(child.pid ?? 0);
    });
  });
}

/** A shell that waits for the end of our pipe, and so of this process, and kills the child then. */
function hireReaper(pid: number): () => void {
  const shell = spawn('/bin/sh', ['-c', 'read -r dismissed || kill -9 "$0"', String(pid)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  shell.unref();
  const pipe = shell.stdin as unknown as Socket;
  pipe.on('error', () => undefined);
  pipe.unref();
  return () => {
    if (!pipe.destroyed) pipe.end('dismissed\n');
  };
}

function parseRecord(line: string): Record<string, unknown>[] {
  if (!line.startsWith('{')) return [];
  try {
    return [JSON.parse(line) as Record<string, unknown>];
  } catch {
    // A line that was cut while being written is no record.
    return [];
  }
}
