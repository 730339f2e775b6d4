import { type ManagedProcess, type ProcessUsage, usageOf } from '@meshery/testing';
import { round } from './stats.ts';

/** What one process used while something was measured. */
export interface Used {
  readonly cpuSeconds: number;
  /** Greatest resident set since the start of the process. */
  readonly peakRssMb: number;
}

/** Watches CPU and memory of named processes between two moments. */
export class UsageWatch {
  readonly #pids: Readonly<Record<string, number>>;
  readonly #before: ReadonlyMap<string, ProcessUsage | undefined>;

  constructor(pids: Readonly<Record<string, number>>) {
    this.#pids = pids;
    this.#before = new Map(Object.entries(pids).map(([name, pid]) => [name, usageOf(pid)]));
  }

  /** What each process that is still alive used since the watch began. */
  read(): Record<string, Used> {
    const entries = Object.entries(this.#pids).flatMap(([name, pid]) => {
      const now = usageOf(pid);
      if (now === undefined) return [];
      const before = this.#before.get(name)?.cpuSeconds ?? 0;
      return [[name, { cpuSeconds: round(now.cpuSeconds - before), peakRssMb: toMb(now.peakRssBytes) }] as const];
    });
    return Object.fromEntries(entries);
  }
}

/** What a process of ours used since its start. */
export function usedBy(process: ManagedProcess): Used {
  const usage = process.usage();
  return { cpuSeconds: round(usage?.cpuSeconds ?? 0), peakRssMb: toMb(usage?.peakRssBytes ?? 0) };
}

/** Bytes as megabytes (10^6) with one decimal. */
export function toMb(bytes: number): number {
  return round(bytes / 1e6, 1);
}
