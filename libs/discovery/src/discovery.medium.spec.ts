import { AgentState, KindState } from '@meshery/contracts';
import {
  ApiInterceptor,
  KubeAdmin,
  SeededRandom,
  crdObject,
  customCollection,
  customKind,
  customObject,
  oddCustomJson,
  startControlPlane,
  waitUntil,
} from '@meshery/testing';
import type { ControlPlane } from '@meshery/testing';
import { MemoryInventory } from './testing/memory-inventory.ts';
import { accessOf, plainAccess, quickConfig, startAgent } from './testing/running-agent.ts';
import type { RunningAgent } from './testing/running-agent.ts';

const configMaps = '/api/v1/namespaces/default/configmaps';

describe('discovery on a real API server', () => {
  let cluster: ControlPlane;
  let admin: KubeAdmin;
  let running: RunningAgent | undefined;
  let inventory: MemoryInventory;

  beforeAll(async () => {
    cluster = await startControlPlane();
    admin = new KubeAdmin(cluster);
  }, 600_000);

  afterAll(async () => {
    admin.close();
    await cluster.stop();
  });

  beforeEach(() => {
    inventory = new MemoryInventory();
  });

  afterEach(async () => {
    await running?.stop();
    running = undefined;
  });

  /** (kind key, namespace, name, uid, resourceVersion) of every object, read without the code under test. */
  async function truth(): Promise<string[]> {
    const gone = [KindState.KIND_STATE_EXCLUDED, KindState.KIND_STATE_REMOVED];
    const keys = [...inventory.kinds.keys()].filter(
      (key) => key !== '' && !gone.some((state) => state === inventory.state(key)),
    );
    return (await Promise.all(keys.map(list))).flat().sort();
  }

  async function list(key: string): Promise<string[]> {
    const [plural = '', version = '', ...rest] = key.split('.');
    const group = rest.join('.');
    const path = `${group === '' ? '/api' : `/apis/${group}`}/${version}/${plural}`;
    const answer = await admin.json<{ items: { metadata: Record<string, string> }[] | null }>({ path });
    return (answer.items ?? []).map(({ metadata }) =>
      [key, metadata['namespace'] ?? '', metadata['name'], metadata['uid'], metadata['resourceVersion']].join(' '),
    );
  }

  function stored(): string[] {
    return [...inventory.rows.values()]
      .map(({ kind, change }) => [kind, change.namespace, change.name, change.uid, change.resourceVersion].join(' '))
      .sort();
  }

  async function expectEqualSets(): Promise<void> {
    await waitUntil({ what: 'the same objects in the store and in the cluster', timeoutMs: 60_000 }, async () => {
      const expected = await truth();
      expect(stored()).toEqual(expected);
      return true;
    });
  }

  function inSync(agent: RunningAgent): Promise<unknown> {
    return waitUntil({ what: 'being in sync', timeoutMs: 60_000 }, () => agent.agent.status().inSync);
  }

  test('finds everything and follows create, update and delete', async () => {
    running = startAgent(await accessOf(cluster.kubeconfigPath), inventory);
    await inSync(running);
    await expectEqualSets();
    expect(inventory.rows.size).toBeGreaterThan(100);

    await admin.create(configMaps, { metadata: { name: 'one', labels: { app: 'x' } }, data: { __proto: '1' } });
    await admin.patch(`${configMaps}/one`, { data: { more: 'text' } });
    await admin.create(configMaps, { metadata: { name: 'two' } });
    await admin.delete(`${configMaps}/two`);
    await expectEqualSets();
    const one = [...inventory.rows.values()].find((row) => row.change.name === 'one');
    expect(one?.change.labels).toEqual({ app: 'x' });
    const parsed = JSON.parse(one?.change.json ?? '') as { data: unknown; metadata: Record<string, unknown> };
    expect(parsed.data).toEqual({ __proto: '1', more: 'text' });
    expect(parsed.metadata['managedFields']).toBeUndefined();
    await admin.delete(`${configMaps}/one`);
    await expectEqualSets();
  });

  test('reads secrets without their values', async () => {
    await admin.create('/api/v1/namespaces/default/secrets', {
      metadata: { name: 'hidden' },
      stringData: { key: 'topsecret' },
    });
    running = startAgent(await accessOf(cluster.kubeconfigPath), inventory);
    await inSync(running);
    const row = [...inventory.rows.values()].find((candidate) => candidate.change.name === 'hidden');
    expect(row?.change).toMatchObject({ kind: 'Secret', apiVersion: 'v1' });
    expect(JSON.parse(row?.change.json ?? '')).toMatchObject({ kind: 'Secret', apiVersion: 'v1' });
    expect(row?.change.json).not.toContain(Buffer.from('topsecret').toString('base64'));
    await running.stop();

    inventory = new MemoryInventory();
    running = startAgent(await accessOf(cluster.kubeconfigPath), inventory, { secretKeyNames: true });
    await inSync(running);
    const named = [...inventory.rows.values()].find((candidate) => candidate.change.name === 'hidden');
    expect(JSON.parse(named?.change.json ?? '')).toMatchObject({ type: 'Opaque', data: { key: '[REDACTED]' } });
  });

  test('follows a CRD that comes, changes its version and goes, and lists no other kind again', async () => {
    const proxy = await ApiInterceptor.start(cluster);
    try {
      running = startAgent(plainAccess(proxy.url), inventory);
      await inSync(running);
      const requestsBefore = proxy.requests.length;
      const custom = customKind('gadget');
      const crds = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
      await admin.create(crds, crdObject(custom));
      await waitUntil(
        { what: 'the new kind in sync', timeoutMs: 60_000 },
        () => inventory.state('gadgets.v1.example.com') === KindState.KIND_STATE_SYNCED,
      );
      await admin.create(
        customCollection(custom, 'default'),
        customObject(custom, { name: 'g1', namespace: 'default' }, new SeededRandom(1)),
      );
      const odd = oddCustomJson(custom, { name: 'odd', namespace: 'default' });
      await admin.create(customCollection(custom, 'default'), odd);
      await expectEqualSets();
      const row = [...inventory.rows.values()].find((candidate) => candidate.change.name === 'odd');
      const raw = await admin.send({ path: `${customCollection(custom, 'default')}/odd` });
      expect(specOf(row?.change.json ?? '')).toBe(specOf(raw.body.toString('utf8')));
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
      const before = proxy.requests.slice(requestsBefore);
      expect(
        before.filter(
          ({ verb, path }) =>
            (verb === 'list' || verb === 'initial') && !/gadgets|customresourcedef|apiservices/.test(path),
        ),
      ).toEqual([]);

      const version = crdObject(custom)['spec'] as { versions: object[] };
      const next = { ...version.versions[0], name: 'v2', storage: true };
      await admin.patch(`${crds}/gadgets.example.com`, {
        spec: { versions: [{ ...version.versions[0], storage: false }, next] },
      });
      await waitUntil(
        { what: 'the new version in sync', timeoutMs: 60_000 },
        () =>
          inventory.state('gadgets.v2.example.com') === KindState.KIND_STATE_SYNCED &&
          inventory.state('gadgets.v1.example.com') === KindState.KIND_STATE_REMOVED,
      );
      await expectEqualSets();
      expect(
        [...inventory.rows.values()].filter((candidate) => candidate.kind === 'gadgets.v2.example.com'),
      ).toHaveLength(2);

      await admin.delete(`${crds}/gadgets.example.com`);
      await waitUntil(
        { what: 'the kind being removed', timeoutMs: 60_000 },
        () => inventory.state('gadgets.v2.example.com') === KindState.KIND_STATE_REMOVED,
      );
      await expectEqualSets();
      expect([...inventory.rows.values()].some((candidate) => candidate.kind.startsWith('gadgets'))).toBe(false);
    } finally {
      await running?.stop();
      running = undefined;
      await proxy.close();
    }
  });

  test('names a forbidden kind, keeps the others, and notices a later grant', async () => {
    const proxy = await ApiInterceptor.start(cluster);
    try {
      let denied = true;
      const status = { kind: 'Status', code: 403, reason: 'Forbidden', message: 'pods is forbidden' };
      proxy.intercept = ({ path }) =>
        denied && path === '/api/v1/pods' ? { type: 'answer', status: 403, body: status } : undefined;
      running = startAgent(plainAccess(proxy.url), inventory);
      await waitUntil(
        { what: 'the forbidden kind being reported', timeoutMs: 60_000 },
        () =>
          inventory.state('pods.v1.') === KindState.KIND_STATE_FORBIDDEN &&
          inventory.state('services.v1.') === KindState.KIND_STATE_SYNCED,
      );
      expect(inventory.kinds.get('pods.v1.')?.report).toMatchObject({
        reason: 'Forbidden',
        message: expect.stringContaining('ClusterRole') as unknown,
      });
      expect(running.agent.status().inSync).toBe(false);
      expect(proxy.injected).toBeGreaterThan(0);
      denied = false;
      await inSync(running);
      await expectEqualSets();
    } finally {
      await running?.stop();
      running = undefined;
      await proxy.close();
    }
  });

  test('resumes after a restart without listing, and applies what happened meanwhile', async () => {
    await admin.create(configMaps, { metadata: { name: 'goes' } });
    const first = startAgent(await accessOf(cluster.kubeconfigPath), inventory);
    await inSync(first);
    await expectEqualSets();
    await first.stop();
    expect(inventory.agentReports.at(-1)?.state).toBe(AgentState.AGENT_STATE_STOPPED);
    await admin.create(configMaps, { metadata: { name: 'came' } });
    await admin.delete(`${configMaps}/goes`);

    const proxy = await ApiInterceptor.start(cluster);
    try {
      inventory.batches.length = 0;
      running = startAgent(plainAccess(proxy.url), inventory);
      await inSync(running);
      await expectEqualSets();
      const lists = proxy.requests.filter(
        ({ verb, path }) => (verb === 'list' || verb === 'initial') && !/customresourcedef|apiservices/.test(path),
      );
      expect(lists).toEqual([]);
      expect(inventory.batches.some((batch) => batch.body?.$case === 'snapshotBegin')).toBe(false);
    } finally {
      await running?.stop();
      running = undefined;
      await proxy.close();
      await admin.delete(`${configMaps}/came`);
    }
  });

  test('survives an API server that is killed and comes back', async () => {
    running = startAgent(await accessOf(cluster.kubeconfigPath), inventory);
    await inSync(running);
    const { agent, logLines, registry } = running;
    await cluster.stopApiServer({ signal: 'SIGKILL' });
    await waitUntil({ what: 'the outage being a condition', timeoutMs: 60_000 }, () =>
      agent.status().conditions.some((condition) => condition.reason === 'ApiServerUnreachable'),
    );
    await cluster.startApiServer();
    await admin.create(configMaps, { metadata: { name: 'after' } });
    await inSync(running);
    await expectEqualSets();
    expect(agent.status().conditions).toEqual([]);
    expect(inventory.agentReports.some((report) => report.reason === 'ApiServerUnreachable')).toBe(true);
    expect(logLines.some((line) => line.includes('API server cannot be reached'))).toBe(true);
    expect(await registry.metrics()).toMatch(
      /meshery_discovery_reconnects_total\{[^}]*reason="(ConnectionLost|ApiServerUnreachable)"/,
    );
    await admin.delete(`${configMaps}/after`);
  });

  test.each([
    [
      '410 at connect',
      { type: 'answer', status: 410, body: { kind: 'Status', code: 410, reason: 'Expired', message: 'too old' } },
    ],
    [
      '410 in the stream',
      {
        type: 'inject-line',
        afterLines: 0,
        line: '{"type":"ERROR","object":{"kind":"Status","code":410,"reason":"Expired","message":"too old"}}',
      },
    ],
  ] as const)('takes a new snapshot of one kind after %s', async (_, fault) => {
    const first = startAgent(await accessOf(cluster.kubeconfigPath), inventory);
    await inSync(first);
    await first.stop();
    const proxy = await ApiInterceptor.start(cluster);
    try {
      let harmed = false;
      proxy.intercept = ({ path, verb }) => {
        if (harmed || path !== '/api/v1/configmaps' || verb !== 'watch') return undefined;
        harmed = true;
        return fault;
      };
      running = startAgent(plainAccess(proxy.url), inventory);
      // A line is injected as soon as a byte passes.
      await admin.create(configMaps, { metadata: { name: 'stirs' } });
      await waitUntil({ what: 'a new snapshot', timeoutMs: 60_000 }, () =>
        proxy.requestsFor('/api/v1/configmaps').some(({ verb, status }) => verb === 'initial' && status === 200),
      );
      await inSync(running);
      await expectEqualSets();
      expect(proxy.injected).toBe(1);
      const lists = proxy.requests.filter(({ verb }) => verb === 'list' || verb === 'initial').map(({ path }) => path);
      expect(lists.filter((path) => !/customresourcedef|apiservices/.test(path))).toEqual(['/api/v1/configmaps']);
    } finally {
      await running?.stop();
      running = undefined;
      await proxy.close();
      await admin.delete(`${configMaps}/stirs`);
    }
  });

  test('asks a server of 1.34 and newer for pages at once', async () => {
    const proxy = await ApiInterceptor.start(cluster);
    try {
      running = startAgent(plainAccess(proxy.url), inventory, { stream: { ...quickConfig.stream, lists: 'auto' } });
      await inSync(running);
      await expectEqualSets();
      const verbs = new Set(proxy.requestsFor('/api/v1/configmaps').map(({ verb }) => verb));
      expect(verbs).toEqual(new Set(['list', 'watch']));
    } finally {
      await running?.stop();
      running = undefined;
      await proxy.close();
    }
  });

  test('takes lists by pages where streaming lists are not served', async () => {
    for (let i = 0; i < 12; i += 1)
      await admin.create(configMaps, { metadata: { name: `page-${String(i)}` }, data: { text: 'ä€"]}[{' } });
    const proxy = await ApiInterceptor.start(cluster);
    try {
      const status = { kind: 'Status', code: 422, reason: 'Invalid', message: 'sendInitialEvents: Forbidden' };
      proxy.intercept = ({ verb }) =>
        verb === 'initial' ? { type: 'answer', status: 422, body: status } : { type: 'split', size: 7 };
      const { stream } = quickConfig;
      running = startAgent(plainAccess(proxy.url), inventory, { stream: { ...stream, pageSize: 5 } });
      await inSync(running);
      await expectEqualSets();
      const row = [...inventory.rows.values()].find((candidate) => candidate.change.name === 'page-3');
      expect(JSON.parse(row?.change.json ?? '')).toMatchObject({
        kind: 'ConfigMap',
        apiVersion: 'v1',
        data: { text: 'ä€"]}[{' },
      });
      expect(proxy.requestsFor('/api/v1/configmaps').filter(({ verb }) => verb === 'list').length).toBeGreaterThan(2);
    } finally {
      await running?.stop();
      running = undefined;
      await proxy.close();
      for (let i = 0; i < 12; i += 1) await admin.delete(`${configMaps}/page-${String(i)}`);
    }
  });

  test('opens the watches of idle kinds anew without calling them out of sync', async () => {
    const { stream } = quickConfig;
    running = startAgent(await accessOf(cluster.kubeconfigPath), inventory, { stream: { ...stream, stallMs: 1000 } });
    await inSync(running);
    const { registry, logLines } = running;
    const seen = inventory.batches.length;
    await waitUntil({ what: 'every kind being opened anew', timeoutMs: 60_000 }, async () => {
      const text = await registry.metrics();
      const kinds = text.matchAll(/^meshery_discovery_reconnects_total\{.*kind="([^"]+)",reason="\w+"\} \d/gm);
      return new Set([...kinds].map(([, kind]) => kind)).size > 40;
    });
    const reports = inventory.batches
      .slice(seen)
      .flatMap(({ body }) => (body?.$case === 'kindReport' ? [body.value] : []));
    expect(reports.filter(({ state }) => state !== KindState.KIND_STATE_SYNCED)).toEqual([]);
    expect(logLines.filter((line) => line.includes('"level":"warn"'))).toEqual([]);
    expect(running.agent.status().inSync).toBe(true);
  });

  test('notices a stalled watch and goes on', async () => {
    const proxy = await ApiInterceptor.start(cluster);
    try {
      // Each one until it struck: one that said nothing for as long is opened anew.
      proxy.intercept = ({ path, verb }) => {
        if (proxy.injected > 0 || path !== '/api/v1/configmaps' || verb !== 'watch') return undefined;
        return { type: 'stall', afterBytes: 10 };
      };
      const { stream } = quickConfig;
      const first = startAgent(plainAccess(proxy.url), inventory);
      await inSync(first);
      await first.stop();
      running = startAgent(plainAccess(proxy.url), inventory, { stream: { ...stream, stallMs: 3000 } });
      await inSync(running);
      await admin.create(configMaps, { metadata: { name: 'stalled' } });
      await waitUntil({ what: 'the stall being reported', timeoutMs: 60_000 }, () =>
        inventory.batches.some(
          (batch) =>
            batch.kind === 'configmaps.v1.' &&
            batch.body?.$case === 'kindReport' &&
            batch.body.value.reason === 'StalledWatch',
        ),
      );
      await expectEqualSets();
      expect(proxy.injected).toBe(1);
    } finally {
      await running?.stop();
      running = undefined;
      await proxy.close();
      await admin.delete(`${configMaps}/stalled`);
    }
  });
});

/** The text of the spec, digit for digit. */
function specOf(json: string): string {
  return json.slice(json.indexOf('"spec":')).trimEnd();
}
