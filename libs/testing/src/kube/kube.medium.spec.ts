import { join } from 'node:path';
import { crdObject, customCollection, customKind, customObject, oddCustomJson } from '../builders/custom-resources.ts';
import { configMapObject, deploymentObject, podObject, secretObject, serviceObject } from '../builders/objects.ts';
import { SeededRandom } from '../builders/random.ts';
import { writeKubeconfig } from '../launch/kubeconfig.ts';
import { type ControlPlane, runCommandAnyway, startControlPlane } from '../launch/tools.ts';
import { ClusterView, kubectlRaw } from '../oracle/cluster-view.ts';
import { makeTempDir } from '../process/temp-dir.ts';
import { ApiInterceptor } from '../proxy/api-interceptor.ts';
import { TcpFaultProxy } from '../proxy/tcp-fault-proxy.ts';
import { waitUntil } from '../wait/wait-until.ts';
import { bulkLoad, loadItem } from './bulk-loader.ts';
import { KubeAdmin } from './kube-admin.ts';

describe('a real API server', () => {
  const dir = makeTempDir('kube-spec');
  const place = (name: string) => ({ name, namespace: 'default', labels: { app: name } });
  const configMaps = '/api/v1/configmaps';
  let plane: ControlPlane;
  let admin: KubeAdmin;

  /** A list as text, without its revision, which any write to the cluster moves on. */
  const listed = async (kubeconfig: string, path: string): Promise<string> =>
    (await kubectlRaw(kubeconfig, path)).toString('utf8').replace(/"metadata":\{"resourceVersion":"\d+"\}/, '');

  beforeAll(async () => {
    plane = await startControlPlane();
    admin = new KubeAdmin(plane);
  }, 300_000);

  afterAll(async () => {
    admin.close();
    await plane.stop();
    dir.remove();
  });

  test('takes every built object, and the oracle sees them through kubectl', async () => {
    const random = new SeededRandom(1);
    const items = [
      configMapObject(place('big'), random, 100_000),
      secretObject(place('secret'), random),
      serviceObject(place('service')),
      podObject(place('pod'), random, { containers: 2, nodeName: 'nowhere' }),
      deploymentObject(place('deployment'), random),
    ].map(loadItem);
    const report = await bulkLoad(admin, items);
    expect(report.created).toBe(5);
    await using view = await ClusterView.open(plane.kubeconfigPath);
    const resources = await view.resources();
    const keys = resources.map(({ key }) => key);
    expect(keys).toEqual(expect.arrayContaining(['pods.v1.', 'deployments.v1.apps', 'configmaps.v1.']));
    expect(keys.filter((key) => /^(events|leases)\./.test(key))).toEqual([]);
    const states = await view.states(resources);
    const names = states.filter(({ namespace }) => namespace === 'default').map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['big', 'secret', 'service', 'pod', 'deployment']));
  });

  test('keeps odd data digit for digit', async () => {
    const widgets = customKind('widget');
    await bulkLoad(admin, [loadItem(crdObject(widgets))]);
    const collection = customCollection(widgets, 'default');
    await waitUntil({ what: 'the kind being served', timeoutMs: 60_000 }, async () => {
      return (await admin.send({ path: collection })).status === 200;
    });
    await admin.create(collection, oddCustomJson(widgets, place('odd')));
    await admin.create(collection, customObject(widgets, place('plain'), new SeededRandom(2)));
    const text = (await kubectlRaw(plane.kubeconfigPath, `${collection}/odd`)).toString('utf8');
    expect(text).toContain('"big":9007199254740993');
    expect(text).toContain('"__proto__":{"polluted":true}');
    expect((await kubectlRaw(plane.kubeconfigPath, collection)).toString('utf8')).toContain('"plain"');
  });

  test('is reached through the TCP proxy, which can cut it', async () => {
    await using proxy = await TcpFaultProxy.start({ targetPort: Number(new URL(plane.url).port) });
    const kubeconfig = writeKubeconfig({
      path: join(dir.path, 'proxied'),
      server: `https://127.0.0.1:${String(proxy.port)}`,
      caPem: plane.caPem,
      token: plane.adminToken,
    });
    expect(await listed(kubeconfig, configMaps)).toBe(await listed(plane.kubeconfigPath, configMaps));
    expect(proxy.traffic.down).toBeGreaterThan(100_000);
    proxy.onConnection = () => ({ type: 'cut', afterBytes: 20_000 });
    await expect(kubectlRaw(kubeconfig, configMaps)).rejects.toThrow('kubectl get --raw');
    expect(proxy.injected.cut).toBeGreaterThan(0);
  });

  describe('behind the interceptor', () => {
    let interceptor: ApiInterceptor;
    let kubeconfig: string;

    beforeAll(async () => {
      interceptor = await ApiInterceptor.start(plane);
      kubeconfig = writeKubeconfig({ path: join(dir.path, 'intercepted'), server: interceptor.url });
    });

    beforeEach(() => {
      interceptor.intercept = () => undefined;
      interceptor.injected = 0;
    });

    afterAll(() => interceptor.close());

    const watchLines = (path: string) =>
      runCommandAnyway('curl', ['-sN', '--max-time', '60', `${interceptor.url}${path}`]);

    test('requests are recorded with their verb and bytes', async () => {
      await kubectlRaw(kubeconfig, configMaps);
      await kubectlRaw(kubeconfig, '/apis');
      const [list] = interceptor.requestsFor('/api/v1/configmaps');
      expect(list).toMatchObject({ verb: 'list', status: 200, method: 'GET' });
      expect(list?.bytes).toBeGreaterThan(100_000);
      expect(interceptor.requestsFor('/apis')[0]?.verb).toBe('get');
      expect(interceptor.injected).toBe(0);
    });

    test('answers in place of the API server', async () => {
      interceptor.intercept = ({ path }) =>
        path === '/api/v1/configmaps'
          ? { type: 'answer', status: 403, body: { kind: 'Status', code: 403 } }
          : undefined;
      await expect(kubectlRaw(kubeconfig, configMaps)).rejects.toThrow(/forbidden|kubectl get --raw/i);
      expect(interceptor.injected).toBe(1);
    });

    test('cuts a body at an exact byte', async () => {
      interceptor.intercept = () => ({ type: 'cut', afterBytes: 777 });
      const result = await runCommandAnyway('curl', ['-s', `${interceptor.url}/api/v1/configmaps`]);
      expect(result.code).not.toBe(0);
      expect(Buffer.byteLength(result.stdout)).toBe(777);
      expect(interceptor.injected).toBe(1);
    });

    test('tears a body into small pieces without changing it', async () => {
      const whole = await listed(kubeconfig, configMaps);
      interceptor.intercept = () => ({ type: 'split', size: 7 });
      expect(await listed(kubeconfig, configMaps)).toBe(whole);
      expect(interceptor.injected).toBeGreaterThan(0);
    });

    test('puts an event into a watch and ends it', async () => {
      const line = JSON.stringify({ type: 'ERROR', object: { kind: 'Status', code: 410, reason: 'Expired' } });
      interceptor.intercept = ({ verb }) =>
        verb === 'watch' ? { type: 'inject-line', afterLines: 1, line } : undefined;
      const { code, stdout } = await watchLines('/api/v1/configmaps?watch=1');
      expect(code).toBe(0);
      const lines = stdout.trim().split('\n');
      expect(lines).toHaveLength(2);
      expect(JSON.parse(lines[0] ?? '')).toMatchObject({ type: 'ADDED' });
      expect(lines[1]).toBe(line);
    });

    test('stalls a watch and keeps it open', async () => {
      interceptor.intercept = ({ verb }) => (verb === 'watch' ? { type: 'stall', afterBytes: 100 } : undefined);
      const watching = watchLines('/api/v1/configmaps?watch=1');
      await waitUntil({ what: 'the stall', timeoutMs: 60_000 }, () => interceptor.injected === 1);
      interceptor.cutAll();
      const { code, stdout } = await watching;
      expect(Buffer.byteLength(stdout)).toBe(100);
      // It was open until it was cut: a watch that ends in good order is no failure to curl.
      expect(code).not.toBe(0);
    });
  });
});
