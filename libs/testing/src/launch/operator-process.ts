import { request } from 'node:https';
import { freePorts } from '../process/ports.ts';
import { ServiceProcess } from './service-process.ts';

/** How an operator is set up. */
export interface OperatorProcessOptions {
  readonly kubeconfig: string;
  /** Unique among the operators of one cluster; made up unless told. */
  readonly identity?: string;
  /** Namespace of the Lease by which one of several leads; without it there is only one. */
  readonly leaseNamespace?: string;
  /** Silence after which a watch is opened anew, in ms; its default unless told. */
  readonly watchStallMs?: number;
  /** Bearer token of somebody who may get /metrics. */
  readonly metricsToken: string;
}

const CALL_TIMEOUT_MS = 5_000;

/** The built operator as a process on this machine, not started yet. Stop it when done. */
export class OperatorProcess {
  readonly service: ServiceProcess;
  readonly #metricsPort: number;
  readonly #token: string;

  private constructor(service: ServiceProcess, metricsPort: number, token: string) {
    this.service = service;
    this.#metricsPort = metricsPort;
    this.#token = token;
  }

  static async create(options: OperatorProcessOptions): Promise<OperatorProcess> {
    const [healthPort = 0, metricsPort = 0] = await freePorts(2);
    const url = `http://127.0.0.1:${String(healthPort)}`;
    const { kubeconfig, identity, leaseNamespace, watchStallMs } = options;
    const service = new ServiceProcess({
      name: 'operator',
      args: [
        `--health-probe-bind-address=127.0.0.1:${String(healthPort)}`,
        `--metrics-addr=127.0.0.1:${String(metricsPort)}`,
        ...(leaseNamespace === undefined ? [] : ['--enable-leader-election', `--namespace=${leaseNamespace}`]),
      ],
      // NODE_ENV as in its image.
      env: {
        KUBECONFIG: kubeconfig,
        POD_NAME: identity,
        NODE_ENV: 'production',
        MESHERY_WATCH_STALL_MS: watchStallMs?.toString(),
      },
      liveUrl: `${url}/healthz`,
      readyUrl: `${url}/readyz`,
    });
    return new OperatorProcess(service, metricsPort, options.metricsToken);
  }

  /** Starts one and waits until it is ready. */
  static async start(options: OperatorProcessOptions): Promise<OperatorProcess> {
    const operator = await OperatorProcess.create(options);
    try {
      await operator.service.up();
      await operator.service.ready();
      return operator;
    } catch (error) {
      await operator.stop();
      throw error;
    }
  }

  /** Sum of the series of a metric whose labels contain these texts. */
  async metric(name: string, ...labels: readonly string[]): Promise<number> {
    const lines = (await this.#metrics()).split('\n').filter((line) => /^[a-z_]+/.exec(line)?.[0] === name);
    const wanted = lines.filter((line) => labels.every((label) => line.includes(label)));
    return wanted.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
  }

  /** Ends it and removes its folder. */
  stop(): Promise<void> {
    return this.service.stop();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  #metrics(): Promise<string> {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    const options = {
      // Its certificate is made anew with each start.
      rejectUnauthorized: false,
      headers: { authorization: `Bearer ${this.#token}` },
      agent: false as const,
      timeout: CALL_TIMEOUT_MS,
    };
    const outgoing = request(`https://127.0.0.1:${String(this.#metricsPort)}/metrics`, options, (incoming) => {
      incoming.toArray().then((chunks: Buffer[]) => {
        const text = Buffer.concat(chunks).toString('utf8');
        if (incoming.statusCode === 200) resolve(text);
        else reject(new Error(`metrics were answered ${String(incoming.statusCode)}`));
      }, reject);
    });
    outgoing.on('timeout', () => outgoing.destroy(new Error('metrics were not answered in time')));
    outgoing.on('error', reject);
    outgoing.end();
    return promise;
  }
}
