/** A string that no other process has, now or later, even with the same pid; undefined when the process is gone. */
export function processIdentity(pid: number): string | undefined;

/**
 * Runs `work` while holding the lock at `path` (a directory that names its owner); waits at most
 * `timeoutMs` for another living holder, takes over from a dead one. Rejects when the wait is over.
 */
export function withLock<T>(
  path: string,
  options: { timeoutMs: number; onWait?: (ownerPid: number | undefined) => void },
  work: () => T | Promise<T>,
): Promise<T>;
