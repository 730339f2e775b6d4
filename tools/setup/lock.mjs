/** A lock between processes: a directory that names its owner. Plain JavaScript, Node >= 20. */
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 200;
/** Breaking a stale lock takes microseconds; a guard older than this was left by a process that died. */
const GUARD_MS = 10_000;

/**
 * A string that no other process has, now or later, even with the same pid; undefined when the process is gone.
 * @param {number} pid
 * @returns {string | undefined}
 */
export function processIdentity(pid) {
  return process.platform === 'linux' ? linuxIdentity(pid) : portableIdentity(pid);
}

function linuxIdentity(pid) {
  const stat = readIfThere(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // Killed, but some of its threads still end: until the last one has, its sockets are open.
  const ending = fields[0] === 'Z' && Number(fields[17]) > 1;
  if ((fields[0] === 'Z' || fields[0] === 'X') && !ending) return undefined;
  const boot = readIfThere('/proc/sys/kernel/random/boot_id') ?? '';
  return `${boot.trim().slice(0, 8)}-${fields[19]}`;
}

function portableIdentity(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code === 'ESRCH') return undefined;
    if (error.code !== 'EPERM') throw error;
  }
  if (process.platform === 'win32') return `pid-${pid}`;
  return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
}

function readIfThere(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return undefined;
    throw error;
  }
}

/**
 * Runs `work` while holding the lock at `path`; waits for another living holder, takes over from a dead one.
 * @template T
 * @param {string} path
 * @param {{ timeoutMs: number, onWait?: (ownerPid: number | undefined) => void }} options
 * @param {() => T | Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(path, options, work) {
  const deadline = Date.now() + options.timeoutMs;
  let told = false;
  for (let made = tryLock(path); !made; made = tryLock(path)) {
    if (breakIfStale(path)) continue;
    if (!told) options.onWait?.(ownerOf(path)?.pid);
    told = true;
    if (Date.now() > deadline) {
      throw new Error(
        `${path} is held by process ${ownerOf(path)?.pid ?? 'unknown'} for more than ${options.timeoutMs / 1000} s; ` +
          'end that process, or remove the directory when it hangs',
      );
    }
    await sleep(POLL_MS);
  }
  try {
    return await work();
  } finally {
    release(path);
  }
}

/** Taking is one rename of a directory that already names its owner, so a lock without an owner cannot exist. */
function tryLock(path) {
  mkdirSync(dirname(path), { recursive: true });
  const mine = `${path}.${process.pid}-${randomBytes(4).toString('hex')}`;
  mkdirSync(mine);
  writeFileSync(join(mine, 'owner'), `${process.pid} ${processIdentity(process.pid)}`);
  if (renamed(mine, path)) return true;
  rmSync(mine, { recursive: true, force: true });
  return false;
}

/** Giving back is a rename too: a directory that is half removed could be taken by another process. */
function release(path) {
  const aside = `${path}.${process.pid}-${randomBytes(4).toString('hex')}`;
  if (renamed(path, aside)) rmSync(aside, { recursive: true, force: true });
}

function renamed(from, to) {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    if (['EEXIST', 'ENOTEMPTY', 'EPERM', 'ENOENT'].includes(error.code)) return false;
    throw error;
  }
}

function ownerOf(path) {
  const text = readIfThere(join(path, 'owner'));
  if (text === undefined) return undefined;
  const [pid, identity] = text.split(' ');
  return { pid: Number(pid), identity };
}

function isStale(path) {
  const owner = ownerOf(path);
  return owner !== undefined && processIdentity(owner.pid) !== owner.identity;
}

/** Removes a dead owner's lock. One process at a time: otherwise the second could remove the first one's new lock. */
function breakIfStale(path) {
  if (!isStale(path)) return false;
  const guard = `${path}.break`;
  if (!tryLock(guard)) {
    if (Date.now() - (statSync(guard, { throwIfNoEntry: false })?.mtimeMs ?? Infinity) > GUARD_MS) release(guard);
    return false;
  }
  try {
    if (isStale(path)) release(path);
    return true;
  } finally {
    release(guard);
  }
}
