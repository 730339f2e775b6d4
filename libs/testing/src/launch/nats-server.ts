import { rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { ManagedProcess } from '../process/managed-process.ts';
import { freePorts } from '../process/ports.ts';
import { type TempDir, makeTempDir } from '../process/temp-dir.ts';
import { resolveBinary } from './tools.ts';

/** How a broker is set up. */
export interface NatsOptions {
  /** File-backed JetStream; true unless told. */
  readonly jetStream?: boolean;
  /** Bytes of the greatest message; the server's default (1 MiB) unless told. */
  readonly maxPayload?: number;
  /** Token that clients must show; none unless told. */
  readonly token?: string;
  /** Users with their passwords; one of them must be shown. */
  readonly users?: Readonly<Record<string, string>>;
  /** The text of the block `authorization`, where users have rights of their own. */
  readonly authorization?: string;
  /** Accounts that share nothing, each with JetStream and one user; name and password are those of the account. */
  readonly accounts?: readonly string[];
  /** Clients must use TLS; PEM texts. */
  readonly tls?: { readonly certificatePem: string; readonly keyPem: string };
  /** Bytes that streams may take together; no limit unless told. */
  readonly maxStoreBytes?: number;
  /** Linux CPU list. */
  readonly cpus?: string;
}

const READY_TIMEOUT_MS = 60_000;

/** A real nats-server on loopback whose ports stay the same over restarts. Stop it when done. */
export class NatsServer {
  readonly port: number;
  readonly monitorPort: number;
  readonly #dir: TempDir;
  readonly #file: string;
  #options: NatsOptions;
  #process: ManagedProcess | undefined;

  private constructor(file: string, ports: readonly [number, number], options: NatsOptions) {
    this.#file = file;
    [this.port, this.monitorPort] = ports;
    this.#options = options;
    this.#dir = makeTempDir('nats');
  }

  /** Starts one and waits until it takes clients. */
  static async start(options: NatsOptions = {}): Promise<NatsServer> {
    const file = await resolveBinary('nats-server');
    const [port = 0, monitorPort = 0] = await freePorts(2);
    const server = new NatsServer(file, [port, monitorPort], options);
    await server.up();
    return server;
  }

  /** nats:// URL, with the token where there is one. */
  get url(): string {
    const { token } = this.#options;
    return `nats://${token === undefined ? '' : `${token}@`}127.0.0.1:${String(this.port)}`;
  }

  get monitorUrl(): string {
    return `http://127.0.0.1:${String(this.monitorPort)}`;
  }

  /** Where it keeps everything; `stop` removes it. */
  get folder(): string {
    return this.#dir.path;
  }

  /** The running process; throws while it is down. */
  get process(): ManagedProcess {
    if (this.#process === undefined) throw new Error('nats-server is down');
    return this.#process;
  }

  /** Starts it again after `down` or `kill`, with what its store still holds. */
  async up(): Promise<void> {
    const config = this.#writeConfig();
    const logPath = join(this.#dir.path, 'nats.log');
    const { cpus } = this.#options;
    const pinned = cpus === undefined ? {} : { cpus };
    this.#process = await ManagedProcess.start({
      name: 'nats-server',
      file: this.#file,
      args: ['-c', config],
      logPath,
      ...pinned,
    });
    await this.#process.ready('taking clients', READY_TIMEOUT_MS, () => greets(this.port));
  }

  /** Changes who may connect, and how: for the next start, or at once with `reload`. */
  configure(change: Pick<NatsOptions, 'token' | 'users' | 'authorization' | 'tls'>): void {
    this.#options = { ...this.#options, ...change };
    this.#writeConfig();
  }

  /** Reads the changed settings while it runs, as its reloader makes it do in a cluster. */
  reload(): void {
    process.kill(this.process.pid, 'SIGHUP');
  }

  /** Ends it in its own way (SIGTERM); its store stays. */
  async down(): Promise<void> {
    await this.#process?.stop();
    this.#process = undefined;
  }

  /** Ends it with SIGKILL; its store stays as it is. */
  async kill(): Promise<void> {
    await this.#process?.kill();
    this.#process = undefined;
  }

  /** Removes what JetStream stored; only while it is down. */
  wipeStore(): void {
    if (this.#process !== undefined) throw new Error('the store cannot be removed while nats-server runs');
    rmSync(this.#storeDir, { recursive: true, force: true });
  }

  /** Ends it and removes its folder. */
  async stop(): Promise<void> {
    await this.down();
    this.#dir.remove();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  get #storeDir(): string {
    return join(this.#dir.path, 'store');
  }

  #writeConfig(): string {
    const path = join(this.#dir.path, 'nats.conf');
    writeFileSync(path, this.#config());
    return path;
  }

  #config(): string {
    const { jetStream = true, maxPayload, maxStoreBytes } = this.#options;
    const limit = maxStoreBytes === undefined ? '' : `, max_file_store: ${String(maxStoreBytes)}`;
    return [
      `listen: "127.0.0.1:${String(this.port)}"`,
      `http: "127.0.0.1:${String(this.monitorPort)}"`,
      ...(jetStream ? [`jetstream { store_dir: "${this.#storeDir}"${limit} }`] : []),
      ...(maxPayload === undefined ? [] : [`max_payload: ${String(maxPayload)}`]),
      ...this.#access(),
      '',
    ].join('\n');
  }

  #access(): readonly string[] {
    const { token, users, authorization, accounts, tls } = this.#options;
    const known = Object.entries(users ?? {}).map(([user, password]) => `{ user: "${user}", password: "${password}" }`);
    const lines: string[] = authorization === undefined ? [] : [authorization];
    if (token !== undefined) lines.push(`authorization { token: "${token}" }`);
    if (known.length > 0) lines.push(`authorization { users: [ ${known.join(', ')} ] }`);
    if (accounts !== undefined) lines.push(`accounts { ${accounts.map(accountConfig).join(', ')} }`);
    if (tls === undefined) return lines;
    const [cert, key] = [join(this.#dir.path, 'tls.crt'), join(this.#dir.path, 'tls.key')];
    writeFileSync(cert, tls.certificatePem);
    writeFileSync(key, tls.keyPem, { mode: 0o600 });
    return [...lines, `tls { cert_file: "${cert}", key_file: "${key}" }`];
  }
}

function accountConfig(name: string): string {
  return `${name} { jetstream: enabled, users: [ { user: "${name}", password: "${name}" } ] }`;
}

/** True when the server greets with INFO. */
function greets(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect(port, '127.0.0.1');
  socket.setTimeout(1_000, () => socket.destroy());
  socket.once('data', (chunk: Buffer) => {
    resolve(chunk.toString('latin1').startsWith('INFO'));
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
