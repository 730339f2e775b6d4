import type { WantedObject } from '@meshery/kube/reconcile';
import { containerSecurity, podSecurity, pullPolicy, resourcesOf } from '../../cluster/pod-parts.ts';
import { meshSyncLabels, meshSyncSelector, ownedBy } from '../meshsync-context.ts';
import type { BrokerTarget, MeshSyncContext } from '../meshsync-context.ts';

/** Port of health, metrics and status of an agent. */
export const agentPort = 11_000;

const folder = '/etc/meshery/broker';
const defaultResources = { requests: { cpu: '50m', memory: '96Mi' }, limits: { cpu: '2', memory: '512Mi' } };

/** The agents. Published ones read BROKER_URL and NATS_TOKEN; ours read the files, which change without a restart. */
export function agentDeployment(context: MeshSyncContext): WantedObject {
  const { names, size } = context;
  return ownedBy(context, names.base, {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    spec: {
      replicas: size,
      selector: { matchLabels: meshSyncSelector(names) },
      template: {
        metadata: {
          labels: { ...meshSyncLabels(names) },
          annotations: { 'meshery/component-type': 'management-plane' },
        },
        spec: podSpec(context),
      },
    },
  });
}

function podSpec(context: MeshSyncContext) {
  const { names, spec } = context;
  const { nodeSelector, tolerations, image } = spec;
  return {
    serviceAccountName: names.base,
    securityContext: podSecurity,
    terminationGracePeriodSeconds: 15,
    ...(nodeSelector === undefined ? {} : { nodeSelector }),
    ...(tolerations === undefined ? {} : { tolerations }),
    ...(image?.pullSecrets === undefined ? {} : { imagePullSecrets: image.pullSecrets.map((name) => ({ name })) }),
    containers: [container(context)],
    volumes: [
      { name: 'broker', secret: { secretName: names.broker } },
      { name: 'tmp', emptyDir: { sizeLimit: '16Mi' } },
    ],
  };
}

function container(context: MeshSyncContext) {
  const { spec, image = '' } = context;
  const ask = (path: string) => ({ httpGet: { path, port: 'client' } });
  return {
    name: 'meshsync',
    image,
    imagePullPolicy: pullPolicy(image, spec.image?.pullPolicy),
    command: ['./meshery-meshsync'],
    env: environment(context),
    ports: [{ name: 'client', containerPort: agentPort, protocol: 'TCP' }],
    resources: resourcesOf(spec.resources, defaultResources),
    securityContext: containerSecurity,
    startupProbe: { ...ask('/healthz'), periodSeconds: 1, timeoutSeconds: 5, failureThreshold: 60 },
    livenessProbe: { ...ask('/healthz'), periodSeconds: 30, timeoutSeconds: 5, failureThreshold: 5 },
    readinessProbe: { ...ask('/readyz'), periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 3 },
    volumeMounts: [
      { name: 'broker', mountPath: folder, readOnly: true },
      // Published agents write a configuration file into their home.
      { name: 'tmp', mountPath: '/tmp' },
    ],
  };
}

function environment(context: MeshSyncContext) {
  const { names, target } = context;
  const secret = { name: 'NATS_TOKEN', valueFrom: { secretKeyRef: { name: names.broker, key: 'token' } } };
  const plain = Object.entries({ ...brokerSettings(target), ...agentSettings(context) });
  return [...(target?.token === undefined ? [] : [secret]), ...plain.map(([name, value]) => ({ name, value }))];
}

function brokerSettings(target: BrokerTarget | undefined): Readonly<Record<string, string>> {
  return {
    BROKER_URL: withToken(target?.url ?? '', target?.token),
    ...(target?.token === undefined ? {} : { MESHSYNC_BROKER_TOKEN_FILE: `${folder}/token` }),
    ...(target?.ca === undefined ? {} : { MESHSYNC_BROKER_CA_FILE: `${folder}/ca.crt` }),
  };
}

function agentSettings({ names, spec }: MeshSyncContext): Readonly<Record<string, string>> {
  const { logs = true, exec = false } = spec.requests ?? {};
  return {
    MESHSYNC_RESOURCE: `${names.namespace}/${names.base}`,
    MESHSYNC_OUTPUT_FORMAT: spec.format ?? 'native',
    MESHSYNC_ALLOW_LOGS: String(logs),
    MESHSYNC_ALLOW_EXEC: String(exec),
    HOME: '/tmp',
    ...(spec.logLevel === undefined ? {} : { LOG_LEVEL: spec.logLevel }),
  };
}

/** As published: the kubelet puts the token in, so that no credential stands in the Deployment. */
function withToken(url: string, token: string | undefined): string {
  return token === undefined ? url : url.replace('://', '://$(NATS_TOKEN)@');
}
