import { type KubeObject, type OperatorProcess, waitUntil } from '@meshery/testing';
import { ManagedCluster } from '../support/managed-cluster.ts';

const role = '/apis/rbac.authorization.k8s.io/v1/clusterroles/meshery-operator';

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

let cluster: ManagedCluster;
let operator: OperatorProcess;

beforeAll(async () => {
  cluster = await ManagedCluster.start();
  operator = await cluster.startOperator();
  await cluster.create('brokers', 'main', {});
  await cluster.create('brokers', 'open', { service: { type: 'NodePort' } });
  await cluster.create('meshsyncs', 'main', { broker: { native: { name: 'main' } } });
  await cluster.settled();
}, 300_000);

afterAll(async () => {
  await operator.stop();
  await cluster.stop();
});

/** The rules without one verb of one resource. */
function without(rules: readonly Rule[], verb: string, resource: string): readonly Rule[] {
  return rules.flatMap((rule) => {
    if (!rule.resources.includes(resource) || !rule.verbs.includes(verb)) return [rule];
    const others = { ...rule, resources: rule.resources.filter((name) => name !== resource) };
    const less = { ...rule, resources: [resource], verbs: rule.verbs.filter((name) => name !== verb) };
    return others.resources.length === 0 ? [less] : [others, less];
  });
}

/** Waits until the API server refuses it: it goes by a role that it stored a moment ago. */
async function taken(named: string): Promise<void> {
  const [verb = '', kind = ''] = named.split(' ');
  const [resource = '', group = ''] = kind.split('.');
  const user = 'system:serviceaccount:meshery:meshery-operator';
  const spec = { user, resourceAttributes: { namespace: 'default', verb, resource, group } };
  const reviews = '/apis/authorization.k8s.io/v1/subjectaccessreviews';
  await waitUntil({ what: `${named} being refused`, timeoutMs: 60_000 }, async () => {
    const { status } = (await cluster.admin.create(reviews, { spec })) as KubeObject & {
      readonly status: { readonly allowed: boolean };
    };
    return !status.allowed;
  });
}

test.each([
  {
    resource: 'secrets',
    named: 'patch secrets',
    plural: 'brokers',
    name: 'main',
    change: { metadata: { annotations: { 'meshery.io/rotate-credentials': '1' } } },
  },
  {
    resource: 'statefulsets',
    named: 'patch statefulsets.apps',
    plural: 'brokers',
    name: 'main',
    change: { spec: { size: 3 } },
  },
  {
    resource: 'deployments',
    named: 'patch deployments.apps',
    plural: 'meshsyncs',
    name: 'main',
    change: { spec: { size: 2 } },
  },
  {
    // The Service of the monitor port goes.
    resource: 'services',
    named: 'delete services',
    plural: 'brokers',
    name: 'open',
    change: { spec: { service: { type: 'ClusterIP' } } },
  },
] as const)(
  '$named taken away is a condition that names it, and heals',
  async ({ resource, named, plural, name, change }) => {
    const [verb = ''] = named.split(' ');
    const { rules } = await cluster.admin.json<{ readonly rules: readonly Rule[] }>({ path: role });
    await cluster.admin.patch(role, { rules: without(rules, verb, resource) });
    await taken(named);
    await cluster.change(plural, name, change);
    const degraded = await cluster.condition(plural, name, { type: 'Degraded', status: 'True', reason: 'Forbidden' });
    expect(degraded.message).toContain(named);
    expect(degraded.message).toContain('ClusterRole');
    const refused = cluster.writeLog.read().filter(({ status }) => status === 403);
    process.stdout.write(`${named} taken away: refused ${String(refused.length)} times\n`);
    expect(refused.length).toBeGreaterThan(0);
    expect(new Set(refused.map((write) => write.resource))).toContain(resource);
    await cluster.admin.patch(role, { rules });
    await cluster.settled();
    await cluster.condition(plural, name, { type: 'Degraded', status: 'False' });
  },
);
