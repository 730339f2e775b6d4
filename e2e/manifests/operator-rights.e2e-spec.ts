import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type ControlPlane,
  ServiceProcess,
  freePorts,
  makeTempDir,
  minimalControllers,
  runCommand,
  startControlPlane,
  waitUntil,
  writeKubeconfig,
} from '@meshery/testing';
import { type Rendered, kustomization, podOf } from '../support/installation.ts';

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

/** "verb resource" of everything that the operator was refused. */
function refused(): string[] {
  const lines = readFileSync(auditLog, 'utf8').trim().split('\n');
  const events = lines.map((line) => JSON.parse(line) as AuditEvent);
  expect(events.length).toBeGreaterThan(20);
  const denied = events.filter(({ responseStatus }) => responseStatus?.code === 403);
  return denied.map(({ verb, requestURI }) => `${verb} ${requestURI}`);
}

interface AuditEvent {
  readonly verb: string;
  readonly requestURI: string;
  readonly responseStatus?: { readonly code: number };
}

async function made(what: string): Promise<Rendered> {
  const read = async (): Promise<Rendered> =>
    JSON.parse(await kubectl('-n', 'meshery', 'get', what, '-o', 'json')) as Rendered;
  const conditions = ['-o', 'jsonpath={range .items[*]}{.kind} {.status.conditions}{"\\n"}{end}'];
  const explain = async (): Promise<string> =>
    `${await kubectl('-n', 'meshery', 'get', 'brokers,meshsyncs', ...conditions)}${refused().join('\n')}`;
  return waitUntil({ what: `${what} of the operator`, timeoutMs: 20_000, explain }, read);
}

async function apply(kind: string, name: string, spec: object): Promise<void> {
  const object = { apiVersion: 'meshery.io/v1alpha2', kind, metadata: { name, namespace: 'meshery' }, spec };
  const input = JSON.stringify(object);
  await runCommand('kubectl', ['--kubeconfig', plane.kubeconfigPath, 'apply', '-f', '-'], { input });
}

const custom = { custom: { url: 'nats://broker.example.com:4222' } };
const agents = ['meshery-meshsync', 'another'];

test('the shipped rights are enough to make brokers and agents of every kind, and to take them away', async () => {
  await apply('Broker', 'meshery-broker', { size: 3, exporter: { enabled: true }, service: { type: 'NodePort' } });
  await apply('MeshSync', 'meshery-meshsync', { broker: custom });
  await apply('MeshSync', 'another', { broker: custom, clusterRole: 'meshery-reader-all' });
  await made('statefulset/meshery-nats');
  await made('poddisruptionbudget/meshery-nats');
  for (const name of agents) {
    await made(`deployment/${name}`);
    await made(`clusterrolebinding/meshery-meshsync:meshery:${name}`);
  }
  await apply('MeshSync', 'another', { broker: custom, clusterRole: 'meshery-reader-core' });
  await kubectl('-n', 'meshery', 'delete', 'meshsync', 'another');
  await waitUntil({ what: 'the end of the binding', timeoutMs: 20_000 }, async () => {
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
