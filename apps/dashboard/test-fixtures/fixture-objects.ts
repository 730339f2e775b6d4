import type { KindStatus } from '@meshery/contracts';
import type { FixtureObject } from './fixture-inventory.ts';

const kinds = [
  ['Pod', 'v1'],
  ['ConfigMap', 'v1'],
  ['Service', 'v1'],
  ['Deployment', 'apps/v1'],
  ['ReplicaSet', 'apps/v1'],
  ['EndpointSlice', 'discovery.k8s.io/v1'],
  ['Secret', 'v1'],
  ['ServiceAccount', 'v1'],
] as const;
const namespaces = ['default', 'kube-system', 'payments', 'checkout', 'observability'] as const;
const apps = [
  'api',
  'web',
  'worker',
  'gateway',
  'ledger',
  'mailer',
  'search',
  'frontend-with-a-rather-long-name',
] as const;

function pick<T>(list: readonly T[], index: number): T {
  return list[index % list.length] as T;
}

/** As many mixed objects as wanted, the same each time; names end in a five-digit number. */
export function manyObjects(count: number): readonly FixtureObject[] {
  const start = Date.parse('2026-05-01T00:00:00Z');
  return Array.from({ length: count }, (_, index) => {
    const [kind, apiVersion] = pick(kinds, index);
    const app = pick(apps, Math.floor(index / 8));
    return {
      kind,
      apiVersion,
      name: `${app}-${String(index).padStart(5, '0')}`,
      namespace: pick(namespaces, Math.floor(index / 3)),
      uid: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
      created: new Date(start + index * 60_000).toISOString().replace('.000', ''),
      labels: { 'app.kubernetes.io/name': app, tier: pick(['front', 'back'], index) },
    };
  });
}

function status(kind: string, apiVersion: string, state: KindStatus['state'], message = ''): KindStatus {
  const [group, version = group] = apiVersion.split('/');
  const resource = `${kind.toLowerCase()}s.${version ?? ''}.${apiVersion.includes('/') ? (group ?? '') : ''}`;
  const reason = state === 'synced' ? '' : state;
  return { resource, kind, namespaced: true, state, reason, message, count: 0, since: '2026-05-01T00:00:00Z' };
}

/** Kinds in every state. */
export const fixtureKinds: readonly KindStatus[] = [
  ...kinds.map(([kind, apiVersion]) => status(kind, apiVersion, 'synced')),
  status('Certificate', 'cert-manager.io/v1', 'forbidden', 'certificates.cert-manager.io is forbidden: cannot list'),
  status('TokenReview', 'authentication.k8s.io/v1', 'unsupported'),
  status('Gateway', 'gateway.networking.k8s.io/v1', 'syncing'),
  status('NodeMetrics', 'metrics.k8s.io/v1beta1', 'lagging', 'Changes arrive 40 s late'),
  status('Event', 'v1', 'excluded'),
  status('Lease', 'coordination.k8s.io/v1', 'synced'),
];

/** An object with numbers that JavaScript cannot hold, an owner, conditions and a block text. */
export const detailedObject: FixtureObject = {
  kind: 'Pod',
  apiVersion: 'v1',
  name: 'aaa-detailed',
  namespace: 'default',
  uid: '11111111-1111-4111-8111-111111111111',
  created: '2026-06-01T00:00:00Z',
  labels: { app: 'detailed' },
  json: `{"kind":"Pod","apiVersion":"v1","metadata":{"name":"aaa-detailed","namespace":"default",
"uid":"11111111-1111-4111-8111-111111111111","resourceVersion":"42","creationTimestamp":"2026-06-01T00:00:00Z",
"labels":{"app":"detailed"},"annotations":{"note":"kept as it is"},
"ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"api-00004","uid":"00000000-0000-4000-8000-000000000004","controller":true}]},
"spec":{"big":9007199254740993,"script":"one\\ntwo\\n","containers":[{"name":"main","image":"example/app:1.0","ports":[{"containerPort":8080}]}]},
"status":{"phase":"Running","conditions":[{"type":"Ready","status":"True","reason":"Started","message":"all containers run"}]}}`,
};
