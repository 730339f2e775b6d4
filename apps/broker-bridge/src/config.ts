import { loadConfig, switchValue } from '@meshery/config';
import type { ConfigFields, ConfigValues, LoadedConfig } from '@meshery/config';
import { logLevels } from '@meshery/observability';
import { z } from 'zod';

const milliseconds = (fallback: number) => z.coerce.number().int().min(10).max(600_000).default(fallback);
const text = z.string().min(1).optional();

const fields = {
  connections: {
    schema: text,
    flag: 'connections',
    env: 'MESHERY_BRIDGE_CONNECTIONS',
    placeholder: 'DIR',
    description: 'folder of connection files, /etc/meshery/connections when no clusters are told',
  },
  kubeconfigs: {
    schema: text,
    flag: 'kubeconfigs',
    env: 'MESHERY_BRIDGE_KUBECONFIGS',
    placeholder: 'DIR',
    description: 'folder of kubeconfigs: the brokers of all their contexts',
  },
  inCluster: {
    schema: switchValue(false),
    flag: 'in-cluster',
    isSwitch: true,
    env: 'MESHERY_BRIDGE_IN_CLUSTER',
    description: 'the brokers of the cluster that the bridge runs in',
  },
  fromServer: {
    schema: switchValue(false),
    flag: 'from-server',
    isSwitch: true,
    env: 'MESHERY_BRIDGE_FROM_SERVER',
    description: 'the brokers of the clusters that the server gives to this bridge',
  },
  namespace: {
    schema: z.string().min(1).default('meshery'),
    env: 'MESHERY_BRIDGE_NAMESPACE',
    placeholder: 'NAMESPACE',
    description: 'where Brokers are looked for when all namespaces are not allowed',
  },
  portForward: {
    schema: switchValue(true),
    env: 'MESHERY_MANAGED_BROKER_PORTFORWARD',
    description: 'reach brokers without an external endpoint through the API server',
  },
  probeMs: {
    schema: milliseconds(5000),
    env: 'MESHERY_BRIDGE_PROBE_MS',
    description: 'time in which an external endpoint must accept a connection',
  },
  kubeHost: { schema: text, env: 'KUBERNETES_SERVICE_HOST', description: 'API server inside a cluster' },
  kubePort: { schema: z.string().min(1).default('443'), env: 'KUBERNETES_SERVICE_PORT', description: 'its port' },
  httpProxy: { schema: text, env: 'HTTP_PROXY', description: 'proxy for http URLs' },
  httpsProxy: { schema: text, env: 'HTTPS_PROXY', description: 'proxy for https URLs' },
  noProxy: { schema: text, env: 'NO_PROXY', description: 'hosts that are reached directly' },
  server: {
    schema: z
      .string()
      .regex(/^[^\s/]+:\d{1,5}$/)
      .default('127.0.0.1:9082'),
    flag: 'server',
    env: 'MESHERY_BRIDGE_SERVER',
    placeholder: 'HOST:PORT',
    description: 'Ingest service of the server',
  },
  serverCa: {
    schema: text,
    env: 'MESHERY_BRIDGE_CA',
    placeholder: 'FILE',
    description: 'authority of the server, PEM; TLS is used when it is set',
  },
  cert: {
    schema: text,
    env: 'MESHERY_BRIDGE_CERT',
    placeholder: 'FILE',
    description: 'certificate of the bridge (SAN spiffe://meshery/bridge/<name>), PEM',
  },
  key: { schema: text, env: 'MESHERY_BRIDGE_KEY', placeholder: 'FILE', description: 'private key of the bridge, PEM' },
  tokenFile: {
    schema: text,
    env: 'MESHERY_BRIDGE_TOKEN_FILE',
    placeholder: 'FILE',
    description: 'file with the bridge token',
  },
  host: {
    schema: z.string().min(1).default('127.0.0.1'),
    flag: 'host',
    env: 'MESHERY_HOST',
    placeholder: 'ADDRESS',
    description: 'address of health and metrics',
  },
  port: {
    schema: z.coerce.number().int().min(0).max(65_535).default(9083),
    flag: 'port',
    env: 'PORT',
    placeholder: 'PORT',
    description: 'port of health and metrics',
  },
  gapWaitMs: {
    schema: milliseconds(5000),
    env: 'MESHERY_BRIDGE_GAP_MS',
    description: 'wait for a missing batch before a snapshot is asked for',
  },
  quietMs: {
    schema: milliseconds(15_000),
    env: 'MESHERY_BRIDGE_QUIET_MS',
    description: 'silence after which a published agent has told everything',
  },
  maxInFlight: {
    schema: z.coerce.number().int().min(34).max(1000).default(64),
    env: 'MESHERY_BRIDGE_IN_FLIGHT',
    description: 'batches taken and not yet committed, for each cluster',
  },
  logLevel: {
    schema: z.enum(logLevels).default('info'),
    flag: 'log-level',
    env: 'LOG_LEVEL',
    placeholder: 'LEVEL',
    description: logLevels.join(', '),
  },
} as const satisfies ConfigFields;

/** The configuration of a bridge. */
export type BridgeConfig = ConfigValues<typeof fields>;

/** Where settings are read from. */
export interface ConfigOrigin {
  readonly argv?: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** Reads and checks every setting; throws `meshery-config-1100`. The only reader of the environment. */
export function readConfig(origin: ConfigOrigin = {}): LoadedConfig<typeof fields> {
  return loadConfig(fields, {
    program: 'broker-bridge',
    summary: 'Moves what discovery agents found from brokers to the server.',
    argv: origin.argv ?? process.argv.slice(2),
    env: origin.env ?? process.env,
  });
}
