import { readFileSync } from 'node:fs';

/** What a process has used since its start, as the kernel counts it; threads included. */
export interface ProcessUsage {
  readonly cpuSeconds: number;
  /** Greatest resident set so far (VmHWM), in bytes. */
  readonly peakRssBytes: number;
  /** Resident set now, in bytes. */
  readonly rssBytes: number;
  /** Threads now. */
  readonly threads: number;
}

/** The kernel's clock ticks per second as user space sees them: 100 on every Linux that Node supports. */
const TICKS_PER_SECOND = 100;

/** Usage of a living process; undefined when it is gone (Linux only). */
export function usageOf(pid: number): ProcessUsage | undefined {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
    const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return {
      cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND,
      peakRssBytes: kilobytes(status, 'VmHWM') * 1024,
      rssBytes: kilobytes(status, 'VmRSS') * 1024,
      threads: Number(/^Threads:\s+(\d+)/m.exec(status)?.[1] ?? 0),
    };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ESRCH') return undefined;
    throw error;
  }
}

function kilobytes(status: string, field: string): number {
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0);
}

/** The 1-minute load average of the machine. */
export function loadAverage(): number {
  return Number(readFileSync('/proc/loadavg', 'utf8').split(' ')[0] ?? 0);
}
