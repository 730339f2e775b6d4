import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LogOutputs, RecentLines, createLogger } from '@meshery/observability';
import { startService } from '@meshery/service';
import type { RunningService } from '@meshery/service';
import type { InventoryStore, UserStore } from '@meshery/store';
import { readConfig } from '../src/config.ts';
import { localUser } from '../src/identity/local-user.ts';
import { prepareServer } from '../src/server-options.ts';
import type { PreparedServer } from '../src/server-options.ts';
import { INVENTORY_STORE, USER_STORE } from '../src/tokens.ts';

/** A server on a free port with its own folder, and a token for it. */
export interface TestServer {
  readonly service: RunningService;
  readonly prepared: PreparedServer;
  readonly store: InventoryStore;
  readonly userData: UserStore;
  readonly url: string;
  readonly token: string;
  readonly folder: string;
  /** Everything logged so far. */
  readonly lines: string[];
  /** GET with the token. */
  get(path: string, init?: RequestInit): Promise<Response>;
  stop(): Promise<void>;
}

/** How a test server differs from the usual one. */
export interface TestServerOptions {
  readonly argv?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly folder?: string;
  /** Takes the log lines; for servers that do not start. */
  readonly lines?: string[];
}

/** Starts a whole server: real Fastify, real SQLite store, real worker threads. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  if (options.folder !== undefined) return startIn(options.folder, options);
  const folder = await mkdtemp(join(tmpdir(), 'meshery-server-'));
  try {
    return await startIn(folder, options);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function startIn(folder: string, options: TestServerOptions): Promise<TestServer> {
  const lines = options.lines ?? [];
  const recent = new RecentLines(64 * 1024);
  const destination = new LogOutputs({ write: (line) => lines.push(line) }, recent);
  const logger = createLogger({ service: 'server', destination });
  const argv = [
    '--port',
    '0',
    '--grpc-port',
    '0',
    '--data-dir',
    folder,
    '--no-browser',
    ...(options.argv ?? ['--no-discovery']),
  ];
  const read = readConfig({ argv, env: { HOME: folder, ...options.env } });
  if (read.kind === 'help') throw new Error('no configuration');
  const prepared = await prepareServer(read.config, logger, recent);
  const service = await startService(prepared.options);
  const token = await prepared.security.authority.issue(localUser);
  const { url } = service;
  return {
    service,
    prepared,
    store: service.app.get<InventoryStore>(INVENTORY_STORE),
    userData: service.app.get<UserStore>(USER_STORE),
    url,
    token,
    folder,
    lines,
    get: (path, init = {}) =>
      fetch(`${url}${path}`, { ...init, headers: { authorization: `Bearer ${token}`, ...(init.headers as object) } }),
    stop: async () => {
      await service.stop();
      if (options.folder === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}
