import { mkdirSync, openSync, closeSync, writeFileSync, writeSync } from 'node:fs';
import { type Server, createServer } from 'node:net';
import { join } from 'node:path';
import type { ClusterStatus } from '@meshery/contracts';
import { createLogger } from '@meshery/observability';
import { openUserStore } from '@meshery/store';
import {
  type ControlPlane,
  type MemoryDisk,
  MesheryServer,
  OperatorStack,
  PostgresServer,
  type ServerLaunchOptions,
  type TempDir,
  buildBundles,
  closeServer,
  freePort,
  makeTempDir,
  mountMemoryDisk,
  startControlPlane,
  waitUntil,
} from '@meshery/testing';
import Database from 'better-sqlite3';
import { badContexts, goodContext, writeContexts } from '../support/bad-kubeconfigs.ts';
import { type FailedStart, failToStart, hashesOf } from '../support/failing-server.ts';

let plane: ControlPlane;
let dir: TempDir;
let files = 0;

beforeAll(async () => {
  dir = makeTempDir('bad-input');
  [plane] = await Promise.all([startControlPlane(), buildBundles(['server', 'meshsync', 'broker-bridge'])]);
}, 600_000);

afterAll(async () => {
  await plane.stop();
  dir.remove();
});

/** A path of its own for a file or a folder. */
function freshPath(name: string): string {
  files += 1;
  return join(dir.path, `${String(files)}-${name}`);
}

/** Runs a server until its cluster is in sync; its data stay in the folder. */
async function fillFolder(dataDir: string): Promise<void> {
  await using server = await MesheryServer.start({ dataDir, kubeconfig: plane.kubeconfigPath });
  await rowsInSync(server);
}

/** What a server on this folder, without any cluster, answers of what was stored. */
async function rowsIn(dataDir: string): Promise<number> {
  await using server = await MesheryServer.start({ dataDir });
  const { clusters } = await server.client.clusters();
  return await server.client.count(clusters[0]?.id ?? '');
}

async function rowsInSync(server: MesheryServer): Promise<number> {
  const { id, objectCount } = await clusterThat(server, 'in sync', ({ state }) => state === 'in-sync');
  expect(objectCount).toBeGreaterThan(50);
  return await server.client.count(id);
}

/** Waits for a cluster of the list. */
async function clusterThat(
  server: MesheryServer,
  what: string,
  fits: (cluster: ClusterStatus) => boolean,
): Promise<ClusterStatus> {
  return await waitUntil(
    {
      what: `a cluster that is ${what}`,
      timeoutMs: 60_000,
      explain: async () => {
        const { clusters } = await server.client.clusters();
        const list = clusters.map(({ name, state, reason, message }) => `${name} ${state} ${reason} ${message}`);
        return `${list.join('\n')}\n${server.process.logTail()}`;
      },
    },
    async () => (await server.client.clusters()).clusters.find(fits),
  );
}

/** Code, cause and remedy are words on the terminal and a record in the log, and the exit status is that of the code. */
function expectCoded({ exitCode, words, log }: FailedStart, code: string, status: number, remedy: RegExp): void {
  expect({ exitCode, words }).toEqual({ exitCode: status, words: expect.stringContaining(`${code}: `) as string });
  expect(words).toMatch(/^ {2}remedy: /m);
  expect(/^ {2}remedy: (.*)$/m.exec(words)?.[1]).toMatch(remedy);
  expect(log).toContain(`"code":"${code}"`);
  expect(words).not.toMatch(/^\s+at /m);
}

