import { type BinaryName, recipeOf } from '../../setup/src/recipes.ts';
import type { ProviderSettings } from './remote-provider.ts';
import type { OperatorSettings, ServerSettings } from './settings.ts';

/** What is installed unless somebody says otherwise; the values of the charts begin with the same. */
const namespace = 'meshery';

const common = {
  namespace,
  pullPolicy: 'IfNotPresent',
  imagePullSecrets: undefined,
  nodeSelector: undefined,
  tolerations: undefined,
  affinity: undefined,
} as const;

/** The name of an image as `npm run images` brings it to local clusters. */
function image(name: string, version: string): string {
  return `localhost/meshery-ts/${name}:${version}`;
}

function imageOfProgram(name: string, program: BinaryName): string {
  return image(name, recipeOf(program).version.replace(/^v/, ''));
}

/** Requests, and the most that a container gets. */
function resources(requests: readonly [cpu: string, memory: string], limits: readonly [cpu: string, memory: string]) {
  const [cpu, memory] = requests;
  return { requests: { cpu, memory }, limits: { cpu: limits[0], memory: limits[1] } };
}

/** Settings of the operator in this version of the product. */
export function operatorKustomize(version: string): OperatorSettings {
  return {
    ...common,
    image: image('operator', version),
    images: {
      meshsync: image('meshsync', version),
      nats: imageOfProgram('nats-server', 'nats-server'),
      reloader: imageOfProgram('nats-config-reloader', 'nats-server-config-reloader'),
      exporter: imageOfProgram('nats-exporter', 'nats-exporter'),
    },
    replicas: 1,
    resources: resources(['100m', '64Mi'], ['500m', '256Mi']),
    metricsPort: 8443,
  };
}

/** Settings of the server in this version of the product. */
export function serverKustomize(version: string): ServerSettings {
  return {
    ...common,
    server: { image: image('server', version), resources: resources(['100m', '256Mi'], ['2', '1Gi']) },
    bridge: { image: image('broker-bridge', version), resources: resources(['50m', '96Mi'], ['1', '256Mi']) },
    scheme: 'HTTP',
    variables: [{ name: 'MESHERY_INSECURE', value: 'true' }],
    volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'meshery-data' } }],
    mounts: [],
    before: [],
    claim: { size: '10Gi', className: undefined },
    service: { type: 'ClusterIP', annotations: undefined, ports: [] },
    ingress: [],
    // Our own agents and bridges know TLS.
    broker: { size: 1, tls: { mode: 'required' } },
    meshSync: { size: 1, broker: { native: { name: 'meshery-broker', namespace } } },
  };
}

/** Settings of the reference provider in this version of the product. */
export function providerKustomize(version: string): ProviderSettings {
  return {
    namespace: 'meshery-provider',
    image: image('remote-provider', version),
    pullPolicy: common.pullPolicy,
    resources: resources(['50m', '96Mi'], ['500m', '256Mi']),
  };
}
