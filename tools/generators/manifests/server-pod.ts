import { containerSecurity, fromPod, httpProbe, podSecurity } from './kube-objects.ts';
import type { ServerSettings } from './settings.ts';

const ingestKeys = '/etc/meshery/ingest';
const connections = '/etc/meshery/connections';
const kubeconfigs = '/etc/meshery/kubeconfigs';

/**
 * The server, and beside it the bridge. The server makes the keys of the link between them anew for each pod, in a
 * volume that only the two of them see, and listens for it on loopback: no key leaves the pod, and nothing has to be
 * set up. As an init container that goes on running the server is up before the bridge reads the keys, and ends after
 * the bridge has handed over its last batches.
 */
export function serverPod(settings: ServerSettings): object {
  const { imagePullSecrets, nodeSelector, tolerations, affinity, volumes, before } = settings;
  return {
    automountServiceAccountToken: true,
    imagePullSecrets,
    securityContext: podSecurity,
    terminationGracePeriodSeconds: 30,
    nodeSelector,
    tolerations,
    affinity,
    initContainers: [...before, serverContainer(settings)],
    containers: [bridgeContainer(settings)],
    volumes: [
      ...volumes,
      { name: 'ingest', emptyDir: { medium: 'Memory', sizeLimit: '1Mi' } },
      { name: 'tmp', emptyDir: { sizeLimit: '256Mi' } },
      { name: 'connections', secret: { secretName: 'meshery-bridge-connections', optional: true } },
      { name: 'kubeconfigs', secret: { secretName: 'meshery-bridge-kubeconfigs', optional: true } },
    ],
  };
}

function serverContainer(settings: ServerSettings): object {
  const { server, pullPolicy, scheme, mounts } = settings;
  const probe = (path: string, timing: Readonly<Record<string, number>>): object => ({
    httpGet: { path, port: 'http', scheme },
    timeoutSeconds: 5,
    ...timing,
  });
  return {
    name: 'server',
    image: server.image,
    imagePullPolicy: pullPolicy,
    restartPolicy: 'Always',
    env: serverVariables(settings),
    ports: [{ name: 'http', containerPort: 9081, protocol: 'TCP' }],
    // Five minutes: a new version may have to migrate a large inventory first.
    startupProbe: probe('/healthz/ready', { periodSeconds: 2, failureThreshold: 150 }),
    livenessProbe: probe('/healthz/live', { periodSeconds: 20 }),
    readinessProbe: probe('/healthz/ready', { periodSeconds: 10 }),
    resources: server.resources,
    securityContext: containerSecurity,
    volumeMounts: [
      { name: 'data', mountPath: '/data' },
      { name: 'ingest', mountPath: '/data/ingest' },
      { name: 'tmp', mountPath: '/tmp' },
      ...mounts,
    ],
  };
}

/** Clusters are discovered by agents in them, and what they find comes through the bridge. */
function serverVariables({ variables }: ServerSettings): unknown[] {
  return [
    { name: 'MESHERY_DISCOVERY', value: 'false' },
    { name: 'MESHERY_GRPC_HOST', value: '127.0.0.1' },
    { name: 'MESHERY_INITIAL_ADMIN_SECRET', value: 'meshery-initial-admin' },
    fromPod('POD_NAMESPACE', 'namespace'),
    ...variables,
  ];
}

/** Not ready is no reason to take the bridge's pod off the Service: the server answers without a broker. */
function bridgeContainer({ bridge, pullPolicy }: ServerSettings): object {
  return {
    name: 'bridge',
    image: bridge.image,
    imagePullPolicy: pullPolicy,
    env: [
      { name: 'MESHERY_HOST', value: '0.0.0.0' },
      { name: 'MESHERY_BRIDGE_IN_CLUSTER', value: 'true' },
      { name: 'MESHERY_BRIDGE_FROM_SERVER', value: 'true' },
      { name: 'MESHERY_BRIDGE_CONNECTIONS', value: connections },
      { name: 'MESHERY_BRIDGE_KUBECONFIGS', value: kubeconfigs },
      { name: 'MESHERY_BRIDGE_CA', value: `${ingestKeys}/ca.pem` },
      { name: 'MESHERY_BRIDGE_CERT', value: `${ingestKeys}/bridge.pem` },
      { name: 'MESHERY_BRIDGE_KEY', value: `${ingestKeys}/bridge-key.pem` },
      fromPod('MESHERY_BRIDGE_NAMESPACE', 'namespace'),
      fromPod('POD_NAME', 'name'),
      fromPod('POD_NAMESPACE', 'namespace'),
    ],
    ports: [{ name: 'bridge', containerPort: 9083, protocol: 'TCP' }],
    livenessProbe: httpProbe('/healthz/live', 'bridge', { initialDelaySeconds: 10, periodSeconds: 20 }),
    resources: bridge.resources,
    securityContext: containerSecurity,
    volumeMounts: [
      { name: 'ingest', mountPath: ingestKeys, readOnly: true },
      { name: 'connections', mountPath: connections, readOnly: true },
      { name: 'kubeconfigs', mountPath: kubeconfigs, readOnly: true },
      { name: 'tmp', mountPath: '/tmp' },
    ],
  };
}
