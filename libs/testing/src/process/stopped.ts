import { existsSync, readFileSync, readdirSync } from 'node:fs';

const LONGEST_MS = 30_000;
/** Stopped, or ended and not yet told of: this process waits for it in one go. */
const AT_REST = new Set(['T', 'Z', 'X']);
const pause = new Int32Array(new SharedArrayBuffer(4));

/**
 * Returns when every thread of a process that was sent SIGSTOP has stopped, at the latest after half a minute: one that
 * runs on another core goes on for a moment. Where there is no /proc it returns at once.
 */
export function awaitStopped(pid: number): void {
  const deadline = performance.now() + LONGEST_MS;
  while (!isStopped(pid) && performance.now() < deadline) Atomics.wait(pause, 0, 0, 1);
}

function isStopped(pid: number): boolean {
  const tasks = `/proc/${String(pid)}/task`;
  try {
    return readdirSync(tasks).every((task) => AT_REST.has(stateOf(readFileSync(`${tasks}/${task}/stat`, 'utf8'))));
  } catch {
    // A thread ended between the two; or all of them, or this is no Linux.
    return !existsSync(tasks);
  }
}

/** The third field; the second one, the name in parentheses, may hold anything. */
function stateOf(stat: string): string {
  return stat.charAt(stat.lastIndexOf(')') + 2);
}
