import { readFileSync, readdirSync } from 'node:fs';

const LONGEST_MS = 1000;
const pause = new Int32Array(new SharedArrayBuffer(4));

/**
 * Returns when every thread of a process that was sent SIGSTOP has stopped, at the latest after a second: one that runs
 * on another core goes on for a moment. Where there is no /proc it returns at once.
 */
export function awaitStopped(pid: number): void {
  const deadline = performance.now() + LONGEST_MS;
  while (!isStopped(pid) && performance.now() < deadline) Atomics.wait(pause, 0, 0, 1);
}

function isStopped(pid: number): boolean {
  try {
    const tasks = `/proc/${String(pid)}/task`;
    return readdirSync(tasks).every((task) => stateOf(readFileSync(`${tasks}/${task}/stat`, 'utf8')) === 'T');
  } catch {
    // It ended, or this is no Linux.
    return true;
  }
}

/** The third field; the second one, the name in parentheses, may hold anything. */
function stateOf(stat: string): string | undefined {
  return stat[stat.lastIndexOf(')') + 2];
}
