import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MesheryServer, NatsServer, ServiceProcess, TcpFaultProxy, freePort, makeTempDir } from '@meshery/testing';
import { SyntheticAgent } from './synthetic-agent.ts';

/** How many clusters there are, and of which kind. */
export interface FleetShape {
  readonly clusters: number;
  readonly objects: number;
}

const account = (index: number): string => `c${String(index)}`;
/** JetStream sets aside what each stream may use. */
const maxStoreBytes = 2 ** 42;

/** One nats-server with an account for each cluster, a bridge, a server, and synthetic agents. Stop it when done. */
export class Fleet {
  readonly nats: NatsServer;
  readonly server: MesheryServer;
  readonly bridge: ServiceProcess;
  readonly agents: readonly SyntheticAgent[];
  readonly clusterIds: readonly string[];
  /** Between the bridge and the broker of the first cluster. */
  readonly proxy: TcpFaultProxy;
  readonly #connections: string;

  private constructor(
    parts: Pick<Fleet, 'nats' | 'server' | 'bridge' | 'agents' | 'clusterIds' | 'proxy'>,
    folder: string,
  ) {
    ({ nats: this.nats, server: this.server, bridge: this.bridge, agents: this.agents } = parts);
    ({ clusterIds: this.clusterIds, proxy: this.proxy } = parts);
    this.#connections = folder;
  }

  /** Starts everything with links for the clusters; `idle` says how many more may be registered later. */
  static async start({ clusters }: FleetShape, idle: number): Promise<Fleet> {
    const accounts = Array.from({ length: clusters + idle }, (_, index) => account(index));
    const nats = await NatsServer.start({ accounts, maxStoreBytes });
    const proxy = await TcpFaultProxy.start({ targetPort: nats.port });
    const server = await MesheryServer.start();
    const dir = makeTempDir('bridge');
    const folder = join(dir.path, 'connections');
    mkdirSync(folder);
    const clusterIds = Array.from({ length: clusters }, () => randomUUID());
    const agents = clusterIds.map((clusterId, index) => {
      const url = `nats://${account(index)}:${account(index)}@127.0.0.1:${String(nats.port)}`;
      return new SyntheticAgent({ url, clusterId, incarnation: String(index).padStart(26, '0') });
    });
    const bridge = new ServiceProcess(await bridgeSpec(folder, server), dir);
    const fleet = new Fleet({ nats, server, bridge, agents, clusterIds, proxy }, folder);
    clusterIds.forEach((clusterId, index) => fleet.#register(index, clusterId));
    await bridge.up();
    return fleet;
  }

  /** Registers links of clusters that say nothing. */
  async registerIdle(count: number): Promise<void> {
    const first = this.clusterIds.length;
    for (let index = first; index < first + count; index += 1) this.#register(index, randomUUID());
    await this.bridge.ready(120_000);
  }

  async stop(): Promise<void> {
    await Promise.all(this.agents.map((agent) => agent.stop()));
    await this.bridge.stop();
    await this.server.stop();
    await this.proxy.close();
    await this.nats.stop();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  #register(index: number, clusterId: string): void {
    const name = account(index);
    const tokenFile = `${name}.token`;
    const port = index === 0 ? this.proxy.port : this.nats.port;
    writeFileSync(join(this.#connections, tokenFile), `${name}:${name}`, { mode: 0o600 });
    const connection = { name, url: `nats://127.0.0.1:${String(port)}`, tokenFile, clusterId };
    writeFileSync(join(this.#connections, `${name}.json`), JSON.stringify(connection));
  }
}

async function bridgeSpec(folder: string, server: MesheryServer) {
  const port = await freePort();
  const keys = join(server.dataDir, 'ingest');
  const url = `http://127.0.0.1:${String(port)}`;
  return {
    name: 'broker-bridge' as const,
    args: [],
    env: {
      MESHERY_BRIDGE_CONNECTIONS: folder,
      MESHERY_BRIDGE_SERVER: `127.0.0.1:${String(server.grpcPort)}`,
      MESHERY_BRIDGE_CA: join(keys, 'ca.pem'),
      MESHERY_BRIDGE_CERT: join(keys, 'bridge.pem'),
      MESHERY_BRIDGE_KEY: join(keys, 'bridge-key.pem'),
      PORT: String(port),
    },
    liveUrl: `${url}/healthz/live`,
    readyUrl: `${url}/healthz/ready`,
  };
}
