import { existsSync, mkdirSync, readFileSync, readdirSync, rmdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NodePlace } from './addresses.ts';
import { cgroupOf } from './node-paths.ts';

const ROOT = '/sys/fs/cgroup';
const REMOVE_TIMEOUT_MS = 60_000;

/** The roots of all cgroup trees: one for each controller (version 1), or the only one (version 2). */
function trees(): string[] {
  if (existsSync(join(ROOT, 'cgroup.controllers'))) return [ROOT];
  return readdirSync(ROOT)
    .map((name) => join(ROOT, name))
    .filter((path) => existsSync(join(path, 'cgroup.procs')));
}

/** Makes the cgroup that holds a node's pods, in every tree. */
export function ensureCgroup(node: NodePlace): void {
  for (const tree of trees()) {
    if (existsSync(join(tree, 'cgroup.controllers'))) enableControllers(tree);
    const path = join(tree, cgroupOf(node));
    mkdirSync(path, { recursive: true });
    // A new cpuset of version 1 has no processor and no memory: it takes its parent's.
    for (const file of ['cpuset.cpus', 'cpuset.mems']) {
      const own = join(path, file);
      const emptySet = existsSync(join(tree, file)) && readFileSync(own, 'utf8').trim() === '';
      if (emptySet) writeFileSync(own, readFileSync(join(tree, file)));
    }
  }
}

function enableControllers(tree: string): void {
  const there = readFileSync(join(tree, 'cgroup.controllers'), 'utf8')
    .trim()
    .split(' ')
    .filter((name) => name !== '');
  const wanted = there.filter((name) => ['cpu', 'cpuset', 'io', 'memory', 'pids', 'hugetlb'].includes(name));
  if (wanted.length > 0)
    writeFileSync(join(tree, 'cgroup.subtree_control'), wanted.map((name) => `+${name}`).join(' '));
}

/** Ends every process in a cgroup (a node's, or that of an engine), and so every container, and removes the cgroup. */
export async function removeCgroup(name: string): Promise<void> {
  const deadline = Date.now() + REMOVE_TIMEOUT_MS;
  for (const tree of trees()) {
    const path = join(tree, name);
    while (existsSync(path)) {
      for (const group of groupsBelow(path)) killAll(group);
      if (groupsBelow(path).every(removed)) break;
      if (Date.now() > deadline)
        throw new Error(`${path} still holds processes ${String(REMOVE_TIMEOUT_MS / 1000)} s after SIGKILL`);
      await sleep(50);
    }
  }
}

/** The group and all groups in it, the innermost first. */
function groupsBelow(path: string): string[] {
  const inner = readdirSync(path)
    .map((name) => join(path, name))
    .filter((child) => statSync(child, { throwIfNoEntry: false })?.isDirectory() === true);
  return [...inner.flatMap(groupsBelow), path];
}

function killAll(group: string): void {
  for (const pid of readFileSync(join(group, 'cgroup.procs'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && line !== '0')) {
    try {
      process.kill(Number(pid), 'SIGKILL');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}

/** False while a process of the group is still ending. */
function removed(group: string): boolean {
  try {
    rmdirSync(group);
    return true;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EBUSY' || code === 'ENOTEMPTY') return false;
    if (code === 'ENOENT') return true;
    throw error;
  }
}
