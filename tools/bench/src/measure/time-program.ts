import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ProcessUsage, usageOf } from '@meshery/testing';
import { toMb } from './usage.ts';

/** What a program that is not ours needed. */
export interface ProgramTime {
  readonly seconds: number;
  /** As seen a few milliseconds before its end. */
  readonly cpuSeconds: number;
  readonly peakRssMb: number;
}

const TIMEOUT_MS = 300_000;
const LOOK_EVERY_MS = 20;

/** Runs a program to its end, throws its output away, and gives its wall time. Rejects when it fails. */
export async function timeProgram(file: string, args: readonly string[], cpus?: string): Promise<ProgramTime> {
  const pinned = cpus === undefined ? [file, ...args] : ['taskset', '-c', cpus, file, ...args];
  const [program = file, ...rest] = pinned;
  const started = performance.now();
  const child = spawn(program, rest, { stdio: ['ignore', 'ignore', 'pipe'], timeout: TIMEOUT_MS });
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const said: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
  child.on('error', (cause) => {
    reject(new Error(`${file} cannot be started: ${cause.message}`, { cause }));
  });
  child.on('close', (code) => {
    if (code === 0) resolve((performance.now() - started) / 1000);
    else reject(new Error(`${file} failed with exit code ${String(code)}: ${Buffer.concat(said).toString('utf8')}`));
  });
  const watch = watchUsage(child.pid);
  try {
    const seconds = await promise;
    return { seconds, ...watch.read() };
  } finally {
    await watch.end();
  }
}

function watchUsage(pid: number | undefined) {
  const stop = new AbortController();
  let last: ProcessUsage | undefined;
  const look = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      const usage = pid === undefined ? undefined : usageOf(pid);
      // A process that has ended but was not collected yet has no memory any more.
      if (usage !== undefined && usage.peakRssBytes > 0) last = usage;
      await sleep(LOOK_EVERY_MS);
    }
  };
  const looking = look();
  return {
    read: () => ({ cpuSeconds: last?.cpuSeconds ?? 0, peakRssMb: toMb(last?.peakRssBytes ?? 0) }),
    end: async (): Promise<void> => {
      stop.abort();
      await looking;
    },
  };
}
