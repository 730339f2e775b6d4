import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import { Agent, request } from 'node:https';
import type { KubeAccess } from '../kube/kube-admin.ts';
import { closeServer, portOf } from '../process/ports.ts';
import { type BodyFault, passBody } from './body-fault.ts';

/** A request to the API server as it passes by. */
export interface InterceptedRequest {
  readonly index: number;
  readonly method: string;
  /** Path without query, for example `/api/v1/pods`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly userAgent: string;
  /** `list` and `watch` are collection reads; `initial` is a watch that begins with all objects. */
  readonly verb: 'list' | 'watch' | 'initial' | 'get' | 'write';
  /** Bytes of the answer's body that were passed on so far. */
  bytes: number;
  /** Status that the client saw; 0 until there is one. */
  status: number;
}

/** What is done to a request instead of passing it unharmed. */
export type Interception =
  /** Answered by the proxy itself. */
  | {
      readonly type: 'answer';
      readonly status: number;
      readonly body: object;
      readonly headers?: Record<string, string>;
    }
  | BodyFault;

/** Decides for each request; undefined lets it pass. */
export type Interceptor = (request: InterceptedRequest) => Interception | undefined;

/**
 * A plain-HTTP proxy in front of an API server, for faults that TLS hides from a TCP proxy: answers, events and cuts
 * at a byte of the body. It shows the API server the administrator's token, whatever the client showed.
 */
export class ApiInterceptor {
  readonly port: number;
  /** Every request since the start, in order. */
  readonly requests: InterceptedRequest[] = [];
  /** Faults that really happened. */
  injected = 0;
  /** Passing unless set. */
  intercept: Interceptor = () => undefined;
  readonly #server: Server;
  readonly #access: KubeAccess;
  readonly #agent: Agent;

  private constructor(server: Server, access: KubeAccess) {
    this.#server = server;
    this.#access = access;
    this.#agent = new Agent({ keepAlive: true, ca: access.caPem });
    this.port = portOf(server);
    server.on('request', (incoming: IncomingMessage, outgoing: ServerResponse) => {
      this.#onRequest(incoming, outgoing);
    });
  }

  /** Starts to listen on loopback. */
  static async start(access: KubeAccess): Promise<ApiInterceptor> {
    const server = createServer();
    server.requestTimeout = 0;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', resolve);
    });
    return new ApiInterceptor(server, access);
  }

  get url(): string {
    return `http://127.0.0.1:${String(this.port)}`;
  }

  /** Requests of a path, oldest first. */
  requestsFor(path: string): InterceptedRequest[] {
    return this.requests.filter((request) => request.path === path);
  }

  /** Requests that read a whole collection, whichever way. */
  readsOf(path: string): InterceptedRequest[] {
    return this.requestsFor(path).filter(({ verb }) => verb === 'list' || verb === 'initial');
  }

  /** Breaks every open connection. */
  cutAll(): void {
    this.#server.closeAllConnections();
  }

  /** Cuts everything and stops to listen. */
  async close(): Promise<void> {
    const closed = closeServer(this.#server);
    this.cutAll();
    this.#agent.destroy();
    await closed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #onRequest(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const record = describe(incoming, this.requests.length);
    this.requests.push(record);
    const interception = this.intercept(record);
    if (interception?.type === 'answer') {
      this.injected += 1;
      record.status = interception.status;
      incoming.resume();
      outgoing.writeHead(interception.status, { 'content-type': 'application/json', ...interception.headers });
      outgoing.end(JSON.stringify(interception.body));
      return;
    }
    this.#forward(incoming, outgoing, { record, fault: interception });
  }

  #forward(
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    { record, fault }: { readonly record: InterceptedRequest; readonly fault: BodyFault | undefined },
  ): void {
    const headers = { ...incoming.headers, authorization: `Bearer ${this.#access.adminToken}` };
    delete headers.host;
    // Bodies pass as they are: a fault at byte n must hit byte n of the text.
    delete headers['accept-encoding'];
    const url = `${this.#access.url}${incoming.url ?? '/'}`;
    const upstream = request(url, { method: record.method, headers, agent: this.#agent }, (answer) => {
      record.status = answer.statusCode ?? 0;
      outgoing.writeHead(record.status, answer.headers);
      const onFault = (): void => {
        this.injected += 1;
      };
      passBody({ answer, outgoing, record, fault, onFault });
    });
    upstream.on('error', () => outgoing.destroy());
    outgoing.on('close', () => upstream.destroy());
    incoming.pipe(upstream);
  }
}

function describe(incoming: IncomingMessage, index: number): InterceptedRequest {
  const url = new URL(incoming.url ?? '/', 'http://proxy');
  const method = incoming.method ?? 'GET';
  const userAgent = incoming.headers['user-agent'] ?? '';
  const verb = verbOf(method, url);
  return { index, method, path: url.pathname, query: url.searchParams, userAgent, verb, bytes: 0, status: 0 };
}

function verbOf(method: string, url: URL): InterceptedRequest['verb'] {
  if (method !== 'GET') return 'write';
  if (['1', 'true'].includes(url.searchParams.get('watch') ?? '')) {
    return url.searchParams.get('sendInitialEvents') === 'true' ? 'initial' : 'watch';
  }
  return isCollection(url.pathname) ? 'list' : 'get';
}

/** `/api/v1/pods`, `/apis/g/v/things` and the same below a namespace; not a discovery document, not one object. */
function isCollection(path: string): boolean {
  const parts = path.split('/').filter((part) => part !== '');
  const rest = parts[0] === 'api' ? parts.slice(2) : parts[0] === 'apis' ? parts.slice(3) : [];
  return rest.length === 1 || (rest.length === 3 && rest[0] === 'namespaces');
}
