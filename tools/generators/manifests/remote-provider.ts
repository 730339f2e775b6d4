import type { KubeObject } from './kube-objects.ts';
import { containerSecurity, labelsOf, podSecurity, selectorOf, serviceAccount } from './kube-objects.ts';

const name = 'remote-provider';

/** What can be set of the provider. */
export interface ProviderSettings {
  readonly namespace: string;
  readonly image: string;
  readonly pullPolicy: string;
  readonly resources: object;
}

/** The reference provider's objects by the file that they are written to. */
export function providerObjects(settings: ProviderSettings): Readonly<Record<string, readonly KubeObject[]>> {
  const { namespace } = settings;
  return {
    'service-account': [serviceAccount(name, namespace)],
    deployment: [deployment(settings)],
    service: [service(settings)],
    'network-policy': [networkPolicy(settings)],
  };
}

/** One at a time: it keeps everything in memory. */
function deployment(settings: ProviderSettings): KubeObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: settings.namespace, labels: labelsOf(name) },
    spec: {
      replicas: 1,
      strategy: { type: 'Recreate' },
      selector: { matchLabels: selectorOf(name) },
      template: {
        metadata: { labels: labelsOf(name) },
        spec: {
          serviceAccountName: name,
          automountServiceAccountToken: false,
          securityContext: podSecurity,
          containers: [container(settings)],
          volumes: [
            { name: 'users', secret: { secretName: 'remote-provider-users' } },
            { name: 'tls', secret: { secretName: 'remote-provider-tls' } },
            { name: 'tmp', emptyDir: { sizeLimit: '16Mi' } },
          ],
        },
      },
    },
  };
}

function container({ image, pullPolicy, resources }: ProviderSettings): object {
  const probe = (path: string, timing: Readonly<Record<string, number>>): object => ({
    httpGet: { path, port: 'https', scheme: 'HTTPS' },
    timeoutSeconds: 5,
    ...timing,
  });
  return {
    name,
    image,
    imagePullPolicy: pullPolicy,
    env: [
      { name: 'PROVIDER_USERS', value: '/etc/provider/users/users.json' },
      { name: 'PROVIDER_TLS_CERT', value: '/etc/provider/tls/tls.crt' },
      { name: 'PROVIDER_TLS_KEY', value: '/etc/provider/tls/tls.key' },
    ],
    ports: [{ name: 'https', containerPort: 8443, protocol: 'TCP' }],
    livenessProbe: probe('/healthz/live', { periodSeconds: 20 }),
    readinessProbe: probe('/healthz/ready', { periodSeconds: 5 }),
    resources,
    securityContext: containerSecurity,
    volumeMounts: [
      { name: 'users', mountPath: '/etc/provider/users', readOnly: true },
      { name: 'tls', mountPath: '/etc/provider/tls', readOnly: true },
      { name: 'tmp', mountPath: '/tmp' },
    ],
  };
}

/** Browsers and servers know providers by https addresses without a port. */
function service({ namespace }: ProviderSettings): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace, labels: labelsOf(name) },
    spec: {
      type: 'ClusterIP',
      selector: selectorOf(name),
      ports: [{ name: 'https', port: 443, targetPort: 'https', protocol: 'TCP' }],
    },
  };
}

/** It calls nobody, and names nothing: all that goes out are answers. */
function networkPolicy({ namespace }: ProviderSettings): KubeObject {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace, labels: labelsOf(name) },
    spec: {
      podSelector: { matchLabels: selectorOf(name) },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ ports: [{ port: 8443, protocol: 'TCP' }] }],
    },
  };
}
