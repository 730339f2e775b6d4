import { readFileSync, readdirSync } from 'node:fs';

/** The kernel's clock ticks per second as user space sees them. */
const TICKS_PER_SECOND = 100;

/**
 * When the first living process with this variable in its environment started, in ms on the clock of `Date.now()`, to
 * 10 ms. It sees into containers of this machine. Undefined when there is none; needs root.
 */
export function processStart(variable: string): number | undefined {
  const uptimeMs = Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0]) * 1000;
  const bootMs = Date.now() - uptimeMs;
  const starts = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => (has(pid, variable) ? [bootMs + (startTicks(pid) / TICKS_PER_SECOND) * 1000] : []));
  return starts.length === 0 ? undefined : Math.min(...starts);
}

function has(pid: string, variable: string): boolean {
  return read(`/proc/${pid}/environ`).split('\0').includes(variable);
}

function startTicks(pid: string): number {
  const stat = read(`/proc/${pid}/stat`);
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]);
}

/** Empty when the process has ended meanwhile. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
