import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KubeAdmin, kubeconfigText, startControlPlane, waitUntil } from '@meshery/testing';
import type { ControlPlane } from '@meshery/testing';
import { Caller } from './caller.ts';
import type { Answer } from './caller.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

export const connections = '/api/integrations/connections';
const operations = '/api/system/operations';
export const apps = '/apis/apps/v1/namespaces/meshery/deployments';
export const mesh = '/apis/meshery.io/v1alpha2/namespaces/meshery';
export const rbac = '/apis/rbac.authorization.k8s.io/v1';
export const namespace = '/api/v1/namespaces/meshery';
export const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const pollMs = 100;

/** What the operator consists of, beside its namespace. */
export const deployed = [
  '/api/v1/namespaces/meshery/serviceaccounts/meshery-operator',
  '/api/v1/namespaces/meshery/services/meshery-operator-metrics',
  `${apps}/meshery-operator`,
  `${definitions}/brokers.meshery.io`,
  `${definitions}/meshsyncs.meshery.io`,
  `${rbac}/clusterroles/meshery-operator`,
  `${rbac}/clusterroles/meshery-reader-core`,
  `${rbac}/clusterrolebindings/meshery-operator`,
  `${rbac}/namespaces/meshery/roles/meshery-operator-leader`,
  `${rbac}/namespaces/meshery/rolebindings/meshery-operator-leader`,
  '/apis/networking.k8s.io/v1/namespaces/meshery/networkpolicies/meshery-operator',
  `${mesh}/brokers/meshery-broker`,
  `${mesh}/meshsyncs/meshery-meshsync`,
];

export interface Operation {
  readonly kind: string;
  readonly state: string;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly targets: readonly { readonly id: string; readonly message: string }[];
}

export interface Live {
  readonly metadata: {
    readonly name: string;
    readonly uid: string;
    readonly resourceVersion: string;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly managedFields?: readonly { readonly manager: string; readonly operation: string }[];
  };
}

interface Imported {
  readonly erroredContexts: readonly object[];
  readonly connectedContexts: readonly { readonly connectionId: string }[];
  readonly registeredContexts: readonly { readonly connectionId: string }[];
}

interface Part {
  readonly kind: string;
  readonly status: string;
  readonly metadata: { readonly kubernetesConnectionId?: string };
}

/** A rule of a role. */
interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  readonly resourceNames?: readonly string[];
}

const review = { apiVersion: 'authorization.k8s.io/v1', kind: 'SubjectAccessReview' };

/** Who it is and which version of it, of each object. */
export const versions = (live: ReadonlyMap<string, Live>): string[][] =>
  [...live].map(([path, { metadata }]) => [path, metadata.uid, metadata.resourceVersion]);

/** A server and a cluster in operator mode: a real API server whose pods do not run. */
export class OperatorScene {
  readonly plane: ControlPlane;
  readonly admin: KubeAdmin;
  readonly #folder: string;
  server!: TestServer;
  owner!: Caller;

  private constructor(plane: ControlPlane, folder: string) {
    this.plane = plane;
    this.admin = new KubeAdmin(plane);
    this.#folder = folder;
  }

  static async open(): Promise<OperatorScene> {
    const scene = new OperatorScene(await startControlPlane(), await mkdtemp(join(tmpdir(), 'meshery-operator-mode-')));
    // As where the server itself runs there.
    await scene.admin.create('/api/v1/namespaces', { metadata: { name: 'meshery' } });
    await scene.start();
    return scene;
  }

