import { Agent, type RequestOptions, request } from 'node:https';
import type { IncomingMessage } from 'node:http';

/** What is needed to speak to an API server as its administrator. */
export interface KubeAccess {
  readonly url: string;
  readonly caPem: string;
  readonly adminToken: string;
}

/** One request. */
export interface KubeRequest {
  readonly method?: string;
  /** Path with query. */
  readonly path: string;
  /** JSON text or an object that becomes one. */
  readonly body?: string | Buffer | object;
  readonly contentType?: string;
  readonly timeoutMs?: number;
}

/** An answer, whatever its status. */
export interface KubeAnswer {
  readonly status: number;
  readonly body: Buffer;
}

/** The part of an object that every test looks at. */
export interface KubeObject {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid: string;
    readonly resourceVersion: string;
  };
}

/**
 * A bare keep-alive client of an API server for tests' own writes. It shares nothing with the code under test.
 * Close it when done.
 */
export class KubeAdmin {
  readonly #access: KubeAccess;
  readonly #agent: Agent;

  constructor(access: KubeAccess, connections = 40) {
    this.#access = access;
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections, ca: access.caPem });
  }

  /** Sends a request; rejects only when there is no whole answer. */
  send(spec: KubeRequest): Promise<KubeAnswer> {
    const { promise, resolve, reject } = Promise.withResolvers<KubeAnswer>();
    const body = bodyOf(spec.body);
    const outgoing = request(`${this.#access.url}${spec.path}`, this.#options(spec, body), (incoming) => {
      collect(incoming).then((bytes) => {
        resolve({ status: incoming.statusCode ?? 0, body: bytes });
      }, reject);
    });
    outgoing.setTimeout(spec.timeoutMs ?? 30_000, () => outgoing.destroy(new Error(`${spec.path}: no answer in time`)));
    outgoing.on('error', reject);
    outgoing.end(body);
    return promise;
  }

  /** Sends a request and gives the parsed answer; rejects when the status is not 2xx. */
  async json<T = KubeObject>(spec: KubeRequest): Promise<T> {
    const answer = await this.send(spec);
    if (answer.status < 200 || answer.status > 299) {
      const said = answer.body.toString('utf8').slice(0, 400);
      throw new Error(`${spec.method ?? 'GET'} ${spec.path} was answered ${String(answer.status)}: ${said}`);
    }
    return JSON.parse(answer.body.toString('utf8')) as T;
  }

  /** Creates an object in a collection, for example `/api/v1/namespaces/default/configmaps`. */
  create(collection: string, object: object | string): Promise<KubeObject> {
    return this.json({ method: 'POST', path: collection, body: object });
  }

  /** Merges a change into an object. */
  patch(path: string, change: object): Promise<KubeObject> {
    return this.json({ method: 'PATCH', path, body: change, contentType: 'application/merge-patch+json' });
  }

  /** Deletes an object at once; false when there was none. */
  async delete(path: string): Promise<boolean> {
    const answer = await this.send({ method: 'DELETE', path: `${path}?gracePeriodSeconds=0` });
    if (answer.status === 404) return false;
    if (answer.status > 299) throw new Error(`DELETE ${path} was answered ${String(answer.status)}`);
    return true;
  }

  /** Gives the connections back. */
  close(): void {
    this.#agent.destroy();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #options(spec: KubeRequest, body: Buffer | string | undefined): RequestOptions {
    const headers: Record<string, string | number> = {
      authorization: `Bearer ${this.#access.adminToken}`,
      accept: 'application/json',
      'user-agent': 'meshery-testing',
    };
    if (body !== undefined) {
      headers['content-type'] = spec.contentType ?? 'application/json';
      headers['content-length'] = Buffer.byteLength(body);
    }
    return { method: spec.method ?? 'GET', agent: this.#agent, headers };
  }
}

function bodyOf(body: KubeRequest['body']): string | Buffer | undefined {
  if (body === undefined || typeof body === 'string' || Buffer.isBuffer(body)) return body;
  return JSON.stringify(body);
}

async function collect(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
