import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type ControlPlane,
  ServiceProcess,
  freePorts,
  makeTempDir,
  minimalControllers,
  runCommand,
  runCommandAnyway,
  startControlPlane,
  waitUntil,
  writeKubeconfig,
} from '@meshery/testing';
import { type Rendered, kustomization, kustomized, podOf } from '../support/installation.ts';

const account = 'system:serviceaccount:meshery:meshery-operator';
const dir = makeTempDir('operator-rights');
const auditLog = join(dir.path, 'audit.log');

let plane: ControlPlane;
let operator: ServiceProcess | undefined;

/** The installed operator's own account, and everything that it asks of the API server in a log. */
beforeAll(async () => {
  const policy = join(dir.path, 'audit-policy.json');
  const rules = [{ level: 'Metadata', users: [account], omitStages: ['RequestReceived'] }, { level: 'None' }];
  writeFileSync(policy, JSON.stringify({ apiVersion: 'audit.k8s.io/v1', kind: 'Policy', rules }));
  plane = await startControlPlane({
    controllers: [...minimalControllers, 'clusterrole-aggregation-controller'],
    apiServerArgs: [`--audit-policy-file=${policy}`, `--audit-log-path=${auditLog}`],
  });
  await kubectl('apply', '--server-side', '-k', kustomization('operator'));
  await kubectl('wait', '--for=condition=Established', '--timeout=30s', 'crd', '--all');
  operator = await startOperator();
}, 300_000);

afterAll(async () => {
  await operator?.stop();
  await plane.stop();
  dir.remove();
});

function kubectl(...args: string[]): Promise<string> {
  return runCommand('kubectl', ['--kubeconfig', plane.kubeconfigPath, ...args]);
}

async function startOperator(): Promise<ServiceProcess> {
  const token = (await kubectl('-n', 'meshery', 'create', 'token', 'meshery-operator')).trim();
  const path = join(dir.path, 'kubeconfig');
  const [metrics = 0, health = 0] = await freePorts(2);
  const started = new ServiceProcess({
    name: 'operator',
    args: [
      '--enable-leader-election',
      `--metrics-addr=127.0.0.1:${String(metrics)}`,
      `--health-probe-bind-address=127.0.0.1:${String(health)}`,
    ],
    env: {
      KUBECONFIG: writeKubeconfig({ path, server: plane.url, caPem: plane.caPem, token }),
      POD_NAMESPACE: 'meshery',
      POD_NAME: 'one',
    },
    readyUrl: `http://127.0.0.1:${String(health)}/readyz`,
    liveUrl: `http://127.0.0.1:${String(health)}/healthz`,
  });
  await started.up();
  await started.ready();
  return started;
}

interface AuditEvent {
  readonly verb: string;
  readonly requestURI: string;
  readonly responseStatus?: { readonly code: number };
  readonly objectRef?: { readonly apiGroup?: string; readonly resource?: string; readonly subresource?: string };
}

/** What the operator asked of the API server so far. */
function asked(): AuditEvent[] {
  // What follows the last end of a line is still being written.
  const lines = readFileSync(auditLog, 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line) as AuditEvent);
}

/** "verb path" of everything that it was refused. */
function refused(): string[] {
  const denied = asked().filter(({ responseStatus }) => responseStatus?.code === 403);
  return denied.map(({ verb, requestURI }) => `${verb} ${requestURI}`);
}

/** "group/resource" of everything that it asked for. */
function used(): Set<string> {
  const references = asked().flatMap(({ objectRef }) => objectRef ?? []);
  return new Set(
    references.map(({ apiGroup = '', resource = '', subresource }) =>
      [apiGroup, resource, ...(subresource === undefined ? [] : [subresource])].join('/'),
    ),
  );
}

/** The same of everything that it may ask for. */
async function granted(): Promise<string[]> {
  const role = (await kustomized('operator')).get('ClusterRole meshery-operator') as unknown as {
    readonly rules: readonly { readonly apiGroups: string[]; readonly resources: string[] }[];
  };
  return role.rules.flatMap(({ apiGroups, resources }) =>
    apiGroups.flatMap((group) => resources.map((resource) => `${group}/${resource}`)),
  );
}