  async close(): Promise<void> {
    await this.server.stop();
    this.admin.close();
    await this.plane.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** The same data folder under a server that knows no cluster of its own, unless told. */
  async start(kubeconfigPath?: string, settings: Record<string, string> = {}): Promise<void> {
    const env = { MESHERY_OPERATOR_POLL_MS: String(pollMs), MESHERY_IMAGE_REGISTRY: 'registry.example.com/m' };
    const argv = ['--kubeconfig', kubeconfigPath ?? join(this.#folder, 'none.yaml')];
    this.server = await startTestServer({ folder: this.#folder, argv, env: { ...env, ...settings } });
    this.owner = Caller.owner(this.server);
  }

  kubeconfig(name: string, token: string): string {
    return kubeconfigText({ name, token, server: this.plane.url, caPem: this.plane.caPem });
  }

  /** Uploads a kubeconfig; the id of the connection that was made. */
  async upload(name: string, mode: string, token = this.plane.adminToken): Promise<string> {
    const form = new FormData();
    form.set('meshsync_deployment_mode', mode);
    form.set('k8sfile', new Blob([this.kubeconfig(name, token)]), 'config.yaml');
    const { body } = await this.owner.upload('/api/system/kubernetes', form);
    const { erroredContexts, connectedContexts, registeredContexts } = body as Imported;
    expect(erroredContexts).toEqual([]);
    const [made] = [...connectedContexts, ...registeredContexts];
    return made?.connectionId ?? '';
  }

  /** The operations about the operator of a connection, newest first. */
  async operationsOf(id: string): Promise<readonly Operation[]> {
    const { body } = await this.owner.get(`${operations}?pagesize=100`);
    return (body as { operations: readonly Operation[] }).operations.filter(({ targets }) =>
      targets.some((target) => target.id === id),
    );
  }

  /** The newest operation of a kind about a connection, once it ended like this. */
  ended(id: string, kind: string, state = 'succeeded'): Promise<Operation> {
    const explain = async (): Promise<string> => JSON.stringify(await this.operationsOf(id));
    return waitUntil({ what: `${kind} ${state}`, timeoutMs: 60_000, explain }, async () => {
      const newest = (await this.operationsOf(id)).find((one) => one.kind === kind);
      return newest?.state === state ? newest : undefined;
    });
  }

  /** What there is of the operator, by path. */
  async inCluster(): Promise<ReadonlyMap<string, Live>> {
    const found = await Promise.all(
      deployed.map(async (path) => {
        const { status, body } = await this.admin.send({ path });
        return status === 200 ? ([[path, JSON.parse(body.toString('utf8')) as Live]] as const) : [];
      }),
    );
    return new Map(found.flat());
  }

  gone(): Promise<unknown> {
    const explain = async (): Promise<string> => [...(await this.inCluster()).keys()].join(' ');
    return waitUntil(
      { what: 'nothing left of the operator', timeoutMs: 60_000, explain },
      async () => (await this.inCluster()).size === 0,
    );
  }

  /** Status by kind of the connections to the parts of a cluster. */
  async parts(id: string): Promise<Readonly<Record<string, string>>> {
    const kinds = encodeURIComponent('["operator","meshsync","broker"]');
    const { body } = await this.owner.get(`${connections}?kind=${kinds}&pagesize=100`);
    const own = (body as { connections: readonly Part[] }).connections.filter(
      ({ metadata }) => metadata.kubernetesConnectionId === id,
    );
    return Object.fromEntries(own.map(({ kind, status }) => [kind, status]));
  }

  partsAre(id: string, wanted: Readonly<Record<string, string>>): Promise<unknown> {
    const explain = async (): Promise<string> => JSON.stringify(await this.parts(id));
    return waitUntil({ what: `parts ${JSON.stringify(wanted)}`, timeoutMs: 60_000, explain }, async () => {
      const now = await this.parts(id);
      return (
        Object.keys(now).length === Object.keys(wanted).length &&
        Object.entries(wanted).every(([kind, status]) => now[kind] === status)
      );
    });
  }

  async setMode(id: string, mode: string): Promise<Answer> {
    return this.owner.post(`${connections}/${id}/actions`, { action: 'setMeshsyncMode', mode });
  }

  /** Everything deployed and nothing under way. */
  async settled(id: string): Promise<void> {
    await waitUntil({ what: 'settled', timeoutMs: 60_000 }, async () => {
      const running = (await this.operationsOf(id)).filter(({ state }) => state === 'running').length;
      return (
        running === 0 &&
        (await this.inCluster()).size === deployed.length &&
        Object.keys(await this.parts(id)).length === 3
      );
    });
  }

  /** Resolves when the rights count. */
  async bind(name: string, rules: readonly [Rule, ...Rule[]], account = name): Promise<void> {
    await this.admin.create(`${rbac}/clusterroles`, { metadata: { name }, rules });
    const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name };
    const subjects = [{ kind: 'ServiceAccount', name: account, namespace: 'default' }];
    await this.admin.create(`${rbac}/clusterrolebindings`, { metadata: { name }, roleRef, subjects });
    const [{ apiGroups, resources, verbs, resourceNames = [] }] = rules;
    const asked = { group: apiGroups[0], resource: resources[0], verb: verbs.at(-1), name: resourceNames[0] };
    const user = `system:serviceaccount:default:${account}`;
    await waitUntil({ what: `the rights of ${name}`, timeoutMs: 60_000 }, async () => {
      const answer = await this.admin.json<{ readonly status: { readonly allowed: boolean } }>({
        method: 'POST',
        path: '/apis/authorization.k8s.io/v1/subjectaccessreviews',
        body: { ...review, spec: { user, resourceAttributes: asked } },
      });
      return answer.status.allowed;
    });
  }

  async tokenOf(account: string): Promise<string> {
    const path = `/api/v1/namespaces/default/serviceaccounts/${account}/token`;
    const answer = await this.admin.json<{ readonly status: { readonly token: string } }>({
      method: 'POST',
      path,
      body: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} },
    });
    return answer.status.token;
  }
}
