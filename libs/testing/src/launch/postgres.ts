import { chownSync, existsSync, readFileSync, readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { ManagedProcess } from '../process/managed-process.ts';
import { freePort } from '../process/ports.ts';
import { type TempDir, makeTempDir } from '../process/temp-dir.ts';
import { waitUntil } from '../wait/wait-until.ts';
import { runCommand } from './tools.ts';

const READY_TIMEOUT_MS = 90_000;
/** Type of the message that follows a startup message which is taken; a refusal is an E. */
const AUTHENTICATION = 'R'.charCodeAt(0);
const DEBIAN_ROOT = '/usr/lib/postgresql';

interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** A real PostgreSQL of its own on loopback, empty, without fsync. Stop it when done. */
export class PostgresServer {
  readonly port: number;
  readonly #dir: TempDir;
  readonly #bin: string;
  readonly #account: Account | undefined;
  #process: ManagedProcess | undefined;
  #databases = 0;

  private constructor(bin: string, port: number, dir: TempDir, account: Account | undefined) {
    this.#bin = bin;
    this.port = port;
    this.#dir = dir;
    this.#account = account;
  }

  /** Makes a database cluster and starts it: about 2 seconds. */
  static async start(): Promise<PostgresServer> {
    const bin = postgresFolder();
    const account = process.getuid?.() === 0 ? await postgresAccount() : undefined;
    const dir = makeTempDir('postgres');
    if (account !== undefined) chownSync(dir.path, account.uid, account.gid);
    const server = new PostgresServer(bin, await freePort(), dir, account);
    await server.#initialise();
    await server.up();
    return server;
  }

  /** URL of the superuser's own database. */
  get url(): string {
    return `postgresql://postgres@127.0.0.1:${String(this.port)}/postgres`;
  }

  /** URL of a new, empty database. */
  async createDatabase(): Promise<string> {
    this.#databases += 1;
    const name = `test_${String(this.#databases)}`;
    await runCommand(join(this.#bin, 'psql'), ['-q', '-c', `CREATE DATABASE ${name}`, this.url]);
    return this.url.replace(/postgres$/, name);
  }

  /** Where it keeps everything; `stop` removes it. */
  get folder(): string {
    return this.#dir.path;
  }

  /** The running process; throws while it is down. */
  get process(): ManagedProcess {
    if (this.#process === undefined) throw new Error('PostgreSQL is down');
    return this.#process;
  }

  /** Starts it again after `down` or `kill`. */
  async up(): Promise<void> {
    const settings = {
      listen_addresses: '127.0.0.1',
      port: String(this.port),
      unix_socket_directories: '',
      fsync: 'off',
      max_connections: '60',
    };
    const flags = Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
    this.#process = await ManagedProcess.start({
      name: 'postgres',
      file: join(this.#bin, 'postgres'),
      args: ['-D', this.#data, ...flags],
      logPath: join(this.#dir.path, 'postgres.log'),
      cwd: this.#dir.path,
      ...(this.#account ?? {}),
    });
    await this.#process.ready('taking clients', READY_TIMEOUT_MS, () => takesClients(this.port));
  }

  /** Ends it at once but cleanly (SIGINT: fast shutdown); its data stay. */
  async down(): Promise<void> {
    this.#process?.signal('SIGINT');
    await this.#process?.stop();
    this.#process = undefined;
  }

  /** Ends the server process with SIGKILL and waits until its children are gone too; its data stay as they are. */
  async kill(): Promise<void> {
    const { pid } = this.process;
    // So that it starts no further one.
    this.process.freeze();
    const children = childrenOf(pid);
    await this.process.kill();
    this.#process = undefined;
    await waitUntil({ what: 'the end of every backend', timeoutMs: READY_TIMEOUT_MS }, () =>
      children.every((child) => !existsSync(`/proc/${child}`)),
    );
  }

  /** What a crash does: ends it with SIGKILL and starts it on the same data. */
  async crashAndRestart(): Promise<void> {
    await this.kill();
    await this.up();
  }

  /** Ends it and removes its data. */
  async stop(): Promise<void> {
    await this.down();
    this.#dir.remove();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  get #data(): string {
    return join(this.#dir.path, 'data');
  }

  async #initialise(): Promise<void> {
    const logPath = join(this.#dir.path, 'initdb.log');
    const args = ['-D', this.#data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
    const file = join(this.#bin, 'initdb');
    const initdb = await ManagedProcess.start({
      name: 'initdb',
      file,
      args,
      logPath,
      cwd: this.#dir.path,
      ...(this.#account ?? {}),
    });
    const exit = await initdb.exited;
    if (exit.code !== 0) throw new Error(`initdb failed; ${initdb.logTail()}`);
  }
}

/** Pids of the processes that a process has started (Linux only). */
function childrenOf(pid: number): string[] {
  const path = `/proc/${String(pid)}/task/${String(pid)}/children`;
  return readFileSync(path, 'utf8')
    .split(' ')
    .filter((child) => child !== '');
}

/** The folder of initdb and postgres: the newest one of Debian's, else the one on the PATH. */
function postgresFolder(): string {
  const versions = existsSync(DEBIAN_ROOT) ? readdirSync(DEBIAN_ROOT).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...versions.map((version) => join(DEBIAN_ROOT, version, 'bin')),
    ...(process.env.PATH ?? '').split(':'),
  ];
  const found = folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')));
  if (found !== undefined) return found;
  throw new Error('PostgreSQL is needed for this test; install it (Debian: apt-get install postgresql)');
}

/** PostgreSQL refuses to run as root, so root lends it the account that its package made. */
async function postgresAccount(): Promise<Account> {
  const [uid, gid] = await Promise.all(['-u', '-g'].map((flag) => runCommand('id', [flag, 'postgres'])));
  return { uid: Number(uid), gid: Number(gid) };
}

/** True when the superuser is let in: while the server recovers from a crash it answers already, and lets nobody in. */
function takesClients(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect(port, '127.0.0.1', () => socket.write(startupMessage()));
  socket.setTimeout(1_000, () => socket.destroy());
  socket.once('data', (chunk: Buffer) => {
    resolve(chunk[0] === AUTHENTICATION);
    socket.destroy();
  });
  socket.on('error', () => {
    resolve(false);
  });
  socket.once('close', () => {
    resolve(false);
  });
  return promise;
}

/** The first message of a client: its length, version 3.0 of the protocol, who it is and what it wants. */
function startupMessage(): Buffer {
  const text = Buffer.from('user\0postgres\0database\0postgres\0\0');
  const head = Buffer.alloc(8);
  head.writeUInt32BE(head.length + text.length, 0);
  head.writeUInt32BE(3 << 16, 4);
  return Buffer.concat([head, text]);
}
