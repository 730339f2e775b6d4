import type { PolicyRule } from '../../../apps/operator/src/access/access-rules.ts';
import { binding, role } from './access.ts';
import type { KubeObject } from './kube-objects.ts';
import { labelsOf, selectorOf, serviceAccount } from './kube-objects.ts';
import { serverPod } from './server-pod.ts';
import type { ServerSettings } from './settings.ts';

const name = 'meshery';
const account = 'meshery-server';
const clusterId = 'meshery-cluster-id';

/** What the server and its bridge may do in their own namespace. */
const serverRules: readonly PolicyRule[] = [
  {
    apiGroups: ['meshery.io'],
    resources: ['brokers', 'meshsyncs'],
    verbs: ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'],
  },
  {
    apiGroups: [''],
    resources: ['secrets'],
    resourceNames: ['meshery-nats-bridge', 'meshery-nats-auth', 'meshery-nats-ca'],
    verbs: ['get'],
  },
  // It is made by server-side apply: only there a right to create can be bound to a name.
  {
    apiGroups: [''],
    resources: ['secrets'],
    resourceNames: ['meshery-initial-admin'],
    verbs: ['create', 'patch', 'delete'],
  },
  {
    apiGroups: ['coordination.k8s.io'],
    resources: ['leases'],
    verbs: ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'],
  },
];

/** The uid of this namespace is the identity of a cluster. */
const clusterIdRules: readonly PolicyRule[] = [
  { apiGroups: [''], resources: ['namespaces'], resourceNames: ['kube-system'], verbs: ['get'] },
];

/** The server's objects by the file that they are written to. */
export function serverObjects(settings: ServerSettings): Readonly<Record<string, readonly KubeObject[]>> {
  const { namespace } = settings;
  const subject = { name: account, namespace };
  const own = { name: account, namespace, component: name };
  return {
    'service-account': [serviceAccount(account, namespace)],
    'server-role': [
      role(own, serverRules),
      binding(own, subject),
      role({ name: clusterId, component: name }, clusterIdRules),
      binding({ name: clusterId, component: name }, subject),
    ],
    volume: [volumeClaim(settings)],
    deployment: [deployment(settings)],
    service: [service(settings)],
    'network-policy': [networkPolicy(settings)],
    broker: [customResource('Broker', 'meshery-broker', settings.broker, namespace)],
    meshsync: [customResource('MeshSync', 'meshery-meshsync', settings.meshSync, namespace)],
  };
}

/** One at a time: the inventory and what users make lie in files of which one process is the owner. */
function deployment(settings: ServerSettings): KubeObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: settings.namespace, labels: labelsOf(name) },
    spec: {
      replicas: 1,
      strategy: { type: 'Recreate' },
      selector: { matchLabels: selectorOf(name) },
      template: {
        metadata: {
          labels: labelsOf(name),
          annotations: { 'kubectl.kubernetes.io/default-container': 'server' },
        },
        spec: { serviceAccountName: account, ...serverPod(settings) },
      },
    },
  };
}

function volumeClaim({ namespace, claim }: ServerSettings): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'meshery-data', namespace, labels: labelsOf(name) },
    spec: {
      accessModes: ['ReadWriteOnce'],
      storageClassName: claim.className,
      resources: { requests: { storage: claim.size } },
    },
  };
}

/** Published clients look for Service `meshery` on 9081; 80 is for websockets. Not every network knows ports of init containers by name. */
function service({ namespace, service: { type, annotations, ports } }: ServerSettings): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace, labels: labelsOf(name), annotations },
    spec: {
      type,
      selector: selectorOf(name),
      ports: [
        { name: 'http', port: 9081, targetPort: 9081, protocol: 'TCP' },
        { name: 'websocket', port: 80, targetPort: 9081, protocol: 'TCP' },
        ...ports,
      ],
    },
  };
}

/** Users may come in from anywhere, scrapers of the bridge from namespaces of this cluster. */
function networkPolicy({ namespace, ingress }: ServerSettings): KubeObject {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace, labels: labelsOf(name) },
    spec: {
      podSelector: { matchLabels: selectorOf(name) },
      policyTypes: ['Ingress'],
      ingress: [
        { ports: [{ port: 9081, protocol: 'TCP' }] },
        { from: [{ namespaceSelector: {} }], ports: [{ port: 9083, protocol: 'TCP' }] },
        ...ingress,
      ],
    },
  };
}

function customResource(kind: string, called: string, spec: unknown, namespace: string): KubeObject {
  return {
    apiVersion: 'meshery.io/v1alpha2',
    kind,
    metadata: { name: called, namespace, labels: { 'app.kubernetes.io/part-of': 'meshery' } },
    spec,
  };
}
