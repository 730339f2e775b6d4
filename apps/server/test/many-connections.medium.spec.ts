import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connection } from '@meshery/object-model';
import { createLogger, systemClock } from '@meshery/observability';
import { freePort, waitUntil } from '@meshery/testing';
import { ConnectionFollower } from '../src/connections/connection-follower.ts';
import { ConnectionLife } from '../src/connections/connection-life.ts';
import type { ConnectionDriver } from '../src/connections/kinds/connection-driver.ts';
import { everyConnection } from '../src/connections/every-connection.ts';
import { KeyedQueue } from '../src/connections/keyed-queue.ts';
import { firstOrganizationId } from '../src/provider/local/first-records.ts';
import type { NewConnection } from '../src/provider/connections-port.ts';
import { ConnectionDefinitions } from '../src/registry/connection-definitions/connection-definitions.ts';
import { Providers } from '../src/provider/providers.ts';
import { userContext } from './served-agent.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** More connections than any page holds: what looks at all of them looks at all of them. */

const count = 1005;
const logger = createLogger({ service: 'test', level: 'silent' });
const parts = { clock: systemClock, logger };

let folder: string;
let argv: readonly string[];
let server: TestServer;
let providers: Providers;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meshery-many-'));
  const kubeconfig = join(folder, 'config.yaml');
  await writeFile(kubeconfig, awayKubeconfig(await freePort()));
  argv = ['--kubeconfig', kubeconfig];
  server = await startTestServer({ folder });
  providers = server.service.app.get(Providers);
  const ctx = userContext();
  for (let index = 0; index < count; index += 1) {
    await providers.of(ctx).connections.create(ctx, draft(index), 'A test made it.');
  }
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

test('they are read page by page, each once, also while those that were read go', async () => {
  const all = providers.of(userContext()).connections;
  const [seen, held]: [string[], number[]] = [[], []];
  const pages: typeof all.page = async (...asked) => {
    const page = await all.page(...asked);
    held.push(page.items.length);
    return page;
  };
  const connections = { page: pages };
  for await (const { id } of everyConnection(userContext(), connections, { kind: ['kubernetes'] })) {
    seen.push(id);
    if (seen.length % 100 === 0) await all.remove(userContext(), id);
  }
  expect([seen.length, new Set(seen).size]).toEqual([count, count]);
  expect(Math.max(...held)).toBeLessThanOrEqual(200);
  for (let index = count; index < count + 10; index += 1) {
    await all.create(userContext(), draft(index), 'A test made it.');
  }
});

test('a start goes on with every one that was connected', async () => {
  const started: string[] = [];
  const driver: ConnectionDriver = {
    ...unused,
    start: ({ id }) => Promise.resolve(void started.push(id)),
    resume: () => Promise.resolve(),
  };
  const drivers = new Map([['kubernetes', driver]]);
  const definitions = server.service.app.get(ConnectionDefinitions);
  const needs = { ...parts, definitions, providers: withCredentials(), drivers };
  const life = new ConnectionLife({ ...needs, queue: new KeyedQueue() });
  await life.resume(AbortSignal.timeout(60_000));
  expect(new Set(started).size).toBe(count);
});

test('every one is followed that another server of the database changed', async () => {
  const followed = new Set<string>();
  const follow = (_ctx: unknown, { id }: Connection): Promise<void> => Promise.resolve(void followed.add(id));
  const store = { isShared: true, onCommit: () => () => undefined };
  const life = { follow } as unknown as ConnectionLife;
  const follower = new ConnectionFollower({ ...parts, providers, life, store });
  follower.onApplicationBootstrap();
  await waitUntil({ what: 'all to be followed', timeoutMs: 60_000 }, () => followed.size === count);
  await follower.beforeApplicationShutdown();
});

test('a server that is started without their contexts disconnects every one of them', async () => {
  await server.stop();
  server = await startTestServer({ folder, argv });
  providers = server.service.app.get(Providers);
  const ctx = userContext();
  const counted = async (): Promise<string> =>
    JSON.stringify(await providers.of(ctx).connections.statusSummary(ctx, firstOrganizationId));
  await waitUntil({ what: 'all but the one context to be left', timeoutMs: 60_000, explain: counted }, async () => {
    const counts = await providers.of(ctx).connections.statusSummary(ctx, firstOrganizationId);
    return counts['disconnected'] === count && counts['connected'] === 1;
  });
});

const refused = (): Promise<never> => Promise.reject(new Error('not asked for'));
const unused = { probe: refused, stop: refused, takeLeave: refused, forget: refused };

/** Contexts of the server's own are started by whoever reads its kubeconfig: here all look like uploaded ones. */
function withCredentials(): Providers {
  const uploaded = (connection: Connection): Connection => ({ ...connection, origin: 'user' });
  const of: Providers['of'] = (ctx) => {
    const provider = providers.of(ctx);
    const { connections } = provider;
    const page: typeof connections.page = async (...asked) => {
      const answer = await connections.page(...asked);
      return { ...answer, items: answer.items.map(uploaded) };
    };
    const get: typeof connections.get = async (...asked) => uploaded(await connections.get(...asked));
    return { ...provider, connections: { page, get } as unknown as typeof connections };
  };
  return { of } as Providers;
}

/** As an earlier start made it. */
function draft(index: number): NewConnection {
  const kind = { kind: 'kubernetes', type: 'platform', subType: 'orchestration', status: 'connected' } as const;
  const name = `earlier-${String(index)}`;
  const texts = { description: '', url: '', origin: 'start', organizationId: firstOrganizationId } as const;
  return { ...kind, ...texts, name, contextId: name, metadata: {}, styles: {} } as const;
}

function awayKubeconfig(port: number): string {
  return JSON.stringify({
    clusters: [{ name: 'away', cluster: { server: `http://127.0.0.1:${String(port)}` } }],
    users: [{ name: 'away', user: { token: 'none' } }],
    contexts: [{ name: 'away', context: { cluster: 'away', user: 'away' } }],
    'current-context': 'away',
  });
}
