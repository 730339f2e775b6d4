import { join } from 'node:path';
import { readFile } from 'node:fs/promises';
import { ServiceProcess, TcpFaultProxy, freePort, waitUntil } from '@meshery/testing';

/** The server that a bridge follows. */
export interface FollowedServer {
  readonly grpcPort: number;
  readonly folder: string;
}

/** The built bridge as a process that asks a server for its clusters, through a proxy that injects faults. Stop it when done. */
export class FollowedBridge {
  readonly service: ServiceProcess;
  readonly proxy: TcpFaultProxy;
  readonly #url: string;

  private constructor(service: ServiceProcess, proxy: TcpFaultProxy, url: string) {
    this.service = service;
    this.proxy = proxy;
    this.#url = url;
  }

  static async start(server: FollowedServer): Promise<FollowedBridge> {
    const port = await freePort();
    const proxy = await TcpFaultProxy.start({ targetPort: server.grpcPort });
    const url = `http://127.0.0.1:${String(port)}`;
    const service = new ServiceProcess({
      name: 'broker-bridge',
      args: [],
      env: {
        PORT: String(port),
        MESHERY_BRIDGE_FROM_SERVER: 'true',
        MESHERY_BRIDGE_PROBE_MS: '500',
        MESHERY_BRIDGE_SERVER: `127.0.0.1:${String(proxy.port)}`,
        MESHERY_BRIDGE_CA: join(server.folder, 'ingest', 'ca.pem'),
        MESHERY_BRIDGE_TOKEN_FILE: join(server.folder, 'ingest', 'bridge-token'),
        LOG_LEVEL: 'debug',
      },
      liveUrl: `${url}/healthz/live`,
      readyUrl: `${url}/healthz/ready`,
    });
    const bridge = new FollowedBridge(service, proxy, url);
    await service.up();
    return bridge;
  }

  /** Names of the links that have their broker. */
  async links(): Promise<readonly string[]> {
    const text = await (await fetch(`${this.#url}/metrics`)).text();
    return [...text.matchAll(/^meshery_bridge_broker_connected\{.*link="([^"]+)".*\} 1$/gm)].map(
      ([, name = '']) => name,
    );
  }

  /** Resolves when it has that many links with a broker. */
  async serves(count: number): Promise<void> {
    const explain = async (): Promise<string> =>
      `${JSON.stringify(await this.links())}\n${(await this.log()).slice(-3000)}`;
    const what = `${String(count)} links`;
    await waitUntil({ what, timeoutMs: 60_000, explain }, async () => (await this.links()).length === count);
  }

  log(): Promise<string> {
    return readFile(this.service.logPath, 'utf8');
  }

  async stop(): Promise<void> {
    await this.service.stop();
    await this.proxy.close();
  }
}
