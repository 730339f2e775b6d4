import type { ResourcePage } from '@meshery/contracts';
import { toMesheryError } from '@meshery/errors';
import { PostgresServer, waitUntil } from '@meshery/testing';
import { readConfig } from '../src/config.ts';
import { Feed } from './feed.ts';
import { startTestServer } from './server-harness.ts';

const resources = `/api/system/meshsync/resources?clusterIds=${encodeURIComponent('["all"]')}`;

test('with --database-url the inventory is kept in PostgreSQL and answered over a restart', async () => {
  await using database = await PostgresServer.start();
  const argv = ['--no-discovery', '--database-url', database.url];
  const first = await startTestServer({ argv });
  const feed = new Feed(first.store, 'kept');
  await feed.open();
  await feed.upsert({ name: 'web-1' }, { name: 'web-2', spec: '{"n":9007199254740993}' });
  await first.stop();

  // A folder of its own: what is answered now can only come from the database.
  const second = await startTestServer({ argv });
  try {
    const page = (await (await second.get(`${resources}&spec=true`)).json()) as ResourcePage;
    expect(page.resources.map((row) => row.metadata.name)).toEqual(['web-1', 'web-2']);
    expect(page.resources[1]?.spec?.attribute).toContain('9007199254740993');
    expect((await second.get('/healthz/ready')).status).toBe(200);
  } finally {
    await second.stop();
  }
});

test('a database that stops is a coded 503, and all is well when it is back', async () => {
  await using database = await PostgresServer.start();
  const server = await startTestServer({ argv: ['--no-discovery', '--database-url', database.url] });
  try {
    const feed = new Feed(server.store, 'stopped');
    await feed.open();
    await feed.upsert({ name: 'web-1' });
    await database.down();
    const refused = await server.get(resources);
    expect([refused.status, await refused.json()]).toEqual([
      503,
      expect.objectContaining({ code: 'meshery-store-1605', suggestedRemediation: [expect.any(String)] }),
    ]);
    expect((await server.get('/api/system/version')).status).toBe(200);
    await database.up();
    await waitUntil({ what: 'the row again', timeoutMs: 60_000 }, async () => (await server.get(resources)).ok);
    await feed.upsert({ name: 'web-2' });
    const page = (await (await server.get(resources)).json()) as ResourcePage;
    expect(page.resources.map((row) => row.metadata.name)).toEqual(['web-1', 'web-2']);
    expect((await server.get('/healthz/ready')).status).toBe(200);
  } finally {
    await server.stop();
  }
});

test('a database that does not answer is a coded error that does not tell the password', async () => {
  // A port that no test is given, so that nobody else answers there.
  const url = 'postgres://someone:hush-hush@127.0.0.1:1/inventory';
  const lines: string[] = [];
  const failed = await startTestServer({ argv: ['--no-discovery', '--database-url', url], lines }).then(
    () => undefined,
    (error: unknown) => toMesheryError(error),
  );
  expect(failed).toMatchObject({
    ...{ code: 'meshery-store-1605', message: 'The database is unreachable.' },
    mapping: { exit: 69 },
  });
  expect(failed?.remedy).toContain('--database-url');
  expect(JSON.stringify([failed?.message, failed?.probableCause, String(failed?.cause), lines])).not.toContain('hush');
});

test('a database URL that cannot be read is refused without repeating it', () => {
  const argv = ['--database-url', 'postgres://someone:hush-hush@host:99999/inventory'];
  const read = (): unknown => readConfig({ argv, env: { HOME: '/tmp' } });
  expect(read).toThrow(expect.objectContaining({ code: 'meshery-config-1100' }) as Error);
  expect(read).toThrow('--database-url');
  expect(read).not.toThrow('hush');
});
