import { DNS_SERVICE_ADDRESS } from './addresses.ts';
import type { ApiClient } from './api-client.ts';
import { COREDNS_IMAGE } from './images.ts';

const NAMESPACE = 'kube-system';
const meta = (name: string) => ({ name, namespace: NAMESPACE, labels: { 'k8s-app': 'kube-dns' } });

/** Applies the cluster DNS: CoreDNS behind the Service kube-dns, as on any other cluster. */
export async function applyClusterDns(api: ApiClient, nameServers: readonly string[]): Promise<void> {
  const rbac = '/apis/rbac.authorization.k8s.io/v1';
  await api.apply(`/api/v1/namespaces/${NAMESPACE}/serviceaccounts/coredns`, {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: meta('coredns'),
  });
  await api.apply(`${rbac}/clusterroles/system:coredns`, clusterRole());
  await api.apply(`${rbac}/clusterrolebindings/system:coredns`, clusterRoleBinding());
  await api.apply(`/api/v1/namespaces/${NAMESPACE}/configmaps/coredns`, {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: meta('coredns'),
    data: { Corefile: corefile(nameServers) },
  });
  await api.apply(`/api/v1/namespaces/${NAMESPACE}/services/kube-dns`, service());
  await api.apply(`/apis/apps/v1/namespaces/${NAMESPACE}/deployments/coredns`, deployment());
}

/** CoreDNS's configuration; names outside of the cluster are asked of the host's name servers, when there are any. */
export function corefile(nameServers: readonly string[]): string {
  const forward = nameServers.length === 0 ? '' : `\n    forward . ${nameServers.join(' ')}`;
  return `.:53 {
    errors
    health :8080 {
        lameduck 2s
    }
    ready :8181
    kubernetes cluster.local in-addr.arpa ip6.arpa {
        pods insecure
        fallthrough in-addr.arpa ip6.arpa
        ttl 5
    }${forward}
    cache 5
    loop
    reload
}
`;
}

function clusterRole(): unknown {
  const watch = ['list', 'watch'];
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: 'system:coredns' },
    rules: [
      { apiGroups: [''], resources: ['endpoints', 'services', 'pods', 'namespaces'], verbs: watch },
      { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: watch },
    ],
  };
}

function clusterRoleBinding(): unknown {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name: 'system:coredns' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'system:coredns' },
    subjects: [{ kind: 'ServiceAccount', name: 'coredns', namespace: NAMESPACE }],
  };
}

function service(): unknown {
  const port = (name: string, number: number, protocol: string) => ({
    name,
    port: number,
    targetPort: number,
    protocol,
  });
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { ...meta('kube-dns'), labels: { 'k8s-app': 'kube-dns', 'kubernetes.io/name': 'CoreDNS' } },
    spec: {
      clusterIP: DNS_SERVICE_ADDRESS,
      selector: { 'k8s-app': 'kube-dns' },
      ports: [port('dns', 53, 'UDP'), port('dns-tcp', 53, 'TCP')],
    },
  };
}

function deployment(): unknown {
  const labels = { 'k8s-app': 'kube-dns' };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: meta('coredns'),
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          serviceAccountName: 'coredns',
          priorityClassName: 'system-cluster-critical',
          dnsPolicy: 'Default',
          tolerations: [{ operator: 'Exists' }],
          containers: [dnsContainer()],
          volumes: [{ name: 'config', configMap: { name: 'coredns' } }],
        },
      },
    },
  };
}

function dnsContainer(): unknown {
  return {
    name: 'coredns',
    image: COREDNS_IMAGE,
    imagePullPolicy: 'IfNotPresent',
    args: ['-conf', '/etc/coredns/Corefile'],
    ports: [
      { name: 'dns', containerPort: 53, protocol: 'UDP' },
      { name: 'dns-tcp', containerPort: 53, protocol: 'TCP' },
    ],
    readinessProbe: { httpGet: { path: '/ready', port: 8181 }, periodSeconds: 1 },
    livenessProbe: { httpGet: { path: '/health', port: 8080 }, initialDelaySeconds: 30 },
    resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '170Mi' } },
    securityContext: { runAsUser: 0, allowPrivilegeEscalation: false, readOnlyRootFilesystem: true },
    volumeMounts: [{ name: 'config', mountPath: '/etc/coredns', readOnly: true }],
  };
}
