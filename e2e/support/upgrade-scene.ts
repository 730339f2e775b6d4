import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import {
  type CommitBuild,
  InstalledScene,
  type InventoryClient,
  Oracle,
  type Part,
  describeDiff,
  diffStates,
  httpRequest,
  kustomization,
  makeTempDir,
  runCommand,
  waitUntil,
} from '@meshery/testing';
import { parseAllDocuments } from 'yaml';
import { SteadyWriter } from './steady-writer.ts';

/** What is deployed on its own, in the order of an upgrade. */
export const components = ['server', 'operator', 'meshsync', 'broker-bridge'] as const;

/** One of them, by the name of its image. */
export type Component = (typeof components)[number];

/** What users have, and what they go to. */
export type Version = 'N-1' | 'N';

type Versions = Readonly<Record<Component, Version>>;

/** An object of an installation, or one that runs. */
interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec?: object;
}

interface Volume {
  readonly spec: { readonly hostPath?: { readonly path: string } };
}

interface ContainerStatus {
  readonly image: string;
  readonly ready: boolean;
  readonly restartCount: number;
}

interface Pod {
  readonly metadata: { readonly name: string };
  readonly status: {
    readonly podIP?: string;
    readonly initContainerStatuses?: readonly ContainerStatus[];
    readonly containerStatuses?: readonly ContainerStatus[];
  };
}

interface Managed extends Manifest {
  readonly metadata: Manifest['metadata'] & { readonly generation: number };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly version?: string;
    readonly probe?: { readonly id: string; readonly hop: string; readonly result: string };
    readonly conditions?: readonly Readonly<Record<'type' | 'status' | 'reason' | 'message', string>>[];
  };
}

const repository = 'localhost/meshery-ts';
const pods = '/api/v1/namespaces/meshery/pods';
const managed = ['brokers/meshery-broker', 'meshsyncs/meshery-meshsync'].map(
  (name) => `/apis/meshery.io/v1alpha2/namespaces/meshery/${name}`,
);
const READY_MS = 90_000;
const bridgePort = 9083;
/** The role that reads every kind, so that every kind is compared. */
const clusterRole = 'meshery-reader-all';
const good: Readonly<Record<string, string>> = { Ready: 'True', Progressing: 'False', Degraded: 'False' };

/** The product on a real node, where each component runs in a version of its own, while a writer writes. */
export class UpgradeScene {
  readonly writer: SteadyWriter;
  readonly #installed: InstalledScene;
  readonly #builds: Readonly<Record<Version, Pick<CommitBuild, 'tag' | 'deploy'>>>;
  readonly #undo: AsyncDisposableStack;
  readonly #dir = makeTempDir('upgrade');
  #versions: Versions = { server: 'N-1', operator: 'N-1', meshsync: 'N-1', 'broker-bridge': 'N-1' };
  #client: InventoryClient | undefined;

