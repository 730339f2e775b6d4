import { type Interception, type KubeManifest, SeededRandom, configMapObject, waitUntil } from '@meshery/testing';
import { EmbeddedScene, type ServedScene } from '../support/embedded-scene.ts';
import { expectSurvival } from '../support/survival.ts';

const CONFIG_MAPS = '/api/v1/namespaces/default/configmaps';
const ALL_CONFIG_MAPS = '/api/v1/configmaps';

/** What is seen of a watch that does not go on. */
const watchLags = /configmaps\.v1\. lagging\/|cluster (?!in-sync)/;

const expired = (message: string) => ({
  kind: 'Status',
  apiVersion: 'v1',
  metadata: {},
  status: 'Failure',
  message,
  reason: 'Expired',
  code: 410,
});

describe('faults of the API server and of the way to it', () => {
  let scene: EmbeddedScene;

  beforeAll(async () => {
    scene = await EmbeddedScene.start();
  }, 300_000);

  afterAll(() => scene.stop());

  /** Creates, changes and deletes a few objects; gives the names of the deleted ones. */
  const churn = async (): Promise<string[]> => {
    const deleted: string[] = [];
    for (let index = 0; index < 12; index += 1) {
      const object: KubeManifest = scene.configMap();
      await scene.admin.create(CONFIG_MAPS, object);
      const path = `${CONFIG_MAPS}/${object.metadata.name}`;
      await scene.admin.patch(path, { data: { changed: String(index) } });
      if (index % 3 === 0) {
        await scene.admin.delete(path);
        deleted.push(object.metadata.name);
      }
    }
    return deleted;
  };

  test('API server restarted while objects change', async () => {
    await using served = await scene.serve('tcp');
    let restarts = 0;
    for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
      await churn();
      await scene.plane.restartApiServer({ signal });
      restarts += 1;
      await churn();
    }
    await expectSurvival({
      fault: 'API server restarted',
      injected: restarts,
      oracle: served.oracle,
      recorder: served.recorder,
      visible: {
        condition: /lagging|unreachable|degraded/,
        metric: /^meshery_discovery_reconnects_total\{/,
        log: /API server cannot be reached|kind is not in sync/,
      },
      withinMs: 30_000,
    });
  });

  test('API server killed in the middle of a list', async () => {
    const { http, recorder, oracle, stop } = await serveBehindKill();
    try {
      await expectSurvival({
        fault: 'API server killed mid-list',
        injected: http.injected,
        oracle,
        recorder,
        visible: {
          condition: /lagging|unreachable|degraded/,
          metric: /^meshery_discovery_reconnects_total\{/,
          log: /API server cannot be reached|kind is not in sync/,
        },
        withinMs: 30_000,
      });
    } finally {
      await stop();
    }
  });

  /** The server is in sync first; then its ConfigMaps are listed anew and the API server dies under the answer. */
  async function serveBehindKill() {
    const served = await scene.serve('http');
    let killed: Promise<void> | undefined;
    const kill = (): void => {
      killed ??= scene.plane.stopApiServer({ signal: 'SIGKILL' });
    };
    served.http.intercept = ({ path, verb }) => {
      if (path !== ALL_CONFIG_MAPS || killed !== undefined) return undefined;
      if (verb === 'watch') return { type: 'answer', status: 410, body: expired('too old resource version') };
      return { type: 'cut', afterBytes: 50_000, andThen: kill };
    };
    served.http.cutAll();
    await waitUntil({ what: 'the API server being killed', timeoutMs: 60_000 }, () => killed !== undefined);
    await killed;
    await served.sees(/lagging|unreachable|degraded/);
    await scene.plane.startApiServer();
    await churn();
    return { http: served.http, recorder: served.recorder, oracle: served.oracle, stop: () => served.stop() };
  }

  /**
   * Harms watches of ConfigMaps that go on after a cut, while objects change, until that is shown: one look can miss the
   * moment between the fault and the list. Gives the names of what was deleted.
   */
  async function cutUntilShown(served: ServedScene, harm: () => Interception): Promise<string[]> {
    const deleted: string[] = [];
    served.http.intercept = ({ path, verb }) => {
      return path === ALL_CONFIG_MAPS && verb === 'watch' ? harm() : undefined;
    };
    await waitUntil({ what: 'the fault being shown', timeoutMs: 120_000, everyMs: 1000 }, async () => {
      const before = served.http.injected;
      served.http.cutAll();
      await waitUntil({ what: 'the fault', timeoutMs: 60_000, everyMs: 500 }, async () => {
        deleted.push(...(await churn()));
        return served.http.injected > before;
      });
      return [...served.recorder.conditions].some((text) => watchLags.test(text));
    });
    served.http.intercept = () => undefined;
    return deleted;
  }

  test('410 at connect lists that kind again and no other', async () => {
    await using served = await scene.serve('http');
    const before = served.http.requests.length;
    const deleted = await cutUntilShown(served, () => {
      return { type: 'answer', status: 410, body: expired('too old resource version: 1 (2)') };
    });
    const recording = await expectSurvival({
      fault: '410 at connect',
      injected: served.http.injected,
      oracle: served.oracle,
      recorder: served.recorder,
      visible: {
        condition: watchLags,
        metric: /^meshery_discovery_snapshots_total\{.*configmaps/,
        log: /configmaps/,
      },
    });
    const listed = served.http.requests.slice(before).filter(({ verb }) => verb === 'list' || verb === 'initial');
    expect(new Set(listed.map(({ path }) => path))).toEqual(new Set([ALL_CONFIG_MAPS]));
    expect(recording.logs).not.toContain('"level":"error"');
    expect(deleted.length).toBeGreaterThan(0);
  });

  test('410 in the stream lists that kind again', async () => {
    await using served = await scene.serve('http');
    const line = JSON.stringify({ type: 'ERROR', object: expired('too old resource version: 1 (2)') });
    await cutUntilShown(served, () => ({ type: 'inject-line', afterLines: 2, line }));
    await expectSurvival({
      fault: '410 in the stream',
      injected: served.http.injected,
      oracle: served.oracle,
      recorder: served.recorder,
      visible: {
        condition: watchLags,
        metric: /^meshery_discovery_snapshots_total\{.*configmaps/,
        log: /configmaps/,
      },
    });
  });

  test('stalled watch is noticed and opened again', async () => {
    await using served = await scene.serve('tcp', { env: { MESHERY_DISCOVERY_STALL_MS: '3000' } });
    // What was kept back arrives within a moment of the reconnect, which a single look can miss.
    await waitUntil({ what: 'a stall being shown', timeoutMs: 60_000, everyMs: 4000 }, async () => {
      served.tcp.injectEverywhere({ type: 'stall' });
      served.tcp.onConnection = () => ({ type: 'pass' });
      await churn();
      return [...served.recorder.conditions].some((text) => text.includes('lagging/StalledWatch'));
    });
    await expectSurvival({
      fault: 'stalled watch',
      injected: served.tcp.injected.stall,
      oracle: served.oracle,
      recorder: served.recorder,
      visible: {
        condition: /configmaps\.v1\. lagging\/StalledWatch/,
        metric: /^meshery_discovery_reconnects_total\{.*StalledWatch/,
        log: /StalledWatch/,
      },
      // It may hold back the head of a watch that is being opened anew, which is given up after 30 s.
      withinMs: 45_000,
    });
  });

  test('stream cut at any byte, in the middle of characters too', async () => {
    await using served = await scene.serve('http');
    const random = new SeededRandom(7);
    let lists = 0;
    served.http.intercept = ({ path, verb }) => {
      if (path !== ALL_CONFIG_MAPS) return undefined;
      // Watches break at any byte of objects with text beyond ASCII; lists break twice, then come in tiny pieces.
      if (verb === 'watch') return { type: 'cut', afterBytes: random.between(1, 3_000) };
      lists += 1;
      return lists <= 2 ? { type: 'cut', afterBytes: random.between(1, 200_000) } : { type: 'split', size: 5 };
    };
    served.http.cutAll();
    await waitUntil({ what: 'eight cuts', timeoutMs: 120_000, everyMs: 300 }, async () => {
      await scene.admin.create(CONFIG_MAPS, scene.configMap());
      return served.http.injected >= 8;
    });
    const line = JSON.stringify({ type: 'ERROR', object: expired('too old resource version: 1 (2)') });
    let expiries = 0;
    served.http.intercept = ({ path, verb }) => {
      if (path !== ALL_CONFIG_MAPS) return undefined;
      if (verb !== 'watch') return { type: 'split', size: 5 };
      expiries += 1;
      return expiries === 1 ? { type: 'inject-line', afterLines: 0, line } : undefined;
    };
    served.http.cutAll();
    const torn = served.http.injected;
    await waitUntil({ what: 'a list in tiny pieces', timeoutMs: 90_000, everyMs: 300 }, async () => {
      await scene.admin.create(CONFIG_MAPS, scene.configMap());
      return served.http.injected >= torn + 2;
    });
    served.http.intercept = () => undefined;
    expect(served.http.injected).toBeGreaterThanOrEqual(5);
    await expectSurvival({
      fault: 'stream cut at any byte',
      injected: served.http.injected,
      oracle: served.oracle,
      recorder: served.recorder,
      visible: {
        condition: /lagging\/|cluster (?!in-sync)/,
        metric: /^meshery_discovery_reconnects_total\{.*configmaps/,
        log: /configmaps|API server cannot be reached/,
      },
      // The back-off of a kind that broke many times in a row is part of the detection.
      withinMs: 45_000,
    });
  });

  test('same name deleted and recreated while the watch is away', async () => {
    await using served = await scene.serve('tcp');
    const names = ['phoenix-1', 'phoenix-2', 'phoenix-3'];
    const make = (name: string) => configMapObject({ name, namespace: 'default' }, scene.random);
    for (const name of names) await scene.admin.create(CONFIG_MAPS, make(name));
    await served.oracle.expectInSync(60_000);
    served.tcp.injectEverywhere({ type: 'refuse' });
    for (const name of names) {
      await scene.admin.delete(`${CONFIG_MAPS}/${name}`);
      await scene.admin.create(CONFIG_MAPS, make(name));
    }
    await served.sees(/lagging|unreachable|degraded/);
    served.tcp.heal();
    await expectSurvival({
      fault: 'same name deleted and recreated',
      injected: served.tcp.injectedTotal,
      oracle: served.oracle,
      recorder: served.recorder,
      visible: {
        condition: /lagging|unreachable|degraded/,
        metric: /^meshery_discovery_reconnects_total\{/,
        log: /API server cannot be reached|kind is not in sync/,
      },
      withinMs: 30_000,
    });
  });
});
