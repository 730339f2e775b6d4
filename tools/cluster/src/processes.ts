import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { processIdentity } from '../../setup/lock.mjs';
import { writePrivately } from './state.ts';
import { waitFor } from './wait.ts';

/** Marks every process of a cluster in its environment, so that `down` finds those whose pid was never written. */
const CLUSTER_MARK = 'MESHERY_CLUSTER_DIR';

/** A program that outlives the command that starts it. */
export interface ProcessSpec {
  /** Names its pid file and its log. */
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

interface ProcessRecord {
  readonly pid: number;
  /** From `processIdentity`: tells this process from a later one with the same pid. */
  readonly identity: string;
}

const ENDING_TIMEOUT_MS = 60_000;

const folder = (dir: string): string => join(dir, 'processes');

/** Where a process of the cluster writes what it says. */
function logPath(dir: string, name: string): string {
  return join(dir, 'logs', `${name}.log`);
}

/** The last lines of a process's log, for error messages. */
export function logTail(dir: string, name: string, lines = 15): string {
  const path = logPath(dir, name);
  if (!existsSync(path)) return '(no log)';
  return readFileSync(path, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
}

/** The pid of a process of the cluster when it is alive. */
export function pidOf(dir: string, name: string): number | undefined {
  const record = readRecord(dir, name);
  return record !== undefined && processIdentity(record.pid) === record.identity ? record.pid : undefined;
}

function readRecord(dir: string, name: string): ProcessRecord | undefined {
  const path = join(folder(dir), `${name}.json`);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as ProcessRecord) : undefined;
}

/** The names of all processes that were ever started for the cluster, sorted. */
export function processNames(dir: string): string[] {
  if (!existsSync(folder(dir))) return [];
  return readdirSync(folder(dir))
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -5))
    .sort();
}

/** Starts the program in a session of its own unless it is alive; gives its pid. */
export async function ensureProcess(dir: string, spec: ProcessSpec): Promise<number> {
  await waitFor(
    { what: `${spec.name}, which was killed, being gone`, timeoutMs: ENDING_TIMEOUT_MS, everyMs: 20 },
    () => {
      const pid = pidOf(dir, spec.name);
      return pid !== undefined && isEnding(pid) ? undefined : true;
    },
  );
  return pidOf(dir, spec.name) ?? (await startProcess(dir, spec));
}

/** True when the process has ended but for some of its threads, which may still hold its port. */
function isEnding(pid: number): boolean {
  const path = `/proc/${String(pid)}/stat`;
  if (!existsSync(path)) return false;
  const stat = readFileSync(path, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z');
}

async function startProcess(dir: string, spec: ProcessSpec): Promise<number> {
  for (const needed of [folder(dir), join(dir, 'logs')]) mkdirSync(needed, { recursive: true });
  const log = openSync(logPath(dir, spec.name), 'a', 0o600);
  try {
    const env = { ...process.env, ...spec.env, [CLUSTER_MARK]: dir };
    const child = spawn(spec.file, spec.args, { cwd: dir, env, detached: true, stdio: ['ignore', log, log] });
    const pid = await new Promise<number>((resolve, reject) => {
      child.once('error', (error) => {
        reject(new Error(`${spec.name} cannot be started`, { cause: error }));
      });
      child.once('spawn', () => {
        resolve(child.pid ?? 0);
      });
    });
    child.unref();
    const identity = processIdentity(pid) ?? 'gone';
    writePrivately(join(folder(dir), `${spec.name}.json`), `${JSON.stringify({ pid, identity })}\n`);
    return pid;
  } finally {
    closeSync(log);
  }
}

/** How a process is ended. */
export interface StopOptions {
  /** The first signal; SIGTERM unless told. SIGKILL follows when it does not help. */
  readonly signal?: NodeJS.Signals;
  /** How long the first signal has, in milliseconds. */
  readonly graceMs?: number;
}

/** Ends a process of the cluster and forgets it; nothing happens when it is not alive. */
export async function stopProcess(dir: string, name: string, options: StopOptions = {}): Promise<void> {
  const record = readRecord(dir, name);
  if (record !== undefined) await end(record, options);
  rmSync(join(folder(dir), `${name}.json`), { force: true });
}

async function end(record: ProcessRecord, options: StopOptions): Promise<void> {
  const alive = (): boolean => processIdentity(record.pid) === record.identity;
  const plan: [NodeJS.Signals, number][] = [
    [options.signal ?? 'SIGTERM', options.graceMs ?? 5_000],
    ['SIGKILL', 10_000],
  ];
  for (const [signal, patienceMs] of plan) {
    if (!alive()) return;
    signalProcess(record.pid, signal);
    const deadline = Date.now() + patienceMs;
    while (alive() && Date.now() < deadline) await sleep(20);
  }
  if (alive()) throw new Error(`process ${String(record.pid)} is still there after SIGKILL`);
}

function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Ends every process that carries the cluster's mark, whether its pid was written or not (Linux only). */
export async function stopMarkedProcesses(dir: string): Promise<number> {
  const found = markedProcesses(dir);
  await Promise.all(found.map((record) => end(record, { signal: 'SIGKILL' })));
  return found.length;
}

/** The processes of this machine that carry the cluster's mark; without /proc there is no way to tell. */
export function markedProcesses(dir: string): { readonly pid: number; readonly identity: string }[] {
  if (!existsSync('/proc/self/environ')) return [];
  const pids = readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number);
  return pids.flatMap((pid) => {
    const identity = pid !== process.pid && isMarked(pid, dir) ? processIdentity(pid) : undefined;
    return identity === undefined ? [] : [{ pid, identity }];
  });
}

function isMarked(pid: number, dir: string): boolean {
  try {
    return readFileSync(`/proc/${String(pid)}/environ`, 'utf8')
      .split('\0')
      .includes(`${CLUSTER_MARK}=${dir}`);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ESRCH' || code === 'EACCES' || code === 'EPERM') return false;
    throw error;
  }
}
