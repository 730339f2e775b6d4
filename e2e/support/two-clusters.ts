import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  MesheryServer,
  NodeCluster,
  ServiceProcess,
  freePort,
  kustomization,
  makeTempDir,
  runCommand,
  waitUntil,
  writeKubeconfig,
} from '@meshery/testing';
import type { TempDir } from '@meshery/testing';

const READY = '--timeout=120s';
/** What an operator needs to run. */
export const operatorImages = ['operator', 'meshsync', 'nats-server', 'nats-config-reloader'];
const agent = { apiVersion: 'meshery.io/v1alpha2', kind: 'MeshSync', metadata: { name: 'meshery-meshsync' } };
const broker = { apiVersion: 'meshery.io/v1alpha2', kind: 'Broker', metadata: { name: 'meshery-broker' } };

/** One cluster with its operator, broker and agent. */
export interface Managed {
  readonly cluster: NodeCluster;
  /** Uid of namespace kube-system. */
  readonly id: string;
  /** Of ServiceAccount `bridge`, which has the rights that the guide tells to give it, and no others. */
  readonly bridgeToken: string;
}

/** A cluster whose broker is reached from outside through a Service of this type, or a port-forward for ClusterIP. */
export async function managedCluster(type: 'NodePort' | 'ClusterIP'): Promise<Managed> {
  const cluster = await NodeCluster.start();
  try {
    await cluster.importImages(...operatorImages);
    await kubectl(cluster, ['apply', '-k', kustomization('operator')]);
    await apply(cluster, { ...broker, spec: { service: { type }, tls: { mode: 'required' } } });
    await apply(cluster, { ...agent, spec: { broker: { native: { name: 'meshery-broker', namespace: 'meshery' } } } });
    const { metadata } = await cluster.admin.json({ path: '/api/v1/namespaces/kube-system' });
    return { cluster, id: metadata.uid, bridgeToken: await bridgeAccount(cluster) };
  } catch (error) {
    await cluster.stop();
    throw error;
  }
}

/** Does what the guide says. */
async function bridgeAccount(cluster: NodeCluster): Promise<string> {
  const guide = readFileSync(new URL('../../docs/guides/connect-a-cluster.md', import.meta.url), 'utf8');
  const [, rights] = /^ *```yaml\n *# bridge-rights\.yaml\n([^]*?)^ *```$/m.exec(guide) ?? [];
  await kubectl(cluster, ['-n', 'meshery', 'create', 'serviceaccount', 'bridge']);
  await kubectl(cluster, ['apply', '-f', '-'], (rights ?? '').replaceAll(/^ {3}/gm, ''));
  return (await kubectl(cluster, ['-n', 'meshery', 'create', 'token', 'bridge', '--duration=2h'])).trim();
}

/** Waits until operator, broker and agent of a cluster say that they are well. */
export async function allReady({ cluster }: Managed): Promise<void> {
  for (const resource of ['broker/meshery-broker', 'meshsync/meshery-meshsync']) {
    await kubectl(cluster, ['-n', 'meshery', 'wait', resource, '--for=condition=Ready', READY]);
  }
}

/** The part of a condition's status that is compared. */
export async function readyOf({ cluster }: Managed, resource: string): Promise<string> {
  const path = 'jsonpath={.status.conditions[?(@.type=="Ready")].status}';
  return kubectl(cluster, ['-n', 'meshery', 'get', resource, '-o', path]);
}

function kubectl(cluster: NodeCluster, args: readonly string[], input?: string): Promise<string> {
  // Longer than anything that kubectl itself is told to wait.
  const options = { timeoutMs: 240_000, ...(input === undefined ? {} : { input }) };
  return runCommand('kubectl', ['--kubeconfig', cluster.kubeconfigPath, ...args], options);
}

async function apply(cluster: NodeCluster, object: object): Promise<void> {
  await kubectl(cluster, ['-n', 'meshery', 'apply', '-f', '-'], JSON.stringify(object));
}

/** One server outside of all clusters, and its bridge. */
export class OutsideServer {
  readonly server: MesheryServer;
  readonly #bridge: ServiceProcess;

  private constructor(server: MesheryServer, bridge: ServiceProcess) {
    this.server = server;
    this.#bridge = bridge;
  }

  /** A bridge that finds the brokers of clusters by their kubeconfigs. */
  static start(clusters: readonly Managed[]): Promise<OutsideServer> {
    const dir = makeTempDir('bridge');
    const folder = join(dir.path, 'kubeconfigs');
    mkdirSync(folder);
    clusters.forEach(({ cluster: { access }, bridgeToken: token }, index) => {
      const path = join(folder, `cluster-${String(index)}.yaml`);
      writeKubeconfig({ path, server: access.url, caPem: access.caPem, token });
    });
    return OutsideServer.#start({ MESHERY_BRIDGE_KUBECONFIGS: folder }, dir);
  }

  /** A bridge that hears from the server which clusters there are. */
  static fromServer(): Promise<OutsideServer> {
    return OutsideServer.#start({ MESHERY_BRIDGE_FROM_SERVER: 'true' }, makeTempDir('bridge'));
  }

  static async #start(source: Readonly<Record<string, string>>, dir: TempDir): Promise<OutsideServer> {
    const server = await MesheryServer.start({ kubeconfig: join(dir.path, 'none.yaml') });
    const keys = join(server.dataDir, 'ingest');
    const port = String(await freePort());
    const url = `http://127.0.0.1:${port}`;
    const env = {
      ...source,
      MESHERY_BRIDGE_SERVER: `127.0.0.1:${String(server.grpcPort)}`,
      MESHERY_BRIDGE_CA: join(keys, 'ca.pem'),
      MESHERY_BRIDGE_CERT: join(keys, 'bridge.pem'),
      MESHERY_BRIDGE_KEY: join(keys, 'bridge-key.pem'),
      PORT: port,
    };
    const urls = { liveUrl: `${url}/healthz/live`, readyUrl: `${url}/healthz/ready` };
    const bridge = new ServiceProcess({ name: 'broker-bridge', args: [], env, ...urls }, dir);
    const outside = new OutsideServer(server, bridge);
    await bridge.up();
    return outside;
  }

  async stop(): Promise<void> {
    await this.#bridge.stop();
    await this.server.stop();
  }

  /** True when the server has this ConfigMap in this cluster. */
  async has({ id }: Pick<Managed, 'id'>, name: string): Promise<boolean> {
    const page = await this.server.client.page(id, `kind=ConfigMap&search=${name}&pagesize=5`).catch(() => undefined);
    return page?.resources.some(({ metadata }) => metadata.name === name) ?? false;
  }

  /** Waits until the server has this ConfigMap in this cluster. */
  async sees(managed: Pick<Managed, 'id'>, name: string, timeoutMs: number): Promise<void> {
    await waitUntil({ what: `${name} in the server`, timeoutMs }, () => this.has(managed, name));
  }
}

/** Makes a ConfigMap in a cluster. */
export async function write({ cluster }: Pick<Managed, 'cluster'>, name: string): Promise<void> {
  await cluster.admin.create('/api/v1/namespaces/default/configmaps', { metadata: { name }, data: { a: 'b' } });
}
