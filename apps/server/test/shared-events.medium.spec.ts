import { PostgresServer, subscribe, waitUntil } from '@meshery/testing';
import { EVENT_BROKER } from '../src/tokens.ts';
import type { Broker } from '@meshery/messaging';
import { Caller } from './caller.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** Two servers on one PostgreSQL: one log of events for both. */

let postgres: PostgresServer;
let servers: readonly TestServer[];
beforeAll(async () => {
  postgres = await PostgresServer.start();
  const argv = ['--no-discovery', '--database-url', await postgres.createDatabase()];
  servers = [await startTestServer({ argv }), await startTestServer({ argv })];
});
afterAll(async () => {
  for (const server of servers) await server.stop();
  await postgres.stop();
});

test('an event is heard at either server in one order, and published by one of them', async () => {
  const published: string[] = [];
  const stop = new AbortController();
  const heard = servers.map(() => [] as string[]);
  const streams = [];
  for (const [index, server] of servers.entries()) {
    const { headers } = Caller.owner(server);
    streams.push(
      await subscribe(`${server.url}/api/system/events/subscribe`, headers, ({ data }) => {
        heard[index]?.push((JSON.parse(data) as { id: string }).id);
      }),
    );
    const broker = server.service.app.get<Broker>(EVENT_BROKER, { strict: false });
    const onMessage = ({ data }: { readonly data: Uint8Array }): void => {
      published.push((JSON.parse(Buffer.from(data).toString()) as { id: string }).id);
    };
    broker.subscribe('meshery.events.>', onMessage, { signal: stop.signal });
  }
  const posts = Array.from({ length: 20 }, (_none, index) => {
    const owner = Caller.owner(servers[index % 2] as TestServer);
    const { organizationId } = owner;
    return owner.post('/api/system/events', { category: 'shared', action: 'view', organizationId });
  });
  expect((await Promise.all(posts)).map(({ status }) => status)).toEqual(posts.map(() => 201));
  await waitUntil({ what: 'all events', timeoutMs: 60_000 }, () =>
    [...heard, published].every((ids) => ids.length >= 20),
  );
  expect(heard[1]).toEqual(heard[0]);
  expect(published).toEqual(heard[0]);
  stop.abort();
  for (const stream of streams) stream.close();
});
