import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ClusterStatus, ErrorBody } from '@meshery/contracts';
import { fixtureClusterId, type FixtureInventory } from './fixture-inventory.ts';
import { staticFile } from './static-files.ts';

export interface FixtureServerOptions {
  /** Folder of the exported dashboard. */
  readonly root: string;
  readonly inventory: FixtureInventory;
  readonly kinds?: ClusterStatus['kinds'];
}

/** Stands in for the server: the same routes, served from memory, with switches for what a test wants to go wrong. */
export class FixtureServer {
  readonly #options: FixtureServerOptions;
  readonly #server: Server;
  readonly #streams = new Set<ServerResponse>();
  /** Answers 401 to every API call. */
  signedOut = false;
  /** Answers the list with a coded error. */
  listFails = false;
  /** Answers signing out with a coded error. */
  signOutFails = false;
  clusterState: ClusterStatus['state'] = 'in-sync';

  private constructor(options: FixtureServerOptions) {
    this.#options = options;
    this.#server = createServer((request, response) => {
      this.#handle(request, response).catch((reason: unknown) => response.destroy(reason as Error));
    });
  }

  static async start(options: FixtureServerOptions): Promise<FixtureServer> {
    const server = new FixtureServer(options);
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`;
  }

  /** Breaks every open change stream. */
  cutStreams(): void {
    for (const stream of this.#streams) stream.destroy();
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://fixture');
    if (url.pathname.startsWith('/api/')) {
      this.#api(url, request, response);
      return;
    }
    const file = await staticFile(this.#options.root, url.pathname);
    response.writeHead(file === undefined ? 404 : 200, file?.headers ?? {}).end(file?.body ?? 'not found');
  }

  #api(url: URL, request: IncomingMessage, response: ServerResponse): void {
    const { inventory } = this.#options;
    const base = '/api/system/meshsync/resources';
    if (this.signedOut) sendError(response, 401, 'meshery-auth-1200', 'Sign in first');
    else if (url.pathname === '/api/user') sendJson(response, { name: 'Meshery', provider: 'Local' });
    else if (url.pathname === '/api/user/logout') this.#signOut(response);
    else if (url.pathname === '/api/system/clusters') sendJson(response, { clusters: [this.#cluster()] });
    else if (url.pathname === `${base}/subscribe`) this.#stream(url, request, response);
    else if (url.pathname === `${base}/summary`) sendJson(response, inventory.summary());
    else if (url.pathname === base && this.listFails)
      sendError(response, 503, 'meshery-store-1601', 'Store unavailable');
    else if (url.pathname === base) sendJson(response, inventory.page(url.searchParams));
    else this.#object(decodeURIComponent(url.pathname.slice(base.length + 1)), response);
  }

  #signOut(response: ServerResponse): void {
    this.signedOut = !this.signOutFails;
    if (this.signedOut) sendJson(response, {});
    else sendError(response, 503, 'meshery-store-1601', 'The session could not be ended');
  }

  #object(uid: string, response: ServerResponse): void {
    const text = this.#options.inventory.text(uid);
    if (text === undefined) sendError(response, 404, 'meshery-inventory-1700', 'No such object');
    else response.writeHead(200, { 'content-type': 'application/json' }).end(text);
  }

  #stream(url: URL, request: IncomingMessage, response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(': open\n\n');
    const last = request.headers['last-event-id'] ?? url.searchParams.get('since') ?? undefined;
    const stop = this.#options.inventory.subscribe(last === undefined ? undefined : Number(last), (event) => {
      response.write(`id: ${String(event.seq)}\nevent: ${event.event}\ndata: ${JSON.stringify(event.data)}\n\n`);
    });
    this.#streams.add(response);
    response.on('close', () => {
      this.#streams.delete(response);
      stop();
    });
  }

  #cluster(): ClusterStatus {
    const now = new Date().toISOString();
    return {
      id: fixtureClusterId,
      name: 'playground',
      apiServerUrl: 'https://127.0.0.1:6443',
      source: 'embedded',
      state: this.clusterState,
      reason: '',
      message: this.clusterState === 'in-sync' ? '' : 'The API server does not answer.',
      firstSeen: now,
      lastSeen: now,
      objectCount: this.#options.inventory.size,
      kinds: this.#options.kinds ?? [],
    };
  }
}

function sendJson(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function sendError(response: ServerResponse, status: number, code: string, error: string): void {
  const body: ErrorBody = {
    error,
    code,
    severity: 'error',
    probableCause: ['A switch of the test.'],
    suggestedRemediation: ['Turn the switch back.'],
    longDescription: [],
    requestId: 'r-1',
  };
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
