import { join } from 'node:path';
import { Agent } from 'node:http';
import { httpRequest } from '../client/http.ts';
import { ManagedProcess } from '../process/managed-process.ts';
import { type TempDir, makeTempDir } from '../process/temp-dir.ts';
import { waitUntil } from '../wait/wait-until.ts';

const START_TIMEOUT_MS = 60_000;
const READ_TIMEOUT_MS = 60_000;
const NOT_YET_TIMEOUT_MS = 30_000;

/**
 * A running `kubectl proxy`: the raw answers of the API server as `kubectl get --raw` prints them, without a process
 * of 0.1 CPU-seconds for each of sixty kinds. Close it when done.
 */
export class KubectlProxy {
  readonly #process: ManagedProcess;
  readonly #dir: TempDir;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 4 });
  #url = '';

  private constructor(process: ManagedProcess, dir: TempDir) {
    this.#process = process;
    this.#dir = dir;
  }

  /** Starts kubectl; rejects with what it said when it does not come up. */
  static async start(kubeconfig: string): Promise<KubectlProxy> {
    const dir = makeTempDir('kubectl');
    const args = ['--kubeconfig', kubeconfig, 'proxy', '--port=0'];
    const logPath = join(dir.path, 'kubectl.log');
    const process = await ManagedProcess.start({ name: 'kubectl proxy', file: 'kubectl', args, logPath });
    const proxy = new KubectlProxy(process, dir);
    try {
      await process.ready('serving', START_TIMEOUT_MS, () => Promise.resolve(proxy.#findUrl()));
      return proxy;
    } catch (error) {
      await proxy.close();
      throw error;
    }
  }

  /** The raw answer of a path; waits while the API server says "not yet" (429), rejects when the status is not 200. */
  async get(path: string): Promise<Buffer> {
    const what = `an answer for ${path}`;
    const answer = await waitUntil({ what, timeoutMs: NOT_YET_TIMEOUT_MS, everyMs: 200 }, async () => {
      const given = await httpRequest(`${this.#url}${path}`, { agent: this.#agent, timeoutMs: READ_TIMEOUT_MS });
      return given.status === 429 ? undefined : given;
    });
    if (answer.status === 200) return answer.body;
    const said = answer.body.toString('utf8').slice(0, 300);
    throw new Error(`kubectl: ${path} was answered ${String(answer.status)}: ${said}`);
  }

  /** Ends kubectl. */
  async close(): Promise<void> {
    this.#agent.destroy();
    await this.#process.stop();
    this.#dir.remove();
  }

  #findUrl(): boolean {
    const address = /Starting to serve on (\S+)/.exec(this.#process.log())?.[1];
    this.#url = `http://${address ?? ''}`;
    return address !== undefined;
  }
}
