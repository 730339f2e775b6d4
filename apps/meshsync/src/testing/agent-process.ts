import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAgentStatus } from '@meshery/contracts';
import type { AgentStatusDocument } from '@meshery/contracts';
import { ServiceProcess, freePort, httpRequest, makeTempDir, writeKubeconfig } from '@meshery/testing';
import type { TempDir } from '@meshery/testing';

/** Where an agent finds its cluster. */
export interface ClusterAddress {
  readonly url: string;
  readonly caPem?: string;
  readonly token?: string;
}

/** The built agent as a process of its own. Stop it when done. */
export class AgentProcess {
  readonly dir: TempDir;
  readonly #service: ServiceProcess;
  readonly #url: string;

  private constructor(service: ServiceProcess, dir: TempDir, url: string) {
    this.#service = service;
    this.dir = dir;
    this.#url = url;
  }

  /** Starts it and waits until it is alive. */
  static async start(
    cluster: ClusterAddress,
    env: Readonly<Record<string, string | undefined>>,
    dir: TempDir = makeTempDir('meshsync'),
  ): Promise<AgentProcess> {
    const port = await freePort();
    const url = `http://127.0.0.1:${String(port)}`;
    const { url: server, ...access } = cluster;
    const common = {
      KUBECONFIG: writeKubeconfig({ path: join(dir.path, 'kubeconfig'), server, ...access }),
      MESHSYNC_HEALTH_HOST: '127.0.0.1',
      MESHSYNC_HEALTH_PORT: String(port),
    };
    const urls = { liveUrl: `${url}/healthz`, readyUrl: `${url}/readyz` };
    const service = new ServiceProcess({ name: 'meshsync', args: [], env: { ...common, ...env }, ...urls }, dir);
    await service.up();
    return new AgentProcess(service, dir, url);
  }

  get pid(): number {
    return this.#service.process.pid;
  }

  async status(): Promise<AgentStatusDocument> {
    const answer = await httpRequest(`${this.#url}/statusz`, { timeoutMs: 30_000 });
    const status = answer.status === 200 ? parseAgentStatus(answer.body.toString('utf8')) : undefined;
    if (status === undefined) throw new Error(`no status: ${String(answer.status)}`);
    return status;
  }

  async readiness(): Promise<{ readonly ready: boolean; readonly text: string }> {
    const answer = await httpRequest(`${this.#url}/readyz`, { timeoutMs: 30_000 });
    return { ready: answer.status === 200, text: answer.body.toString('utf8') };
  }

  log(): string {
    return readFileSync(this.#service.logPath, 'utf8');
  }

  stop(): Promise<void> {
    return this.#service.stop();
  }
}
