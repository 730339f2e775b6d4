import {
  leaderRules,
  operatorRules,
  readerAllRules,
  readerCoreRules,
  readerRoles,
} from '../../../apps/operator/src/access/access-rules.ts';
import { aggregatedReader, binding, role } from './access.ts';
import type { EnvVar, KubeObject } from './kube-objects.ts';
import {
  containerSecurity,
  fromPod,
  httpProbe,
  labelsOf,
  podSecurity,
  selectorOf,
  serviceAccount,
} from './kube-objects.ts';
import type { OperatorSettings } from './settings.ts';

const name = 'meshery-operator';
const leader = 'meshery-operator-leader';

/** The operator's objects by the file that they are written to; the definitions of its kinds are beside them. */
export function operatorObjects(settings: OperatorSettings): Readonly<Record<string, readonly KubeObject[]>> {
  const account = { name, namespace: settings.namespace };
  return {
    'service-account': [serviceAccount(name, settings.namespace)],
    'operator-role': [
      role({ name, component: name }, operatorRules),
      binding({ name, component: name }, account),
      role({ name: leader, namespace: settings.namespace, component: name }, leaderRules),
      binding({ name: leader, namespace: settings.namespace, component: name }, account),
    ],
    'reader-roles': readerObjects(),
    deployment: [deployment(settings)],
    service: [metricsService(settings)],
    'network-policy': [networkPolicy(settings)],
  };
}

function readerObjects(): KubeObject[] {
  const [core, all] = readerRoles;
  return [...aggregatedReader(core, name, readerCoreRules), role({ name: all, component: name }, readerAllRules)];
}

function deployment(settings: OperatorSettings): KubeObject {
  const { namespace, replicas, imagePullSecrets, nodeSelector, tolerations, affinity } = settings;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels: labelsOf(name) },
    spec: {
      replicas,
      selector: { matchLabels: selectorOf(name) },
      template: {
        metadata: { labels: labelsOf(name) },
        spec: {
          serviceAccountName: name,
          automountServiceAccountToken: true,
          imagePullSecrets,
          securityContext: podSecurity,
          terminationGracePeriodSeconds: 15,
          nodeSelector,
          tolerations,
          affinity,
          containers: [container(settings)],
          volumes: [{ name: 'tmp', emptyDir: { sizeLimit: '64Mi' } }],
        },
      },
    },
  };
}

function container({ image, pullPolicy, images, resources }: OperatorSettings): object {
  return {
    name: 'operator',
    image,
    imagePullPolicy: pullPolicy,
    args: ['--namespace=$(POD_NAMESPACE)', '--enable-leader-election'],
    env: [fromPod('POD_NAME', 'name'), fromPod('POD_NAMESPACE', 'namespace'), ...imageVariables(images)],
    ports: [
      { name: 'https', containerPort: 8443, protocol: 'TCP' },
      { name: 'health', containerPort: 8081, protocol: 'TCP' },
    ],
    livenessProbe: httpProbe('/healthz', 'health', { initialDelaySeconds: 15, periodSeconds: 20 }),
    readinessProbe: httpProbe('/readyz', 'health', { initialDelaySeconds: 2, periodSeconds: 10 }),
    resources,
    securityContext: containerSecurity,
    volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
  };
}

/** The images of what the operator deploys. */
function imageVariables({ meshsync, nats, reloader, exporter }: OperatorSettings['images']): EnvVar[] {
  return [
    { name: 'MESHERY_IMAGE_MESHSYNC', value: meshsync },
    { name: 'MESHERY_IMAGE_NATS', value: nats },
    { name: 'MESHERY_IMAGE_NATS_RELOADER', value: reloader },
    { name: 'MESHERY_IMAGE_NATS_EXPORTER', value: exporter },
  ];
}

function metricsService({ namespace, metricsPort }: OperatorSettings): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: `${name}-metrics`, namespace, labels: labelsOf(name) },
    spec: {
      type: 'ClusterIP',
      selector: selectorOf(name),
      ports: [{ name: 'https', port: metricsPort, targetPort: 'https', protocol: 'TCP' }],
    },
  };
}

/** Scrapers may come in; probes of the node always may. Where API servers listen differs, so nothing is said of ways out. */
function networkPolicy({ namespace }: OperatorSettings): KubeObject {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace, labels: labelsOf(name) },
    spec: {
      podSelector: { matchLabels: selectorOf(name) },
      policyTypes: ['Ingress'],
      ingress: [{ from: [{ namespaceSelector: {} }], ports: [{ port: 'https', protocol: 'TCP' }] }],
    },
  };
}