describe('a data folder that cannot be used', () => {
  let disk: MemoryDisk;
  let dataDir: string;

  beforeEach(async () => {
    disk = await mountMemoryDisk(64);
    dataDir = join(disk.path, 'data');
    mkdirSync(dataDir);
  });

  afterEach(() => disk.unmount());

  test.each<[string, boolean]>([
    ['new', false],
    ['filled', true],
  ])('read-only, %s: refused, nothing touched, good again later', async (_, isFilled) => {
    if (isFilled) await fillFolder(dataDir);
    const rows = isFilled ? await rowsIn(dataDir) : undefined;
    const before = hashesOf(dataDir);
    await disk.makeReadOnly();
    expectCoded(await failToStart({ dataDir }), 'meshery-config-1102', 78, /--data-dir/);
    expect(hashesOf(dataDir)).toEqual(before);
    await disk.makeWritable();
    if (rows !== undefined) expect(await rowsIn(dataDir)).toBe(rows);
  });

  test('full and new: refused with a remedy', async () => {
    disk.fill();
    const failed = await failToStart({ dataDir });
    expectCoded(failed, 'meshery-config-1102', 78, /Free space|--data-dir/);
  });

  test('full and filled: refused, nothing lost, good again when there is space', async () => {
    await fillFolder(dataDir);
    const rows = await rowsIn(dataDir);
    const before = hashesOf(dataDir);
    disk.fill();
    expectCoded(await failToStart({ dataDir }), 'meshery-store-1600', 74, /Free space/);
    disk.empty();
    expect(hashesOf(dataDir)).toMatchObject(before);
    expect(await rowsIn(dataDir)).toBe(rows);
  });

  test('from a newer version, the inventory: refused, nothing touched', async () => {
    await fillFolder(dataDir);
    setSchemaVersion(join(dataDir, 'inventory.db'), 9999);
    const before = hashesOf(dataDir);
    expectCoded(await failToStart({ dataDir }), 'meshery-store-1601', 78, /newer version.*--data-dir/);
    expect(hashesOf(dataDir)).toMatchObject(before);
  });

  test('from a newer version, what users made: refused, nothing touched', async () => {
    const file = join(dataDir, 'meshery.db');
    await (await openUserStore({ dataDir, logger: createLogger({ service: 'test', level: 'fatal' }) })).close();
    const db = new Database(file);
    db.prepare("INSERT INTO schema_migrations (timestamp, name) VALUES (9999999999999, 'Newer9999999999999')").run();
    db.close();
    const before = hashesOf(dataDir);
    expectCoded(await failToStart({ dataDir }), 'meshery-store-1601', 78, /newer version.*--data-dir/);
    expect(hashesOf(dataDir)).toMatchObject(before);
  });
});

test('a data folder that another server uses: refused, the other one keeps running', async () => {
  await using first = await MesheryServer.start();
  const { dataDir } = first;
  expectCoded(await failToStart({ dataDir }), 'meshery-store-1604', 78, /Stop the other server.*--data-dir/);
  await expectRestAnswers(first);
});

/** Writes the schema version into the header of a closed SQLite file, as a newer server would have. */
function setSchemaVersion(file: string, version: number): void {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(version);
  const descriptor = openSync(file, 'r+');
  writeSync(descriptor, bytes, 0, bytes.length, 60);
  closeSync(descriptor);
}

describe('a port in use', () => {
  test.each<['port' | 'grpcPort', RegExp]>([
    ['port', /ss -ltnp.* --port/],
    ['grpcPort', /ss -ltnp.* --grpc-port/],
  ])('%s: refused with the command that finds who has it', async (which, remedy) => {
    let other: Server | undefined;
    const failed = await failToStart({}, async (server) => {
      other = createServer();
      const { promise, resolve } = Promise.withResolvers<undefined>();
      other.listen(server[which], '127.0.0.1', () => {
        resolve(undefined);
      });
      await promise;
    });
    if (other !== undefined) await closeServer(other);
    expectCoded(failed, 'meshery-config-1101', 78, remedy);
    expect(failed.words.trim().split('\n')).toHaveLength(3);
  });
});

describe('a database that cannot be used, and one that can', () => {
  test('unreachable: refused without the password', async () => {
    const databaseUrl = `postgres://someone:hush-hush@127.0.0.1:${String(await freePort())}/inventory`;
    const failed = await failToStart({ databaseUrl });
    expectCoded(failed, 'meshery-store-1605', 69, /--database-url/);
    expect(failed.log).not.toContain('hush');
  });

  test('working: keeps what is discovered', async () => {
    await using database = await PostgresServer.start();
    const launch = { databaseUrl: database.url, kubeconfig: plane.kubeconfigPath };
    await using server = await MesheryServer.start(launch);
    const rows = await rowsInSync(server);
    expect(rows).toBeGreaterThan(50);
  });
});

