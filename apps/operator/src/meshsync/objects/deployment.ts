import type { WantedObject } from '@meshery/kube/reconcile';
import { containerSecurity, podSecurity, pullPolicy, resourcesOf } from '../../cluster/pod-parts.ts';
import { meshSyncLabels, meshSyncSelector, ownedBy } from '../meshsync-context.ts';
import type { MeshSyncContext } from '../meshsync-context.ts';

/** Port of health, metrics and status of an agent. */
export const agentPort = 11_000;

const folder = '/etc/meshery/broker';
const defaultResources = { requests: { cpu: '50m', memory: '96Mi' }, limits: { cpu: '2', memory: '512Mi' } };

/** core/v1 EnvVar. */
interface Variable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: object;
}

/** The agents. Published ones read BROKER_URL and NATS_TOKEN; ours read the files, which change without a restart. */
export function agentDeployment(context: MeshSyncContext): WantedObject {
  const { names, size } = context;
  return ownedBy(context, names.base, {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    spec: {
      replicas: size,
      // The old one goes first: side by side each would end the run of the other and be started anew.
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } },
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
  const { outputResources = [] } = spec;
  const ask = (path: string) => ({ httpGet: { path, port: 'client' } });
  return {
    name: 'meshsync',
    image,
    imagePullPolicy: pullPolicy(image, spec.image?.pullPolicy),
    command: ['./meshery-meshsync'],
    ...(outputResources.length === 0 ? {} : { args: ['-outputResources', outputResources.join(',')] }),
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
  const plain = Object.entries(agentSettings(context)).map(([name, value]) => ({ name, value }));
  return [...(context.spec.server === undefined ? brokerVariables(context) : serverVariables(context)), ...plain];
}

function brokerVariables({ names, target }: MeshSyncContext): readonly Variable[] {
  const secret = { name: 'NATS_TOKEN', valueFrom: { secretKeyRef: { name: names.broker, key: 'token' } } };
  return [
    ...(target?.token === undefined ? [] : [secret]),
    { name: 'BROKER_URL', value: withToken(target?.url ?? '', target?.token) },
    ...fileVariables('MESHSYNC_BROKER', target),
  ];
}

function serverVariables({ spec, target }: MeshSyncContext): readonly Variable[] {
  return [{ name: 'MESHSYNC_SERVER', value: spec.server?.address ?? '' }, ...fileVariables('MESHSYNC_SERVER', target)];
}

function fileVariables(prefix: string, target: MeshSyncContext['target']): readonly Variable[] {
  return [
    ...(target?.token === undefined ? [] : [{ name: `${prefix}_TOKEN_FILE`, value: `${folder}/token` }]),
    ...(target?.ca === undefined ? [] : [{ name: `${prefix}_CA_FILE`, value: `${folder}/ca.crt` }]),
  ];
}

function agentSettings({ names, spec, size }: MeshSyncContext): Readonly<Record<string, string>> {
  const { logs = true, exec = false } = spec.requests ?? {};
  const own = `${names.namespace}/${names.base}`;
  return {
    MESHSYNC_RESOURCE: own,
    ...(size > 1 ? { MESHSYNC_LEASE: own } : {}),
    MESHSYNC_OUTPUT_FORMAT: spec.format ?? 'native',
    ...(spec.contentDedup === undefined ? {} : { MESHSYNC_BROKER_CONTENT_DEDUP: String(spec.contentDedup) }),
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
