import { hash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { NatsServer, ServiceProcess, TcpFaultProxy, freePort, makeTempDir, waitUntil } from '@meshery/testing';
import type { NodeCluster } from '@meshery/testing';
import { createLogger, requestContext } from '@meshery/observability';
import type { RequestContext } from '@meshery/observability';
import { localUser } from '../src/identity/local-user.ts';
import { IngestModule } from '../src/ingest/ingest.module.ts';
import { ClusterRequests } from '../src/ingest/requests/cluster-requests.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** Tokens of the bindings file: of an agent of the cluster, and of one of another cluster. */
export const agentTokens = { own: 'own-token', foreign: 'foreign-token' };

const silent = createLogger({ service: 'test', level: 'silent' });

/** What a user's request is made with. */
export function userContext(signal?: AbortSignal): RequestContext {
  const signals = signal === undefined ? [] : [signal];
  return requestContext({ user: localUser, requestId: 'test', logger: silent, signals });
}

/** A server whose agents dial it, through a proxy that injects faults. Stop it when done. */
export class DialledServer {
  readonly server: TestServer;
  readonly proxy: TcpFaultProxy;
  readonly clusterId: string;
  readonly #dir: ReturnType<typeof makeTempDir>;

  private constructor(
    parts: Pick<DialledServer, 'server' | 'proxy' | 'clusterId'>,
    dir: ReturnType<typeof makeTempDir>,
  ) {
    this.server = parts.server;
    this.proxy = parts.proxy;
    this.clusterId = parts.clusterId;
    this.#dir = dir;
  }

  static async start(clusterId: string): Promise<DialledServer> {
    const dir = makeTempDir('dialled');
    const bindings = join(dir.path, 'bindings.json');
    const bridges = Object.entries({ own: clusterId, foreign: 'another' }).map(([name, cluster]) => ({
      name: `agent-${name}`,
      clusters: [cluster],
      tokenSha256: hash('sha256', agentTokens[name as keyof typeof agentTokens], 'hex'),
    }));
    writeFileSync(bindings, JSON.stringify({ bridges }));
    const server = await startTestServer({ env: { MESHERY_INGEST_BINDINGS: bindings } });
    const port = server.service.app.get(IngestModule).port ?? 0;
    const proxy = await TcpFaultProxy.start({ targetPort: port });
    return new DialledServer({ server, proxy, clusterId }, dir);
  }

  get requests(): ClusterRequests {
    return this.server.service.app.get(ClusterRequests);
  }

  get authority(): string {
    return readFileSync(join(this.server.folder, 'ingest', 'ca.pem'), 'utf8');
  }

  /** Writes a file as a mounted Secret. */
  mounted(name: string, text: string): string {
    const path = join(this.#dir.path, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  }

  /** Cuts every connection of agents; they may connect again. */
  cut(): void {
    this.proxy.injectEverywhere({ type: 'cut' });
    this.proxy.heal();
  }

  async stop(): Promise<void> {
    await this.proxy.close();
    await this.server.stop();
    this.#dir.remove();
  }
}

/** Ways on which requests of a server reach an agent. */
export type Way = 'dialling' | 'behind a broker';

type Environment = Readonly<Record<string, string>>;

/** The built agent of a cluster as a process, with broker and bridge where it has them. Stop it when done. */
export class ServedAgent {
  readonly service: ServiceProcess;
  readonly #url: string;
  readonly #others: readonly { stop(): Promise<void> }[];

  private constructor(service: ServiceProcess, url: string, others: readonly { stop(): Promise<void> }[]) {
    this.service = service;
    this.#url = url;
    this.#others = others;
  }

  /** Starts it; resolves when it is alive. */
  static async start(way: Way, cluster: NodeCluster, to: DialledServer, env: Environment = {}): Promise<ServedAgent> {
    const port = await freePort();
    const url = `http://127.0.0.1:${String(port)}`;
    const dials = way === 'dialling';
    const nats = dials ? undefined : await NatsServer.start();
    const others = nats === undefined ? [] : [await startBridge(nats, to), nats];
    const service = new ServiceProcess({
      name: 'meshsync',
      args: [],
      env: {
        KUBECONFIG: cluster.kubeconfigPath,
        MESHSYNC_HEALTH_HOST: '127.0.0.1',
        MESHSYNC_HEALTH_PORT: String(port),
        MESHSYNC_WATCH_LIST: '{"whitelist":["namespaces"]}',
        ...(nats === undefined ? serverOf(to) : { BROKER_URL: nats.url }),
        ...env,
      },
      liveUrl: `${url}/healthz`,
      readyUrl: `${url}/readyz`,
    });
    await service.up();
    return new ServedAgent(service, url, others);
  }

  /** Waits until requests reach it. */
  async isAsked({ requests, clusterId }: DialledServer): Promise<void> {
    await waitUntil({ what: 'an agent that is asked', timeoutMs: 60_000 }, async () => {
      const asked = requests.ask(userContext(), clusterId, 'meta');
      return asked.then(
        () => true,
        () => false,
      );
    });
  }

  /** The value of the only sample with these labels. */
  async metric(name: string, ...labels: string[]): Promise<number | undefined> {
    const lines = (await (await fetch(`${this.#url}/metrics`)).text()).split('\n');
    const found = lines.find((line) => line.startsWith(`${name}{`) && labels.every((label) => line.includes(label)));
    return found === undefined ? undefined : Number(found.split(' ').at(-1));
  }

  async stop(): Promise<void> {
    await this.service.stop();
    for (const other of this.#others) await other.stop();
  }
}

function serverOf(to: DialledServer): Environment {
  return {
    MESHSYNC_SERVER: `127.0.0.1:${String(to.proxy.port)}`,
    MESHSYNC_SERVER_CA_FILE: to.mounted('ca.crt', to.authority),
    MESHSYNC_SERVER_TOKEN_FILE: to.mounted('token', agentTokens.own),
  };
}

async function startBridge(nats: NatsServer, to: DialledServer): Promise<ServiceProcess> {
  const port = await freePort();
  const url = `http://127.0.0.1:${String(port)}`;
  const connection = JSON.stringify({ name: 'one', url: `nats://127.0.0.1:${String(nats.port)}` });
  const bridge = new ServiceProcess({
    name: 'broker-bridge',
    args: [],
    env: {
      PORT: String(port),
      MESHERY_BRIDGE_CONNECTIONS: dirname(to.mounted('connections/one.json', connection)),
      MESHERY_BRIDGE_SERVER: `127.0.0.1:${String(to.proxy.port)}`,
      MESHERY_BRIDGE_CA: to.mounted('ca.crt', to.authority),
      MESHERY_BRIDGE_TOKEN_FILE: to.mounted('token', agentTokens.own),
    },
    liveUrl: `${url}/healthz/live`,
    readyUrl: `${url}/healthz/ready`,
  });
  await bridge.up();
  return bridge;
}
