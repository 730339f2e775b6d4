import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { networkOf } from './addresses.ts';
import { pkiPath } from './pki.ts';
import type { Cluster } from './state.ts';

/** What the API server answered. */
interface ApiAnswer {
  readonly status: number;
  readonly text: string;
}

/** One request to the API server. */
interface ApiRequest {
  readonly method?: string;
  readonly path: string;
  readonly body?: unknown;
  readonly contentType?: string;
  readonly timeoutMs?: number;
}

/** The address of a cluster's API server: loopback, or the nodes' bridge when there are nodes to reach it from. */
export function serverAddress(cluster: Cluster): string {
  return cluster.record.nodes === 0 ? '127.0.0.1' : networkOf(cluster.record.slot).hostAddress;
}

/** The URL of a cluster's API server. */
export function serverUrl(cluster: Cluster): string {
  return `https://${serverAddress(cluster)}:${String(cluster.record.ports.apiServer)}`;
}

/** A small client with the rights of the administrator. */
export class ApiClient {
  readonly #cluster: Cluster;
  readonly #agent: Agent;

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
    this.#agent = new Agent({ keepAlive: true, ca: readFileSync(pkiPath(cluster.dir, 'ca.crt')) });
  }

  /** Sends a request; rejects only when there is no answer. */
  send(spec: ApiRequest): Promise<ApiAnswer> {
    const headers: Record<string, string> = {
      authorization: `Bearer ${this.#cluster.record.adminToken}`,
      accept: 'application/json',
    };
    if (spec.body !== undefined) headers['content-type'] = spec.contentType ?? 'application/json';
    return new Promise((resolve, reject) => {
      const url = `${serverUrl(this.#cluster)}${spec.path}`;
      const outgoing = request(url, { method: spec.method ?? 'GET', headers, agent: this.#agent }, (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () => {
          resolve({ status: incoming.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') });
        });
      });
      outgoing.setTimeout(spec.timeoutMs ?? 10_000, () =>
        outgoing.destroy(new Error(`${spec.path} was not answered in time`)),
      );
      outgoing.on('error', reject);
      outgoing.end(spec.body === undefined ? undefined : JSON.stringify(spec.body));
    });
  }

  /** Sends a request and parses the answer; rejects when the status is not 2xx. */
  async json(spec: ApiRequest): Promise<unknown> {
    const answer = await this.send(spec);
    if (answer.status >= 200 && answer.status < 300) return JSON.parse(answer.text) as unknown;
    throw new Error(
      `${spec.method ?? 'GET'} ${spec.path} was answered ${String(answer.status)}: ${answer.text.slice(0, 500)}`,
    );
  }

  /** Makes an object, or brings it to this form, by server-side apply; `path` is the object's own. */
  async apply(path: string, object: unknown): Promise<void> {
    const query = '?fieldManager=meshery-cluster&force=true';
    await this.json({
      method: 'PATCH',
      path: `${path}${query}`,
      body: object,
      contentType: 'application/apply-patch+yaml',
    });
  }

  /** Gives the connections back. */
  close(): void {
    this.#agent.destroy();
  }
}

/** Lends a client to `work`. */
export async function withApi<T>(cluster: Cluster, work: (api: ApiClient) => Promise<T>): Promise<T> {
  const api = new ApiClient(cluster);
  try {
    return await work(api);
  } finally {
    api.close();
  }
}
