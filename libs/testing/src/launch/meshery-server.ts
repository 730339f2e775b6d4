import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InventoryClient } from '../client/inventory-client.ts';
import { type ExitStatus, type ManagedProcess } from '../process/managed-process.ts';
import { freePorts } from '../process/ports.ts';
import { makeTempDir } from '../process/temp-dir.ts';
import { ServiceProcess } from './service-process.ts';

/** How a server is started. */
export interface ServerLaunchOptions {
  /** Kubeconfig of the cluster it discovers; without it the server discovers nothing by itself. */
  readonly kubeconfig?: string;
  /** Where it keeps its stores; a folder of its own unless told, which is removed at the end. */
  readonly dataDir?: string;
  readonly databaseUrl?: string;
  /** Further flags. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Linux CPU list. */
  readonly cpus?: string;
}

/** The built server as a process with a client that is signed in. Stop it when done. */
export class MesheryServer {
  readonly port: number;
  readonly grpcPort: number;
  readonly dataDir: string;
  readonly service: ServiceProcess;
  #client: InventoryClient | undefined;

  private constructor(service: ServiceProcess, ports: readonly [number, number], dataDir: string) {
    this.service = service;
    [this.port, this.grpcPort] = ports;
    this.dataDir = dataDir;
  }

  /** Makes one without starting it; `up` starts it. */
  static async create(options: ServerLaunchOptions = {}): Promise<MesheryServer> {
    const [port = 0, grpcPort = 0] = await freePorts(2);
    const dir = makeTempDir('server');
    const dataDir = options.dataDir ?? join(dir.path, 'data');
    mkdirSync(dataDir, { recursive: true });
    const url = `http://127.0.0.1:${String(port)}`;
    const { cpus } = options;
    const service = new ServiceProcess(
      {
        name: 'server',
        args: serverArgs(options, { port, grpcPort, dataDir }),
        env: { KUBECONFIG: undefined, ...options.env },
        liveUrl: `${url}/healthz/live`,
        readyUrl: `${url}/healthz/ready`,
        ...(cpus === undefined ? {} : { cpus }),
      },
      dir,
    );
    return new MesheryServer(service, [port, grpcPort], dataDir);
  }

  /** Starts one and waits until it is ready. */
  static async start(options: ServerLaunchOptions = {}): Promise<MesheryServer> {
    const server = await MesheryServer.create(options);
    try {
      await server.up();
      return server;
    } catch (error) {
      await server.stop();
      throw error;
    }
  }

  get url(): string {
    return `http://127.0.0.1:${String(this.port)}`;
  }

  /** The running process; throws while it is down. */
  get process(): ManagedProcess {
    return this.service.process;
  }

  /** A client with the token that the server wrote for command-line clients. */
  get client(): InventoryClient {
    this.#client ??= new InventoryClient(this.url, this.token);
    return this.#client;
  }

  /** The token that the server wrote for command-line clients. */
  get token(): string {
    const path = join(this.service.dir.path, '.meshery', 'auth.json');
    return (JSON.parse(readFileSync(path, 'utf8')) as { token: string }).token;
  }

  /** Starts it again after `down` or `kill`, on the same ports and data, and waits until it is ready. */
  async up(): Promise<void> {
    await this.service.up();
    await this.service.ready();
  }

  /** SIGKILL; its data stay. */
  async kill(): Promise<ExitStatus | undefined> {
    this.#forgetClient();
    return await this.service.kill();
  }

  /** SIGTERM; its data stay. */
  async down(): Promise<ExitStatus | undefined> {
    this.#forgetClient();
    return await this.service.down();
  }

  /** Ends it and removes its folder. */
  async stop(): Promise<void> {
    this.#forgetClient();
    await this.service.stop();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  #forgetClient(): void {
    this.#client?.close();
    this.#client = undefined;
  }
}

function serverArgs(
  options: ServerLaunchOptions,
  place: { readonly port: number; readonly grpcPort: number; readonly dataDir: string },
): string[] {
  const discovery = options.kubeconfig === undefined ? ['--no-discovery'] : ['--kubeconfig', options.kubeconfig];
  const database = options.databaseUrl === undefined ? [] : ['--database-url', options.databaseUrl];
  return [
    ...['--port', String(place.port), '--grpc-port', String(place.grpcPort), '--data-dir', place.dataDir],
    '--no-browser',
    ...discovery,
    ...database,
    ...(options.args ?? []),
  ];
}