async function made(what: string): Promise<Rendered> {
  const read = async (): Promise<Rendered> =>
    JSON.parse(await kubectl('-n', 'meshery', 'get', what, '-o', 'json')) as Rendered;
  const conditions = ['-o', 'jsonpath={range .items[*]}{.kind} {.status.conditions}{"\\n"}{end}'];
  const explain = async (): Promise<string> =>
    `${await kubectl('-n', 'meshery', 'get', 'brokers,meshsyncs', ...conditions)}${refused().join('\n')}`;
  return waitUntil({ what: `${what} of the operator`, timeoutMs: 60_000, explain }, read);
}

async function apply(kind: string, name: string, spec: object): Promise<void> {
  const object = { apiVersion: 'meshery.io/v1alpha2', kind, metadata: { name, namespace: 'meshery' }, spec };
  const input = JSON.stringify(object);
  await runCommand('kubectl', ['--kubeconfig', plane.kubeconfigPath, 'apply', '-f', '-'], { input });
}

/** Whether the agent that stands by in turn may do this to a Lease. */
async function agentMay(verb: string, lease: string): Promise<string> {
  const as = '--as=system:serviceaccount:meshery:another';
  const args = ['--kubeconfig', plane.kubeconfigPath, '-n', 'meshery', 'auth', 'can-i', verb, `leases/${lease}`, as];
  return (await runCommandAnyway('kubectl', args)).stdout.trim();
}

const custom = { custom: { url: 'nats://broker.example.com:4222' } };
const agents = ['meshery-meshsync', 'another'];

test('the shipped rights are enough to make brokers and agents of every kind, and to take them away', async () => {
  await apply('Broker', 'meshery-broker', { size: 3, exporter: { enabled: true }, service: { type: 'NodePort' } });
  await apply('MeshSync', 'meshery-meshsync', { broker: custom });
  await apply('MeshSync', 'another', { broker: custom, clusterRole: 'meshery-reader-all', size: 2 });
  await made('statefulset/meshery-nats');
  await made('poddisruptionbudget/meshery-nats');
  for (const name of agents) {
    await made(`deployment/${name}`);
    await made(`clusterrolebinding/meshery-meshsync:meshery:${name}`);
  }
  await made('lease/another');
  // The API server grants a role a moment after it has stored it.
  const granted = { what: 'the right to the Lease', timeoutMs: 60_000 };
  await waitUntil(granted, async () => (await agentMay('update', 'another')) === 'yes');
  expect(await agentMay('update', 'meshery-meshsync')).toBe('no');
  await apply('MeshSync', 'another', { broker: custom, clusterRole: 'meshery-reader-core' });
  await kubectl('-n', 'meshery', 'delete', 'meshsync', 'another');
  await waitUntil({ what: 'the end of the binding', timeoutMs: 60_000 }, async () => {
    return !(await kubectl('get', 'clusterrolebindings', '-o', 'name')).includes(':another');
  });
  expect(refused()).toEqual([]);
});

test('what it makes is admitted where only the restricted profile is', async () => {
  for (const what of ['statefulset/meshery-nats', 'deployment/meshery-meshsync']) {
    const pod = podOf(await made(what)) as { spec: { serviceAccountName?: string } };
    const input = JSON.stringify(pod);
    const args = ['--kubeconfig', plane.kubeconfigPath, 'create', '--dry-run=server', '-f', '-'];
    expect(await runCommand('kubectl', args, { input })).toContain('created (server dry run)');
  }
});

/** What the test does not reach, and why. */
const notReached = [
  // No request is made for these: admission and the check against escalation look at them.
  'meshery.io/brokers/finalizers',
  'meshery.io/meshsyncs/finalizers',
  'rbac.authorization.k8s.io/clusterroles',
  // There is no cert-manager, nobody asks for metrics, and no agent gets ready.
  'cert-manager.io/certificates',
  'authentication.k8s.io/tokenreviews',
  'authorization.k8s.io/subjectaccessreviews',
  '/pods',
  '/events',
];

test('it has no right without a use', async () => {
  const asking = used();
  const unused = (await granted()).filter((right) => !asking.has(right));
  expect(unused.sort()).toEqual(notReached.sort());
});
