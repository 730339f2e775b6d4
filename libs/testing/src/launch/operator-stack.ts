import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../process/ports.ts';
import { makeTempDir } from '../process/temp-dir.ts';
import { MesheryServer, type ServerLaunchOptions } from './meshery-server.ts';
import { type NatsOptions, NatsServer } from './nats-server.ts';
import { ServiceProcess } from './service-process.ts';

/** How operator mode is set up. */
export interface OperatorStackOptions {
  /** Kubeconfig of the agent. */
  readonly kubeconfig: string;
  /** Uid of namespace kube-system, to which the bridge's connection is bound. */
  readonly clusterId: string;
  readonly nats?: NatsOptions;
  readonly server?: Omit<ServerLaunchOptions, 'kubeconfig'>;
  /** Port of the broker as the agent and the bridge see it, for example that of a proxy; the broker's own unless told. */
  readonly brokerPort?: (broker: NatsServer) => Promise<number>;
  readonly meshsyncEnv?: Readonly<Record<string, string | undefined>>;
  readonly bridgeEnv?: Readonly<Record<string, string | undefined>>;
}

interface StackParts {
  readonly nats: NatsServer;
  readonly server: MesheryServer;
  readonly bridge: ServiceProcess;
  readonly meshsync: ServiceProcess;
}

const LINK_NAME = 'test';

/** meshsync, nats-server (JetStream on disk), bridge and server, each a process of its own. Stop it when done. */
export class OperatorStack {
  readonly nats: NatsServer;
  readonly server: MesheryServer;
  readonly bridge: ServiceProcess;
  readonly meshsync: ServiceProcess;
  /** Where the bridge's and the agent's metrics are. */
  readonly bridgeUrl: string;
  readonly meshsyncUrl: string;

  private constructor(parts: StackParts, ports: { readonly bridge: number; readonly meshsync: number }) {
    ({ nats: this.nats, server: this.server, bridge: this.bridge, meshsync: this.meshsync } = parts);
    this.bridgeUrl = `http://127.0.0.1:${String(ports.bridge)}`;
    this.meshsyncUrl = `http://127.0.0.1:${String(ports.meshsync)}`;
  }

  /** Starts all four; the agent may not have reached its cluster yet. */
  static async start(options: OperatorStackOptions): Promise<OperatorStack> {
    const [nats, server] = await Promise.all([NatsServer.start(options.nats), MesheryServer.create(options.server)]);
    const [bridgePort, meshsyncPort] = [await freePort(), await freePort()];
    const broker = `127.0.0.1:${String((await options.brokerPort?.(nats)) ?? nats.port)}`;
    const bridge = makeBridge({ options, server, broker, port: bridgePort });
    const meshsync = makeMeshsync({ options, broker, port: meshsyncPort });
    const ports = { bridge: bridgePort, meshsync: meshsyncPort };
    const stack = new OperatorStack({ nats, server, bridge, meshsync }, ports);
    try {
      await server.up();
      await bridge.up();
      await meshsync.up();
      return stack;
    } catch (error) {
      await stack.stop();
      throw error;
    }
  }

  /** Pids of the processes that run, by name. */
  pids(): Record<string, number> {
    return {
      nats: this.nats.process.pid,
      server: this.server.process.pid,
      bridge: this.bridge.process.pid,
      meshsync: this.meshsync.process.pid,
    };
  }

  /** Another agent for the same cluster and broker, not started yet: an old one that comes back, or a newer one. */
  async anotherAgent(options: OperatorStackOptions): Promise<{ readonly agent: ServiceProcess; readonly url: string }> {
    const port = await freePort();
    const broker = `127.0.0.1:${String((await options.brokerPort?.(this.nats)) ?? this.nats.port)}`;
    return { agent: makeMeshsync({ options, broker, port }), url: `http://127.0.0.1:${String(port)}` };
  }

  /** Ends all four, the sources first. */
  async stop(): Promise<void> {
    await this.meshsync.stop();
    await this.bridge.stop();
    await this.server.stop();
    await this.nats.stop();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}

interface BridgeParts {
  readonly options: OperatorStackOptions;
  readonly server: MesheryServer;
  readonly broker: string;
  readonly port: number;
}

/** The server makes the keys of a bridge on the same machine; the connection file binds one cluster. */
function makeBridge({ options, server, broker, port }: BridgeParts): ServiceProcess {
  const dir = makeTempDir('bridge');
  const connections = join(dir.path, 'connections');
  mkdirSync(connections);
  const connection = { name: LINK_NAME, url: `nats://${broker}`, clusterId: options.clusterId };
  const token = tokenFile(dir.path, options.nats?.token);
  writeFileSync(join(connections, 'test.json'), JSON.stringify({ ...connection, ...token }));
  const keys = join(server.dataDir, 'ingest');
  const url = `http://127.0.0.1:${String(port)}`;
  const env = {
    MESHERY_BRIDGE_CONNECTIONS: connections,
    MESHERY_BRIDGE_SERVER: `127.0.0.1:${String(server.grpcPort)}`,
    MESHERY_BRIDGE_CA: join(keys, 'ca.pem'),
    MESHERY_BRIDGE_CERT: join(keys, 'bridge.pem'),
    MESHERY_BRIDGE_KEY: join(keys, 'bridge-key.pem'),
    PORT: String(port),
    ...options.bridgeEnv,
  };
  const liveUrl = `${url}/healthz/live`;
  const readyUrl = `${url}/healthz/ready`;
  return new ServiceProcess({ name: 'broker-bridge', args: [], env, liveUrl, readyUrl }, dir);
}

function makeMeshsync({ options, broker, port }: Omit<BridgeParts, 'server'>): ServiceProcess {
  const dir = makeTempDir('meshsync');
  const url = `http://127.0.0.1:${String(port)}`;
  const { tokenFile: path } = tokenFile(dir.path, options.nats?.token);
  const env = {
    BROKER_URL: `nats://${broker}`,
    MESHSYNC_BROKER_TOKEN_FILE: path,
    KUBECONFIG: options.kubeconfig,
    MESHSYNC_HEALTH_HOST: '127.0.0.1',
    MESHSYNC_HEALTH_PORT: String(port),
    ...options.meshsyncEnv,
  };
  const spec = { name: 'meshsync' as const, args: [], env, liveUrl: `${url}/healthz`, readyUrl: `${url}/readyz` };
  return new ServiceProcess(spec, dir);
}

function tokenFile(dir: string, token: string | undefined): { readonly tokenFile?: string } {
  if (token === undefined) return {};
  const path = join(dir, 'broker-token');
  writeFileSync(path, token, { mode: 0o600 });
  return { tokenFile: path };
}
