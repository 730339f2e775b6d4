import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chown, mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';

const run = promisify(execFile);

/** A PostgreSQL server of its own, on loopback, in a temporary folder. */
export interface PostgresServer {
  /** URL of a new, empty database. */
  createDatabase(): Promise<string>;
  /** Ends the process at once, as a crash would, and starts it again on the same data. */
  crashAndRestart(): Promise<void>;
  stop(): Promise<void>;
}

/** Folder with `initdb` and `postgres`: the newest version that Debian's packages or PATH know. */
async function findBinaries(): Promise<string> {
  const base = '/usr/lib/postgresql';
  const versions = await readdir(base).catch((): string[] => []);
  const newest = versions.toSorted((left, right) => Number(right) - Number(left))[0];
  if (newest !== undefined) return join(base, newest, 'bin');
  for (const folder of (process.env.PATH ?? '').split(':')) {
    if ((await readdir(folder).catch((): string[] => [])).includes('initdb')) return folder;
  }
  throw new Error('PostgreSQL is missing; on Debian: apt-get install --yes postgresql');
}

/** The server refuses to run as root: then it runs as the user that Debian's package makes. */
async function unprivileged(): Promise<{ uid: number; gid: number } | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const id = async (flag: string): Promise<number> => Number((await run('id', [flag, 'postgres'])).stdout);
  return { uid: await id('-u'), gid: await id('-g') };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

/** Starts a server; fails with a remedy when PostgreSQL is not installed. */
export async function startPostgres(): Promise<PostgresServer> {
  const bin = await findBinaries();
  const user = await unprivileged();
  const folder = await mkdtemp(join(tmpdir(), 'meshery-postgres-'));
  if (user !== undefined) await chown(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const as = { ...user, cwd: folder };
  await run(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'meshery', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '-N'],
    as,
  );
  const port = await freePort();
  const settings = { listen_addresses: '127.0.0.1', unix_socket_directories: '', fsync: 'off', max_connections: '60' };
  const args = [
    '-D',
    data,
    '-p',
    String(port),
    ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
  ];
  const start = async (): Promise<ChildProcess> => {
    const child = spawn(join(bin, 'postgres'), args, { ...as, stdio: 'ignore' });
    await untilAnswers(port, child);
    return child;
  };
  let child = await start();
  let databases = 0;
  return {
    createDatabase: async () => {
      databases += 1;
      const name = `test_${databases}`;
      await query(port, `CREATE DATABASE ${name}`);
      return urlOf(port, name);
    },
    crashAndRestart: async () => {
      await end(child, 'SIGQUIT');
      child = await start();
    },
    stop: async () => {
      await end(child, 'SIGINT');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function urlOf(port: number, database: string): string {
  return `postgres://meshery@127.0.0.1:${port}/${database}`;
}

async function query(port: number, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(port, 'postgres'), connectionTimeoutMillis: 2000 });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

async function untilAnswers(port: number, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (child.exitCode !== null) throw new Error(`postgres ended with ${child.exitCode}`);
    const answered = await query(port, 'SELECT 1').then(
      () => true,
      () => false,
    );
    if (answered) return;
    await delay(50);
  }
  throw new Error('postgres did not answer within 10 s');
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await ended;
}