describe('kubeconfigs that cannot be used', () => {
  test.each<[string, string | undefined, string, RegExp]>([
    ['missing', undefined, 'meshery-kube-1300', /--kubeconfig FILE/],
    ['garbage', '\u0000\u0001: [{ not a kubeconfig', 'meshery-kube-1301', /kubectl config view/],
    ['of another kind', 'apiVersion: v1\nkind: Pod\nclusters: 7\n', 'meshery-kube-1301', /kubectl config view/],
  ])('%s: the server runs, says so, and takes the repaired file', async (_, text, code, remedy) => {
    const kubeconfig = freshPath('kubeconfig');
    if (text !== undefined) writeFileSync(kubeconfig, text);
    await using server = await MesheryServer.start({ kubeconfig });
    const cluster = await clusterThat(server, `of reason ${code}`, ({ reason }) => reason === code);
    expect(cluster).toMatchObject({ id: '', state: 'unreachable' });
    expect(cluster.message).toMatch(remedy);
    await expectRestAnswers(server);
    writeContexts(kubeconfig, { good: goodContext(plane) });
    await rowsInSync(server);
    const { clusters } = await server.client.clusters();
    expect(clusters).toHaveLength(1);
  });

  test('an unknown context: the known ones are named, the other context is discovered', async () => {
    const kubeconfig = writeContexts(freshPath('kubeconfig'), {
      good: goodContext(plane),
      spare: goodContext(plane),
    });
    await using server = await MesheryServer.start({ kubeconfig, args: ['--context', 'misspelt,good'] });
    const misspelt = ({ name, state }: ClusterStatus): boolean => name === 'misspelt' && state !== 'syncing';
    const cluster = await clusterThat(server, 'misspelt', misspelt);
    expect(cluster).toMatchObject({ state: 'unreachable', reason: 'meshery-kube-1302' });
    expect(cluster.message).toContain('known are: good, spare');
    await rowsInSync(server);
  });

  test('clusters that cannot be read beside one that can', async () => {
    const contexts = { good: goodContext(plane), ...badContexts(plane, await freePort()) };
    const kubeconfig = writeContexts(freshPath('kubeconfig'), contexts);
    await using server = await MesheryServer.start({ kubeconfig, args: ['--context', 'all'] });
    const expected: [string, string, RegExp][] = [
      ['unreachable', 'ApiServerUnreachable', /cannot be reached.*kubectl cluster-info/],
      ['wrong-ca', 'ApiServerNotTrusted', /not trusted.*certificate-authority-data/],
      ['expired-certificate', 'meshery-kube-1304', /expired at \d{4}-.*Fetch a new kubeconfig/],
      ['wrong-token', 'CredentialRejected', /rejected the credential.*renew the kubeconfig/],
    ];
    for (const [context, reason, message] of expected) {
      const isFound = (cluster: ClusterStatus): boolean => cluster.name === context && cluster.reason === reason;
      const cluster = await clusterThat(server, `${context} for reason ${reason}`, isFound);
      expect(cluster).toMatchObject({ id: '', state: 'unreachable' });
      expect(cluster.message).toMatch(message);
    }
    await rowsInSync(server);
    await server.service.ready();
  });
});

async function expectRestAnswers(server: MesheryServer): Promise<void> {
  const answer = await server.client.page('nothing-here', 'pagesize=10');
  expect(answer).toMatchObject({ totalCount: 0, resources: [] });
  await server.service.ready();
}

describe('a malformed watch list', () => {
  const watchLists = ['{"whitelist": "[{', '{"whitelist":[{"Resource":"pods.v1.","Events":["CHANGED"]}]}'];

  test.each(watchLists)('embedded, %s: a condition, and every kind is discovered', async (text) => {
    const options: ServerLaunchOptions = { kubeconfig: plane.kubeconfigPath, env: { MESHSYNC_WATCH_LIST: text } };
    await using server = await MesheryServer.start(options);
    await expectDiscoveredAnyway(server);
  });

  test('of the agent: a condition, and every kind is discovered', async () => {
    await using stack = await OperatorStack.start({
      kubeconfig: plane.kubeconfigPath,
      clusterId: await clusterIdOf(),
      meshsyncEnv: { MESHSYNC_WATCH_LIST: watchLists[0] },
    });
    await expectDiscoveredAnyway(stack.server);
    expect(stack.meshsync.process.log()).toContain('meshery-discovery-1400');
  });

  async function expectDiscoveredAnyway(server: MesheryServer): Promise<void> {
    const cluster = await clusterThat(
      server,
      'read with a condition',
      ({ reason, kinds }) => reason === 'InvalidWatchList' && kinds.some(({ state }) => state === 'synced'),
    );
    expect(cluster.message).toMatch(/watch list is malformed at .*Write whitelist as/);
    await waitUntil({ what: 'rows of many kinds', timeoutMs: 60_000 }, async () => {
      const { resources } = await server.client.page(cluster.id, 'pagesize=1000');
      const found = new Set(resources.map(({ kind }) => kind));
      return ['Namespace', 'ClusterRole', 'ConfigMap'].every((kind) => found.has(kind));
    });
  }

  async function clusterIdOf(): Promise<string> {
    await using server = await MesheryServer.start({ kubeconfig: plane.kubeconfigPath });
    return (await clusterThat(server, 'known', ({ id }) => id !== '')).id;
  }
});
