import { Agent } from 'node:http';
import type { ClusterList, ResourcePage, ResourceRow } from '@meshery/contracts';
import type { ObjectState } from '../oracle/object-key.ts';
import { type HttpAnswer, type HttpRequest, httpRequest } from './http.ts';

/** Rows per page when everything is read. */
const PAGE_SIZE = 1000;

/** A small REST client of the server's inventory, for tests and the oracle. Close it when done. */
export class InventoryClient {
  readonly url: string;
  readonly #token: string;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 8 });

  constructor(url: string, token: string) {
    this.url = url;
    this.#token = token;
  }

  /** The header that shows who asks. */
  get headers(): Readonly<Record<string, string>> {
    return { authorization: `Bearer ${this.#token}` };
  }

  /** Sends a request with the token; rejects only when there is no whole answer. */
  send(path: string, options: HttpRequest = {}): Promise<HttpAnswer> {
    const headers = { ...this.headers, ...options.headers };
    return httpRequest(`${this.url}${path}`, { ...options, agent: this.#agent, headers });
  }

  /** Reads JSON; rejects when the status is not 200. */
  async json<T>(path: string): Promise<T> {
    const answer = await this.send(path);
    if (answer.status === 200) return JSON.parse(answer.body.toString('utf8')) as T;
    throw new Error(`GET ${path} was answered ${String(answer.status)}: ${answer.body.toString('utf8').slice(0, 400)}`);
  }

  /** Every cluster with the state of its kinds. */
  clusters(): Promise<ClusterList> {
    return this.json('/api/system/clusters');
  }

  /** One page; `query` is a query string without `clusterIds`. */
  page(clusterId: string, query: string): Promise<ResourcePage> {
    const clusters = encodeURIComponent(JSON.stringify([clusterId]));
    return this.json(`/api/system/meshsync/resources?clusterIds=${clusters}&${query}`);
  }

  /** The number of rows of a cluster. */
  async count(clusterId: string): Promise<number> {
    return (await this.page(clusterId, 'pagesize=1')).totalCount;
  }

  /** Every row of a cluster, page by page. */
  async *rows(clusterId: string): AsyncGenerator<ResourceRow> {
    let after = '';
    do {
      const page = await this.page(clusterId, `pagesize=${String(PAGE_SIZE)}${after}`);
      yield* page.resources;
      after = page.next === undefined ? '' : `&after=${encodeURIComponent(page.next)}`;
    } while (after !== '');
  }

  /** The state of every object of a cluster. */
  async states(clusterId: string): Promise<ObjectState[]> {
    const states: ObjectState[] = [];
    for await (const { apiVersion, kind, metadata } of this.rows(clusterId)) {
      const { name, namespace = '', uid, resourceVersion } = metadata;
      states.push({ apiVersion, kind, namespace, name, uid, resourceVersion });
    }
    return states;
  }

  /** Gives the connections back. */
  close(): void {
    this.#agent.destroy();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}
