import { KindState } from '@meshery/contracts';
import { ApiInterceptor, KubeAdmin, startControlPlane, waitUntil } from '@meshery/testing';
import type { ControlPlane } from '@meshery/testing';
import type { DiscoverySettings } from './discovery-config.ts';
import { MemoryInventory } from './testing/memory-inventory.ts';
import { plainAccess, startAgent } from './testing/running-agent.ts';
import type { RunningAgent } from './testing/running-agent.ts';

const only = (...resources: string[]) => ({ only: resources.map((resource) => ({ resource })) });
const base: DiscoverySettings = {
  watchList: only('configmaps.v1.', 'secrets.v1.'),
  outputNamespaces: [],
  secretKeyNames: false,
};

describe('settings that change while the agent runs', () => {
  let cluster: ControlPlane;
  let admin: KubeAdmin;
  let api: ApiInterceptor;
  let inventory: MemoryInventory;
  let running: RunningAgent;

  beforeAll(async () => {
    cluster = await startControlPlane();
    admin = new KubeAdmin(cluster);
    for (const namespace of ['one', 'two']) {
      await admin.create('/api/v1/namespaces', { metadata: { name: namespace } });
      await admin.create(`/api/v1/namespaces/${namespace}/configmaps`, { metadata: { name: `map-${namespace}` } });
    }
    await admin.create('/api/v1/namespaces/one/secrets', {
      metadata: { name: 'hidden' },
      stringData: { key: 'value' },
    });
  }, 600_000);

  afterAll(async () => {
    admin.close();
    await cluster.stop();
  });

  beforeEach(async () => {
    api = await ApiInterceptor.start(cluster);
    inventory = new MemoryInventory();
    running = startAgent(plainAccess(api.url), inventory, base);
    await inSync();
    expect(kindsStored()).toEqual(['configmaps.v1.', 'secrets.v1.']);
  });

  afterEach(async () => {
    await running.stop();
    await api.close();
  });

  const inSync = () => until('being in sync', () => running.agent.status().inSync);
  const until = (what: string, probe: () => boolean) => waitUntil({ what, timeoutMs: 60_000 }, probe);
  const kindsStored = (): string[] => [...new Set([...inventory.rows.values()].map(({ kind }) => kind))].sort();
  const named = (name: string) => [...inventory.rows.values()].find(({ change }) => change.name === name)?.change;
  const reads = (path: string): number => api.readsOf(path).length;
  /** How often a kind was read or watched. Definitions of kinds are followed beside, from a moment of their own on. */
  const followed = (): number =>
    api.requests.filter(({ verb, path }) => verb !== 'get' && !/customresourcedef|apiservices/.test(path)).length;

  test('starts and stops only the kinds that a list adds and removes, and removes their rows', async () => {
    const before = reads('/api/v1/configmaps');
    running.agent.apply({ ...base, watchList: only('configmaps', 'namespaces') });
    await until('the new kind', () => kindsStored().includes('namespaces.v1.'));
    await until('the end of the old kind', () => !kindsStored().includes('secrets.v1.'));
    expect(inventory.state('secrets.v1.')).toBe(KindState.KIND_STATE_EXCLUDED);
    await admin.create('/api/v1/namespaces/one/configmaps', { metadata: { name: 'later' } });
    await until('a change of the kind that stayed', () => named('later') !== undefined);
    expect(reads('/api/v1/configmaps')).toBe(before);
    running.agent.apply(base);
    await until('the kind that is back', () => named('hidden') !== undefined);
    await until('the end of the other', () => !kindsStored().includes('namespaces.v1.'));
    expect(reads('/api/v1/configmaps')).toBe(before);
  });

  test('keeps the last good list while one is malformed, and says so', async () => {
    const before = followed();
    running.agent.apply({ ...base, watchList: { data: { whitelist: '[{' } } });
    expect(running.agent.status().conditions).toMatchObject([
      {
        reason: 'InvalidWatchList',
        message: expect.stringMatching(/whitelist.*last good list stays in force/) as unknown,
      },
    ]);
    await until('the report of it', () => inventory.agentReports.at(-1)?.reason === 'InvalidWatchList');
    expect(kindsStored()).toEqual(['configmaps.v1.', 'secrets.v1.']);
    expect(followed()).toBe(before);
    running.agent.apply({ ...base, watchList: only('configmaps') });
    await until('the good list', () => kindsStored().join() === 'configmaps.v1.');
    expect(running.agent.status().conditions).toEqual([]);
  });

  test('reads Secrets anew, and nothing else, when their key names are wanted', async () => {
    const before = reads('/api/v1/configmaps');
    expect(named('hidden')?.json).not.toContain('REDACTED');
    running.agent.apply({ ...base, secretKeyNames: true });
    await until('the key names', () => named('hidden')?.json.includes('"key":"[REDACTED]"') === true);
    running.agent.apply(base);
    await until('their end', () => named('hidden')?.json.includes('REDACTED') === false);
    expect(reads('/api/v1/configmaps')).toBe(before);
  });

  test('removes the objects of namespaces that are not wanted any more, and brings them back', async () => {
    running.agent.apply({ ...base, outputNamespaces: ['two'] });
    await until('the end of the others', () => named('map-one') === undefined && named('hidden') === undefined);
    expect(named('map-two')).toBeDefined();
    running.agent.apply(base);
    await until('all of them', () => named('map-one') !== undefined && named('hidden') !== undefined);
    await inSync();
  });
});