  private constructor(installed: InstalledScene, previous: CommitBuild, tag: string, undo: AsyncDisposableStack) {
    this.#installed = installed;
    this.#builds = { 'N-1': previous, N: { tag, deploy: `${kustomization('server')}/../..` } };
    this.#undo = undo;
    this.#undo.defer(() => {
      this.#dir.remove();
    });
    this.writer = new SteadyWriter(installed.cluster.admin);
  }

  /** Starts the cluster with the images of both versions; nothing is installed yet. */
  static async start(commit: string): Promise<UpgradeScene> {
    await using undo = new AsyncDisposableStack();
    const installed = await InstalledScene.start({ images: ['nats-server', 'nats-config-reloader'] });
    undo.defer(() => installed.stop());
    const previous = await installed.cluster.importCommit(commit);
    const references = await installed.cluster.importImages(...components);
    const tag = references.get('server')?.split(':').at(-1) ?? '';
    return new UpgradeScene(installed, previous, tag, undo.move());
  }

  async stop(): Promise<void> {
    this.#client?.close();
    await this.writer.pause().finally(() => this.#undo.disposeAsync());
  }

  /** Installs N-1 by its own manifests and signs in. */
  async install(): Promise<void> {
    await this.#apply(await this.#manifests('operator', 'N-1'));
    await this.#apply(await this.#manifests('server', 'N-1'));
    this.#client = await this.#installed.signIn();
    await this.#runsAsWanted();
  }

  /** Brings our kinds to N. */
  async upgradeDefinitions(): Promise<void> {
    const manifests = await this.#manifests('operator', 'N');
    await this.#apply(manifests.filter(isDefinition));
  }

  /** Brings one component to a version by the manifests of that version; our kinds stay as they are. */
  async move(component: Component, version: Version): Promise<void> {
    if (component === 'server' && version === 'N-1') await this.#setUserDataAside();
    this.#versions = { ...this.#versions, [component]: version };
    const part = component === 'operator' ? 'operator' : 'server';
    const manifests = await this.#manifests(part, this.#versions[part]);
    await this.#apply(manifests.filter((manifest) => !isDefinition(manifest)));
    await this.#runsAsWanted();
  }

  /** N-1 refuses what N keeps of users; there is no backup, because N-1 kept nothing. */
  async #setUserDataAside(): Promise<void> {
    const manifests = await this.#manifests('server', this.#versions.server);
    const isServer = ({ kind, metadata }: Manifest): boolean => kind === 'Deployment' && metadata.name === 'meshery';
    await this.#apply(
      manifests.filter(isServer).map((manifest) => ({ ...manifest, spec: { ...manifest.spec, replicas: 0 } })),
    );
    await waitUntil({ what: 'the end of the server', timeoutMs: READY_MS, everyMs: 250 }, async () => {
      return (await this.#containers()).every(({ image }) => partsOf(image).name !== 'server');
    });
    const { items } = await this.#installed.cluster.admin.json<{ readonly items: readonly Volume[] }>({
      path: '/api/v1/persistentvolumes',
    });
    const files = items
      .map(({ spec }) => join(spec.hostPath?.path ?? '', 'meshery.db'))
      .filter((file) => existsSync(file));
    expect(files).toHaveLength(1);
    for (const file of files) renameSync(file, `${file}.newer`);
  }

  /** The version that the only container of each component runs, by the pods' status: once all of them are ready. */
  async running(): Promise<Versions> {
    let seen: Partial<Versions> = {};
    const explain = async () => `${JSON.stringify(seen)}\n${await this.#installed.explain()}`;
    await waitUntil({ what: 'the wanted versions', timeoutMs: READY_MS, everyMs: 250, explain }, async () => {
      seen = await this.#versionsSeen();
      return components.every((component) => seen[component] === this.#versions[component]);
    });
    return this.#versions;
  }

  async #versionsSeen(): Promise<Partial<Versions>> {
    const found: Partial<Record<Component, Version>> = {};
    for (const { image, ready } of await this.#containers()) {
      const { name, tag } = partsOf(image);
      if (!isComponent(name)) continue;
      if (name in found || !ready) return {};
      found[name] = tag === this.#builds.N.tag ? 'N' : 'N-1';
    }
    return found;
  }

  /** Stops writing and waits until the server says exactly what the cluster and the ledger say. */
  async inSync(): Promise<void> {
    await this.writer.pause();
    const client = () => this.#signedIn();
    await using oracle = await Oracle.open({
      kubeconfig: this.#installed.cluster.kubeconfigPath,
      client,
    });
    await oracle.expectInSync(READY_MS);
    const [cluster] = (await client().clusters()).clusters;
    const rows = await client().states(cluster?.id ?? '');
    const written = rows.filter((row) => this.writer.isOwn(row));
    expect(describeDiff(diffStates(this.writer.expected, written))).toBe('the store equals the cluster');
  }

  /** Waits until nothing says that something is wrong, after the operator that runs has looked at everything. */
  async wellAgain(): Promise<void> {
    await this.#noComplaints();
    await this.#probe(`after-write-${String(this.writer.writes)}`);
    await this.#noComplaints();
  }

  /** Names of the images whose container ended and was started anew. */
  async restarted(): Promise<readonly string[]> {
    const restarted = (await this.#containers()).filter(({ restartCount }) => restartCount > 0);
    return restarted.map(({ image }) => partsOf(image).name);
  }

  async #runsAsWanted(): Promise<void> {
    await this.running();
    this.#client = await this.#installed.reach(this.#signedIn());
  }

  async #noComplaints(): Promise<void> {
    let complaints: readonly string[] = [];
    const explain = (): string => complaints.join('\n');
    await waitUntil({ what: 'everything being well', timeoutMs: READY_MS, everyMs: 500, explain }, async () => {
      complaints = await this.#complaints();
      return complaints.length === 0;
    });
  }

  /** The operator that leads answers, and asks the agent and the broker. */
  async #probe(id: string): Promise<void> {
    const change = { metadata: { annotations: { 'meshery.io/probe': id } } };
    for (const path of managed) {
      await this.#installed.cluster.admin.patch(path, change);
      const probe = await waitUntil({ what: `${id} of ${path}`, timeoutMs: READY_MS }, async () => {
        const found = (await this.#installed.cluster.admin.json<Managed>({ path })).status?.probe;
        return found?.id === id ? found : undefined;
      });
      expect(probe).toMatchObject({ hop: 'broker', result: 'ok' });
    }
  }

  async #complaints(): Promise<readonly string[]> {
    const { admin } = this.#installed.cluster;
    const found = await Promise.all(managed.map((path) => admin.json<Managed>({ path })));
    const wanted = this.#builds[this.#versions.meshsync].tag;
    const version = found.find(({ kind }) => kind === 'MeshSync')?.status?.version;
    const { clusters } = await this.#signedIn().clusters();
    return [
      ...found.flatMap(wrongOf),
      ...(version === wanted ? [] : [`MeshSync has version ${String(version)}`]),
      ...clusters
        .filter(({ state }) => state !== 'in-sync')
        .map(({ state, message }) => `cluster ${state}: ${message}`),
      ...(await this.#bridgeComplaints()),
    ];
  }

  async #bridgeComplaints(): Promise<readonly string[]> {
    const selector = encodeURIComponent('app.kubernetes.io/name=meshery');
    const { items } = await this.#installed.cluster.admin.json<{ readonly items: readonly Pod[] }>({
      path: `${pods}?labelSelector=${selector}`,
    });
    const url = `http://${items[0]?.status.podIP ?? ''}:${String(bridgePort)}/healthz/ready`;
    const { status, body } = await httpRequest(url);
    const said = body.toString('utf8');
    return status === 200 && !said.includes('"reason"') ? [] : [`bridge: ${said}`];
  }

  async #containers(): Promise<readonly ContainerStatus[]> {
    const { items } = await this.#installed.cluster.admin.json<{ readonly items: readonly Pod[] }>({
      path: pods,
    });
    return items.flatMap(({ status }) => [
      ...(status.initContainerStatuses ?? []),
      ...(status.containerStatuses ?? []),
    ]);
  }

  /** What a version installs, by a kustomization as users have it: each component has its own tag. */
  async #manifests(part: Part, version: Version): Promise<readonly Manifest[]> {
    const tagOf = (component: Component): string => this.#builds[this.#versions[component]].tag;
    const settings = { image: { repository: `${repository}/meshsync` }, version: tagOf('meshsync'), clusterRole };
    const agent = Object.entries(settings).map(([name, value]) => ({ op: 'add', path: `/spec/${name}`, value }));
    const kustomization = {
      resources: [relative(this.#dir.path, `${this.#builds[version].deploy}/kustomize/${part}`)],
      images: components.map((name) => ({ name: `${repository}/${name}`, newTag: tagOf(name) })),
      patches: part === 'server' ? [{ target: { kind: 'MeshSync' }, patch: JSON.stringify(agent) }] : [],
    };
    writeFileSync(join(this.#dir.path, 'kustomization.yaml'), JSON.stringify(kustomization));
    const text = await runCommand('kubectl', ['kustomize', this.#dir.path]);
    return parseAllDocuments(text, { version: '1.1' }).map((document) => document.toJS() as Manifest);
  }

  async #apply(items: readonly Manifest[]): Promise<void> {
    const input = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
    const { kubeconfigPath } = this.#installed.cluster;
    await runCommand('kubectl', ['--kubeconfig', kubeconfigPath, 'apply', '--server-side', '-f', '-'], { input });
  }

  #signedIn(): InventoryClient {
    if (this.#client === undefined) throw new Error('nothing is installed yet');
    return this.#client;
  }
}

function isDefinition({ kind }: Manifest): boolean {
  return kind === 'CustomResourceDefinition';
}

function isComponent(name: string): name is Component {
  return (components as readonly string[]).includes(name);
}

function partsOf(image: string): { readonly name: string; readonly tag: string } {
  const [, name = image, tag = ''] = /^localhost\/meshery-ts\/([\w-]+):(\S+)$/.exec(image) ?? [];
  return { name, tag };
}

function wrongOf({ kind, metadata, status = {} }: Managed): readonly string[] {
  const { observedGeneration, conditions = [] } = status;
  const unseen = observedGeneration === metadata.generation ? [] : [`${kind}: its newest spec was not seen`];
  const wrong = conditions.filter(({ type, status: holds }) => (good[type] ?? 'True') !== holds);
  return [
    ...unseen,
    ...wrong.map(({ type, status: holds, reason, message }) => `${kind} ${type}=${holds} ${reason}: ${message}`),
  ];
}
