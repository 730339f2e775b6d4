import type { SeededRandom } from './random.ts';

/** Name, place and labels of an object to build. */
export interface ObjectPlace {
  readonly name: string;
  readonly namespace: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** An object as it is sent to the API server. */
export interface KubeManifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Readonly<Record<string, unknown>> & { readonly name: string; readonly namespace?: string };
  readonly [field: string]: unknown;
}

/** A namespace. */
export function namespaceObject(name: string, labels: Readonly<Record<string, string>> = {}): KubeManifest {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
}

/** A ConfigMap whose data are about `bytes` long, spread over a few keys. */
export function configMapObject(place: ObjectPlace, random: SeededRandom, bytes = 200): KubeManifest {
  const keys = Math.max(1, Math.min(8, Math.ceil(bytes / 16_384)));
  const data: Record<string, string> = {};
  for (let key = 0; key < keys; key += 1) data[`key-${String(key)}`] = random.text(Math.ceil(bytes / keys));
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { ...place }, data };
}

/** A Secret with one value of `bytes` characters. */
export function secretObject(place: ObjectPlace, random: SeededRandom, bytes = 64): KubeManifest {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { ...place }, stringData: { password: random.text(bytes) } };
}

/** A Service of two ports for pods of the same app label. */
export function serviceObject(place: ObjectPlace): KubeManifest {
  const ports = [
    { name: 'http', port: 80, targetPort: 8080, protocol: 'TCP' },
    { name: 'metrics', port: 9090, targetPort: 9090, protocol: 'TCP' },
  ];
  // Headless, since the service range holds fewer addresses than a big fixture has services.
  const spec = { clusterIP: 'None', selector: { app: place.name }, ports };
  return { apiVersion: 'v1', kind: 'Service', metadata: { ...place }, spec };
}

/** How big and how typical a pod is. */
export interface PodShape {
  readonly containers?: number;
  /** Environment variables per container, about 60 bytes each. */
  readonly variables?: number;
  /** Set: the pod is bound and nothing waits for a scheduler. */
  readonly nodeName?: string;
}

/** A pod like those that a Deployment makes. */
export function podObject(place: ObjectPlace, random: SeededRandom, shape: PodShape = {}): KubeManifest {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...place, annotations: podAnnotations(random) },
    spec: podSpec(random, shape),
  };
}

/** A Deployment of `replicas` pods (no controller need run: it is only an object). */
export function deploymentObject(place: ObjectPlace, random: SeededRandom, shape: PodShape = {}): KubeManifest {
  const labels = { app: place.name };
  const template = { metadata: { labels, annotations: podAnnotations(random) }, spec: podSpec(random, shape) };
  const spec = { replicas: random.between(1, 5), selector: { matchLabels: labels }, template };
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { ...place }, spec };
}

function podAnnotations(random: SeededRandom): Record<string, string> {
  return {
    'prometheus.io/scrape': 'true',
    'prometheus.io/port': '9090',
    'checksum/config': random.hex(64),
    'example.com/owner': 'Zoë Ångström, 運用チーム',
  };
}

function podSpec(random: SeededRandom, shape: PodShape): object {
  const containers = Array.from({ length: shape.containers ?? 1 }, (_, index) =>
    containerObject(`container-${String(index)}`, random, shape.variables ?? 4),
  );
  return {
    containers,
    ...(shape.nodeName === undefined ? {} : { nodeName: shape.nodeName }),
    automountServiceAccountToken: false,
    terminationGracePeriodSeconds: 30,
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    volumes: [
      { name: 'config', configMap: { name: 'settings' } },
      { name: 'scratch', emptyDir: {} },
    ],
  };
}

function containerObject(name: string, random: SeededRandom, variables: number): object {
  const env = Array.from({ length: variables }, (_, index) => ({
    name: `SETTING_${String(index)}`,
    value: random.text(24),
  }));
  const probe = { httpGet: { path: '/healthz', port: 8080 }, periodSeconds: 10, failureThreshold: 3 };
  return {
    name,
    image: `registry.example.com/team/${name}@sha256:${random.hex(64)}`,
    env,
    ports: [{ name: `http-${name.slice(-1)}`, containerPort: 8080 }],
    resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { cpu: '500m', memory: '256Mi' } },
    livenessProbe: probe,
    readinessProbe: probe,
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
    volumeMounts: [
      { name: 'config', mountPath: '/etc/app', readOnly: true },
      { name: 'scratch', mountPath: '/tmp' },
    ],
  };
}
