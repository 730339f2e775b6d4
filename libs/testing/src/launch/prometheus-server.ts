import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { httpRequest } from '../client/http.ts';
import { ManagedProcess } from '../process/managed-process.ts';
import { freePort } from '../process/ports.ts';
import { type TempDir, makeTempDir } from '../process/temp-dir.ts';
import { ensureTestNeeds } from './tools.ts';

const START_MS = 60_000;

/** A real Prometheus on loopback that scrapes one target each second. Stop it when done. */
export class PrometheusServer {
  readonly url: string;
  readonly #dir: TempDir;
  readonly #process: ManagedProcess;

  private constructor(url: string, dir: TempDir, process: ManagedProcess) {
    this.url = url;
    this.#dir = dir;
    this.#process = process;
  }

  /** `target` is host:port; itself unless told. */
  static async start(target?: string): Promise<PrometheusServer> {
    await ensureTestNeeds(['prometheus']);
    const dir = makeTempDir('prometheus');
    const address = `127.0.0.1:${String(await freePort())}`;
    const config = join(dir.path, 'prometheus.yml');
    const scrape = { job_name: 'test', scrape_interval: '1s', static_configs: [{ targets: [target ?? address] }] };
    writeFileSync(config, JSON.stringify({ scrape_configs: [scrape] }));
    const server = await ManagedProcess.start({
      name: 'prometheus',
      file: 'prometheus',
      args: [
        `--config.file=${config}`,
        `--storage.tsdb.path=${join(dir.path, 'data')}`,
        `--web.listen-address=${address}`,
      ],
      logPath: join(dir.path, 'prometheus.log'),
    });
    const url = `http://${address}`;
    await server.ready('being ready', START_MS, async () => (await httpRequest(`${url}/-/ready`)).status === 200);
    return new PrometheusServer(url, dir, server);
  }

  /** The newest value of a metric; undefined when there is none. */
  async value(metric: string): Promise<number | undefined> {
    const { body } = await httpRequest(`${this.url}/api/v1/query?query=${encodeURIComponent(metric)}`);
    const { data } = JSON.parse(body.toString('utf8')) as {
      readonly data: { readonly result: readonly { readonly value: readonly [number, string] }[] };
    };
    const text = data.result[0]?.value[1];
    return text === undefined ? undefined : Number(text);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#process.stop();
    this.#dir.remove();
  }
}
