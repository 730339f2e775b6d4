import { AgentState, KindState } from '@meshery/contracts';
import { MesheryError } from '@meshery/errors';
import { staticTokenCredential } from '@meshery/kube';
import { ApiInterceptor, KubeAdmin, SeededRandom, startControlPlane, waitUntil } from '@meshery/testing';
import type { ControlPlane } from '@meshery/testing';
import { MemoryInventory } from './testing/memory-inventory.ts';
import { accessOf, plainAccess, quickConfig, startAgent } from './testing/running-agent.ts';
import type { RunningAgent } from './testing/running-agent.ts';

const configMaps = '/api/v1/namespaces/default/configmaps';
const key = 'configmaps.v1.';

describe('an agent whose surroundings fail', () => {
  let cluster: ControlPlane;
  let admin: KubeAdmin;
  let inventory: MemoryInventory;
  const running: RunningAgent[] = [];

  beforeAll(async () => {
    cluster = await startControlPlane();
    admin = new KubeAdmin(cluster);
    for (let i = 0; i < 300; i += 1) {
      await admin.create(configMaps, { metadata: { name: `cm-${String(i)}` }, data: { text: 'x'.repeat(2000) } });
    }
  }, 600_000);

  afterAll(async () => {
    admin.close();
    await cluster.stop();
  });

  beforeEach(() => {
    inventory = new MemoryInventory();
  });

  afterEach(async () => {
    for (const agent of running.splice(0)) await agent.stop().catch(() => undefined);
  });

  function started(agent: RunningAgent): RunningAgent {
    running.push(agent);
    return agent;
  }

  async function start(config: Parameters<typeof startAgent>[2] = {}): Promise<RunningAgent> {
    return started(startAgent(await accessOf(cluster.kubeconfigPath), inventory, config));
  }

  function inSync(agent: RunningAgent): Promise<unknown> {
    return waitUntil({ what: 'being in sync', timeoutMs: 60_000 }, () => agent.agent.status().inSync);
  }

  async function expectEqualConfigMaps(): Promise<void> {
    await waitUntil({ what: 'equal config maps', timeoutMs: 60_000 }, async () => {
      const list = await admin.json<{ items: { metadata: { uid: string; resourceVersion: string } }[] }>({
        path: '/api/v1/configmaps',
      });
      const expected = list.items.map(({ metadata }) => `${metadata.uid} ${metadata.resourceVersion}`).sort();
      const rows = [...inventory.rows.values()].filter((row) => row.kind === key);
      expect(rows.map(({ change }) => `${change.uid} ${change.resourceVersion}`).sort()).toEqual(expected);
      return true;
    });
  }

  async function churn(random: SeededRandom, changes: number): Promise<void> {
    for (let i = 0; i < changes; i += 1) {
      const name = `cm-${String(random.between(10, 299))}`;
      if (random.between(0, 3) === 0) {
        await admin.delete(`${configMaps}/${name}`);
        await admin.create(configMaps, { metadata: { name } });
      } else await admin.patch(`${configMaps}/${name}`, { data: { changed: String(i) } });
    }
  }

  test('stops with a coded error when a newer run takes over', async () => {
    const old = await start();
    await inSync(old);
    const newer = await start();
    await admin.patch(`${configMaps}/cm-1`, { data: { wakes: 'the old one' } });
    await expect(old.ended).rejects.toMatchObject({
      code: 'meshery-discovery-1401',
      remedy: expect.any(String) as unknown,
    });
    await inSync(newer);
    await expectEqualConfigMaps();
  });

  test('loses nothing while the far side drops every third batch, before or after it stored it', async () => {
    let count = 0;
    let dropped = 0;
    const send = inventory.send.bind(inventory);
    inventory.send = async (batch, signal) => {
      count += 1;
      if (count % 6 === 0) {
        dropped += 1;
        throw new MesheryError('meshery-messaging-1501', 'not acknowledged');
      }
      const answer = await send(batch, signal);
      if (count % 3 === 0) {
        dropped += 1;
        throw new MesheryError('meshery-messaging-1501', 'acknowledgement lost');
      }
      return answer;
    };
    const agent = await start({ retryMinMs: 5, retryMaxMs: 20 });
    await inSync(agent);
    await churn(new SeededRandom(1), 150);
    await expectEqualConfigMaps();
    expect(dropped).toBeGreaterThan(20);
    expect(await agent.registry.metrics()).toMatch(/meshery_discovery_send_failures_total\{cluster="test"\} [1-9]/);
  });

  test('waits without growing while the far side is away, and catches up', async () => {
    const agent = await start({ batchesInFlight: 8, batchesPerKind: 4 });
    await inSync(agent);
    const back = Promise.withResolvers<undefined>();
    let waiting = 0;
    inventory.before = async () => {
      waiting += 1;
      await back.promise;
    };
    await churn(new SeededRandom(2), 200);
    expect(waiting).toBeLessThanOrEqual(8);
    expect(agent.agent.status().batchesInFlight).toBeLessThanOrEqual(8);
    inventory.before = () => Promise.resolve();
    back.resolve(undefined);
    await expectEqualConfigMaps();
  });

  test('takes a snapshot of a kind when the far side lost its position, or asks for one', async () => {
    const agent = await start();
    await inSync(agent);
    inventory.kinds.delete(key);
    for (const [uid, row] of inventory.rows) if (row.kind === key) inventory.rows.delete(uid);
    await admin.patch(`${configMaps}/cm-2`, { data: { shows: 'the gap' } });
    await expectEqualConfigMaps();
    const snapshots = () =>
      inventory.batches.filter((batch) => batch.body?.$case === 'snapshotEnd').map((batch) => batch.kind);
    // Its objects are there before it ends.
    await inSync(agent);
    const before = snapshots().length;
    inventory.control({ type: 'snapshot', kind: key, reason: 'test' });
    await waitUntil({ what: 'one snapshot', timeoutMs: 60_000 }, () => snapshots().length > before);
    expect(snapshots().slice(before)).toEqual([key]);
    inventory.control({ type: 'snapshot-all', reason: 'test' });
    const kinds = agent.agent.status().kinds.filter((kind) => kind.state === KindState.KIND_STATE_SYNCED).length;
    await waitUntil(
      { what: 'a snapshot of every kind', timeoutMs: 60_000 },
      () => snapshots().length >= before + 1 + kinds,
    );
    await inSync(agent);
  });

  test('sweeps what disappeared while nobody looked and no checkpoint is known', async () => {
    const first = await start();
    await inSync(first);
    await first.stop();
    await admin.delete(`${configMaps}/cm-3`);
    inventory.beforeOpen = () => Promise.reject(new MesheryError('meshery-messaging-1504', 'nobody answers'));
    const second = await start();
    await inSync(second);
    await expectEqualConfigMaps();
    expect([...inventory.rows.values()].some((row) => row.change.name === 'cm-3')).toBe(false);
  });

  test('survives lists and watches that are cut at random bytes', async () => {
    const proxy = await ApiInterceptor.start(cluster);
    try {
      const random = new SeededRandom(3);
      let cuts = 0;
      proxy.intercept = ({ path, verb }) => {
        if (path !== '/api/v1/configmaps' || (verb !== 'initial' && verb !== 'watch') || cuts >= 15) return undefined;
        cuts += 1;
        return { type: 'cut', afterBytes: random.between(0, verb === 'initial' && cuts < 5 ? 300_000 : 5000) };
      };
      const agent = started(startAgent(plainAccess(proxy.url), inventory));
      while (cuts < 15) await churn(random, 5);
      await inSync(agent);
      await expectEqualConfigMaps();
      expect(proxy.injected).toBeGreaterThanOrEqual(14);
    } finally {
      for (const agent of running.splice(0)) await agent.stop();
      await proxy.close();
    }
  });

  test('survives an API server that is killed in the middle of a list', async () => {
    const proxy = await ApiInterceptor.start(cluster);
    try {
      let killed: Promise<void> | undefined;
      proxy.intercept = ({ path, verb }) => {
        if (killed !== undefined || path !== '/api/v1/configmaps' || verb !== 'initial') return undefined;
        const andThen = (): void => {
          killed = cluster.stopApiServer({ signal: 'SIGKILL' });
        };
        return { type: 'cut', afterBytes: 100_000, andThen };
      };
      const agent = started(startAgent(plainAccess(proxy.url), inventory));
      await waitUntil({ what: 'the kill', timeoutMs: 60_000 }, () => killed !== undefined);
      await killed;
      await cluster.startApiServer();
      await inSync(agent);
      await expectEqualConfigMaps();
      expect(proxy.injected).toBe(1);
    } finally {
      for (const agent of running.splice(0)) await agent.stop();
      await proxy.close();
    }
  });

  test('shows an invalid watch list as a condition and watches everything', async () => {
    const agent = await start({ watchList: { whitelist: '[{' } });
    await inSync(agent);
    expect(agent.agent.status().conditions).toMatchObject([{ reason: 'InvalidWatchList' }]);
    await waitUntil({ what: 'the report', timeoutMs: 60_000 }, () => inventory.agentReports.length > 0);
    expect(inventory.agentReports[0]).toMatchObject({
      state: AgentState.AGENT_STATE_DEGRADED,
      reason: 'InvalidWatchList',
    });
    expect(inventory.agentReports[0]?.message).toContain('whitelist');
    await expectEqualConfigMaps();
  });

  test('watches only what the watch list names, says why, and drops what an earlier run stored', async () => {
    const first = await start();
    await inSync(first);
    await first.stop();
    const second = await start({ watchList: { whitelist: [{ resource: 'configmaps.v1.' }] } });
    await inSync(second);
    await waitUntil({ what: 'the other kinds being dropped', timeoutMs: 60_000 }, () =>
      [...inventory.rows.values()].every((row) => row.kind === key),
    );
    await expectEqualConfigMaps();
    expect(second.agent.whyIgnored('services.v1.')).toMatch(/whitelist/);
    expect(second.agent.whyIgnored(key)).toBeUndefined();
    await second.stop();
    const third = await start();
    await inSync(third);
    await waitUntil({ what: 'the other kinds coming back', timeoutMs: 60_000 }, () =>
      [...inventory.rows.values()].some((row) => row.kind === 'services.v1.'),
    );
  });

  test('keeps objects of the wanted namespaces only', async () => {
    const agent = await start({ outputNamespaces: ['kube-system'], outputResources: ['ConfigMap', 'namespaces'] });
    await inSync(agent);
    const rows = [...inventory.rows.values()];
    expect(rows.length).toBeGreaterThan(0);
    expect(new Set(rows.map(({ change }) => `${change.kind} ${change.namespace}`))).toEqual(
      new Set(['ConfigMap kube-system']),
    );
  });

  test('stores nothing while the identity of the cluster cannot be read, and starts when it can', async () => {
    const proxy = await ApiInterceptor.start(cluster);
    try {
      let denied = true;
      const body = { kind: 'Status', code: 403, reason: 'Forbidden', message: 'no' };
      proxy.intercept = ({ path }) =>
        denied && path.endsWith('/kube-system') ? { type: 'answer', status: 403, body } : undefined;
      const agent = started(startAgent(plainAccess(proxy.url), inventory));
      await waitUntil({ what: 'the condition', timeoutMs: 60_000 }, () =>
        agent.agent.status().conditions.some((condition) => condition.reason === 'ClusterIdUnreadable'),
      );
      expect(inventory.batches).toEqual([]);
      expect(proxy.injected).toBeGreaterThan(0);
      denied = false;
      await inSync(agent);
      expect(agent.agent.status().conditions).toEqual([]);
    } finally {
      for (const agent of running.splice(0)) await agent.stop();
      await proxy.close();
    }
  });

  test('follows real RBAC: what is not granted is forbidden, what is granted later is found', async () => {
    const rbac = '/apis/rbac.authorization.k8s.io/v1';
    const accounts = '/api/v1/namespaces/default/serviceaccounts';
    const apiGroup = 'rbac.authorization.k8s.io';
    const verbs = ['get', 'list', 'watch'];
    const rules = (...resources: string[]): object => ({ rules: [{ apiGroups: [''], resources, verbs }] });
    await admin.create(accounts, { metadata: { name: 'reader' } });
    await admin.create(`${rbac}/clusterroles`, { metadata: { name: 'reader' }, ...rules('namespaces', 'services') });
    await admin.create(`${rbac}/clusterrolebindings`, {
      metadata: { name: 'reader' },
      roleRef: { apiGroup, kind: 'ClusterRole', name: 'reader' },
      subjects: [{ kind: 'ServiceAccount', name: 'reader', namespace: 'default' }],
    });
    const answer = await admin.json<{ status: { token: string } }>({
      method: 'POST',
      path: `${accounts}/reader/token`,
      body: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} },
    });
    const byToken = {
      ...plainAccess(cluster.url),
      ca: cluster.caPem,
      credential: staticTokenCredential(answer.status.token),
    };
    const watchList = { whitelist: ['services.v1.', 'configmaps.v1.'] };
    const agent = started(startAgent(byToken, inventory, { watchList }));
    await waitUntil(
      { what: 'the kind being forbidden', timeoutMs: 60_000 },
      () =>
        inventory.state(key) === KindState.KIND_STATE_FORBIDDEN &&
        inventory.state('services.v1.') === KindState.KIND_STATE_SYNCED,
    );
    expect(inventory.kinds.get(key)?.report?.message).toContain('Grant verbs list and watch on configmaps');
    await admin.patch(`${rbac}/clusterroles/reader`, rules('namespaces', 'services', 'configmaps'));
    await inSync(agent);
    await expectEqualConfigMaps();
  });

  test('parks what is over the size limit, and the rest flows', async () => {
    await admin.create(configMaps, { metadata: { name: 'huge' }, data: { text: 'x'.repeat(400_000) } });
    const agent = await start({ stream: { ...quickConfig.stream, maxObjectBytes: 100_000 } });
    await inSync(agent);
    expect(agent.agent.status().parked).toBe(1);
    expect(agent.agent.status().conditions).toMatchObject([
      { reason: 'ObjectsParked', message: expect.stringContaining('huge') as unknown },
    ]);
    expect(await agent.registry.metrics()).toMatch(/meshery_discovery_parked_total\{[^}]*configmaps[^}]*\} 1/);
    expect(agent.logLines.some((line) => line.includes('kept aside'))).toBe(true);
    expect([...inventory.rows.values()].filter((row) => row.kind === key).length).toBeGreaterThan(290);
    await admin.delete(`${configMaps}/huge`);
  });
});
