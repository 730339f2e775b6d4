import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { processIdentity, withLock } from '../lock.mjs';

describe('a lock between processes', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'meshery-lock-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test('lets one holder in at a time and leaves nothing behind', async () => {
    let inside = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      inside += 1;
      most = Math.max(most, inside);
      await sleep(5);
      inside -= 1;
    };
    const lock = join(folder, 'lock');
    await Promise.all([1, 2, 3].map(() => withLock(lock, { timeoutMs: 60_000 }, work)));
    expect(most).toBe(1);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('is given back when the work fails', async () => {
    const lock = join(folder, 'lock');
    const failing = withLock(lock, { timeoutMs: 60_000 }, () => Promise.reject(new Error('no luck')));
    await expect(failing).rejects.toThrow('no luck');
    expect(existsSync(lock)).toBe(false);
  });

  test('is taken over from a process that died, and from one whose pid was given to another', async () => {
    const dead = spawn(process.execPath, ['-e', '']);
    await new Promise((resolve) => dead.once('exit', resolve));
    for (const owner of [`${String(dead.pid)} anything`, `${String(process.pid)} someone-else`]) {
      const lock = join(folder, 'lock');
      mkdirSync(lock);
      writeFileSync(join(lock, 'owner'), owner);
      expect(await withLock(lock, { timeoutMs: 60_000 }, () => 'mine')).toBe('mine');
    }
  });

  test('names the living holder when the wait is over', async () => {
    const lock = join(folder, 'lock');
    mkdirSync(lock);
    writeFileSync(join(lock, 'owner'), `${String(process.pid)} ${processIdentity(process.pid) ?? ''}`);
    const told: (number | undefined)[] = [];
    const waiting = withLock(lock, { timeoutMs: 50, onWait: (pid) => told.push(pid) }, () => 'never');
    await expect(waiting).rejects.toThrow(`held by process ${String(process.pid)}`);
    expect(told).toEqual([process.pid]);
  });
});

test('a process that is gone has no identity', async () => {
  const child = spawn(process.execPath, ['-e', '']);
  await new Promise((resolve) => child.once('exit', resolve));
  expect(processIdentity(child.pid ?? 0)).toBeUndefined();
});
