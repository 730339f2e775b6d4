import { connect } from 'node:net';
import { kubeconfigText, runCommand, waitUntil } from '@meshery/testing';
import type { InventoryClient } from '@meshery/testing';
import { ComposeScene } from '../support/compose-scene.ts';
import type { Service } from '../support/compose-scene.ts';
import { allReady, managedCluster, write } from '../support/two-clusters.ts';
import type { Managed } from '../support/two-clusters.ts';

const SEEN_MS = 60_000;
const undo = new AsyncDisposableStack();
let managed: Managed;
let scene: ComposeScene;
let client: InventoryClient;

beforeAll(async () => {
  managed = await managedCluster('NodePort');
  undo.defer(() => managed.cluster.stop());
  scene = await ComposeScene.start(managed.cluster);
  undo.defer(() => scene.stop());
  await Promise.all([allReady(managed), scene.compose('up', '-d')]);
}, 600_000);

afterAll(() => undo.disposeAsync(), 120_000);

const kubectl = (...args: string[]): Promise<string> =>
  runCommand('kubectl', ['--kubeconfig', managed.cluster.kubeconfigPath, '-n', 'meshery', ...args]);

/** Makes an object in the cluster, and waits until the REST API of the server has it. */
async function sees(name: string): Promise<void> {
  await write(managed, name);
  const explain = (): Promise<string> => scene.compose('logs', '--tail=15', '--no-color', 'bridge');
  await waitUntil({ what: `${name} in the REST API`, timeoutMs: SEEN_MS, everyMs: 200, explain }, async () => {
    const page = await client.page(managed.id, `kind=ConfigMap&search=${name}&pagesize=5`);
    return page.resources.some(({ metadata }) => metadata.name === name);
  });
}

test.each<Service>(['server', 'bridge'])(
  '%s is healthy, without root, capabilities or files to write',
  async (service) => {
    await scene.healthy(service);
    const { Config, HostConfig } = await scene.inspect(service);
    expect(Config.User).toBe('65532:65532');
    expect(HostConfig).toMatchObject({ ReadonlyRootfs: true, CapDrop: ['ALL'] });
    const write =
      "try { require('fs').writeFileSync('/app/x', ''); } catch ({ code }) { console.log(code, process.getuid()); }";
    expect(await scene.script(service, write)).toBe('EROFS 65532');
  },
);

test('of the files of the server the bridge sees its keys alone, and cannot change them', async () => {
  const list =
    "console.log(require('fs').readdirSync('/etc/meshery/ingest').join(), require('fs').existsSync('/data'))";
  expect(await scene.script('bridge', list)).toBe('bridge-key.pem,bridge-token,bridge.pem,ca.pem,listener.json false');
  const write =
    "try { require('fs').writeFileSync('/etc/meshery/ingest/x', ''); } catch ({ code }) { console.log(code); }";
  expect(await scene.script('bridge', write)).toBe('EROFS');
});

test('users reach it on this machine only, and the owner signs in with the code of the log', async () => {
  expect(await scene.get('/provider')).toContain('/provider/_next/');
  expect(await refused(scene.address, 9081)).toBe('ECONNREFUSED');
  client = await scene.signIn();
  undo.defer(() => {
    client.close();
  });
  expect((await client.clusters()).clusters).toEqual([]);
});

test('by NodePort: the bridge finds the broker of a kubeconfig at its external endpoint', async () => {
  const { url: server, caPem } = managed.cluster.access;
  scene.put('kubeconfigs/one.yaml', kubeconfigText({ server, caPem, token: managed.bridgeToken }));
  await waitUntil({ what: 'the cluster in the REST API', timeoutMs: SEEN_MS }, async () => {
    return (await client.clusters()).clusters.some(({ id }) => id === managed.id);
  });
  await sees('by-node-port');
});

test('by a port-forward of its own, when the broker has no external endpoint', async () => {
  await kubectl('patch', 'broker', 'meshery-broker', '--type=merge', '-p', '{"spec":{"service":{"type":"ClusterIP"}}}');
  await waitUntil({ what: 'no external endpoint', timeoutMs: SEEN_MS }, async () => {
    return (await kubectl('get', 'broker', 'meshery-broker', '-o', 'jsonpath={.status.endpoint.external}')) === '';
  });
  await scene.compose('restart', 'bridge');
  await sees('by-port-forward');
});

test('after the server has ended by itself, Docker starts it and the bridge finds it', async () => {
  const { State } = await scene.inspect('server');
  await scene.script('server', "process.kill(1, 'SIGTERM')").catch(String);
  await waitUntil({ what: 'another process', timeoutMs: SEEN_MS, everyMs: 500 }, async () => {
    return (await scene.inspect('server')).State.Pid !== State.Pid;
  });
  await scene.healthy('server');
  await sees('after-the-server');
}, 600_000);

test('after a loss of power both come back with what they knew, with keys made anew', async () => {
  const before = await keyOf();
  await scene.engine.kill();
  await scene.engine.up();
  await scene.healthy('server');
  await scene.healthy('bridge');
  expect(await keyOf()).not.toBe(before);
  await sees('after-the-power');
}, 600_000);

const keyOf = (): Promise<string> =>
  scene.script('bridge', "console.log(require('fs').readFileSync('/etc/meshery/ingest/bridge.pem', 'utf8'))");

test('by kubectl port-forward on this machine, with a connection file', async () => {
  scene.take('kubeconfigs/one.yaml');
  const lookup = "require('dns').lookup('host.docker.internal', (error, address) => console.log(address))";
  const address = await scene.script('bridge', lookup);
  const forward = ['port-forward', '--address', address, 'service/meshery-nats', '4222'];
  const args = ['--kubeconfig', managed.cluster.kubeconfigPath, '-n', 'meshery', ...forward];
  const forwarding = await scene.engine.start('port-forward', 'kubectl', args);
  undo.defer(async () => {
    await forwarding.stop();
  });
  await forwarding.ready('forwarding', SEEN_MS, () => Promise.resolve(forwarding.log().includes('Forwarding from')));
  scene.put('connections/one.pem', await secretOf('meshery-nats-ca', 'ca\\.crt'));
  scene.put('connections/one.token', await secretOf('meshery-nats-bridge', 'token'));
  const lines = [
    ...['name: one', 'url: nats://host.docker.internal:4222', `clusterId: ${managed.id}`, 'tokenFile: one.token'],
    'tls: { caFile: one.pem, serverName: meshery-nats.meshery.svc }',
  ];
  scene.put('connections/one.yaml', lines.join('\n'));
  await scene.compose('restart', 'bridge');
  await sees('by-hand');
});

async function secretOf(name: string, key: string): Promise<string> {
  return Buffer.from(await kubectl('get', 'secret', name, '-o', `jsonpath={.data.${key}}`), 'base64').toString();
}

/** How a connection ends that nobody takes. */
function refused(host: string, port: number): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 10_000 });
    socket.once('connect', () => {
      socket.destroy();
      resolve('connected');
    });
    socket.once('timeout', () => {
      socket.destroy();
      resolve('timeout');
    });
    socket.once('error', ({ code = '' }: NodeJS.ErrnoException) => {
      resolve(code);
    });
  });
}
