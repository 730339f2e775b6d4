import { loadConfig, switchValue } from '@meshery/config';
import type { ConfigFields, ConfigValues, LoadedConfig } from '@meshery/config';
import { logLevels } from '@meshery/observability';
import { z } from 'zod';
import { durationMs } from './broker/credentials.ts';

const text = z.string().min(1).optional();
const image = (name: string) => z.string().min(1).default(`localhost/meshery-ts/${name}`);
const address = z.string().regex(/^[^\s]*:\d{1,5}$/, 'is not of the form [HOST]:PORT');

const fields = {
  namespace: {
    schema: z.string().min(1).default('meshery'),
    flag: 'namespace',
    env: 'POD_NAMESPACE',
    placeholder: 'NAME',
    description: 'namespace of the Lease by which one of several operators leads',
  },
  leaderElection: {
    schema: switchValue(false),
    flag: 'enable-leader-election',
    isSwitch: true,
    description: 'only one of several operators works, the others stand by',
  },
  metricsAddress: {
    schema: address.default(':8443'),
    flag: 'metrics-addr',
    placeholder: '[HOST]:PORT',
    description: 'address of metrics, over TLS, for those who may get /metrics',
  },
  healthAddress: {
    schema: address.default(':8081'),
    flag: 'health-probe-bind-address',
    placeholder: '[HOST]:PORT',
    description: 'address of /healthz and /readyz',
  },
  identity: { schema: text, env: 'POD_NAME', description: 'name of this process among several; made up when absent' },
  imageMeshsync: { schema: image('meshsync:0.1.0'), env: 'MESHERY_IMAGE_MESHSYNC', description: 'image of agents' },
  imageNats: { schema: image('nats-server:2.15.2'), env: 'MESHERY_IMAGE_NATS', description: 'image of brokers' },
  imageReloader: {
    schema: image('nats-config-reloader:0.23.0'),
    env: 'MESHERY_IMAGE_NATS_RELOADER',
    description: 'image of the helper that makes a broker read its configuration anew',
  },
  imageExporter: {
    schema: image('nats-exporter:1.0.0'),
    env: 'MESHERY_IMAGE_NATS_EXPORTER',
    description: 'image of the exporter of broker metrics',
  },
  credentialOverlap: {
    schema: z
      .string()
      .regex(/^(\d+[hms])+$/, 'is not of the form 10m or 1h30m')
      .default('10m')
      .transform((duration) => durationMs(duration) ?? 0),
    env: 'MESHERY_CREDENTIAL_OVERLAP',
    placeholder: 'DURATION',
    description: 'how long the former credentials of a broker still work; pods see new ones after a minute or two',
  },
  logLevel: {
    schema: z.enum(logLevels).default('info'),
    flag: 'log-level',
    env: 'LOG_LEVEL',
    placeholder: 'LEVEL',
    description: logLevels.join(', '),
  },
  watchStallMs: {
    schema: z.coerce.number().int().min(100).default(90_000),
    env: 'MESHERY_WATCH_STALL_MS',
    description: 'silence after which a watch is opened anew',
  },
  kubeconfig: {
    schema: text,
    env: 'KUBECONFIG',
    description: 'kubeconfig; the service account of the pod when absent',
  },
  kubeHost: { schema: text, env: 'KUBERNETES_SERVICE_HOST', description: 'API server inside a cluster' },
  kubePort: { schema: z.string().min(1).default('443'), env: 'KUBERNETES_SERVICE_PORT', description: 'its port' },
} as const satisfies ConfigFields;

/** The configuration of an operator. */
export type OperatorConfig = ConfigValues<typeof fields>;

/** Where settings are read from. */
export interface ConfigOrigin {
  readonly argv?: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** Reads and checks every setting; throws `meshery-config-1100`. The only reader of the environment. */
export function readConfig(origin: ConfigOrigin = {}): LoadedConfig<typeof fields> {
  return loadConfig(fields, {
    program: 'operator',
    summary: 'Keeps the brokers and the discovery agents of one Kubernetes cluster running.',
    argv: origin.argv ?? process.argv.slice(2),
    env: origin.env ?? process.env,
  });
}

/** Host and port of "[HOST]:PORT"; all addresses when there is no host. */
export function hostAndPort(text: string): { readonly host: string; readonly port: number } {
  const at = text.lastIndexOf(':');
  const host = text.slice(0, at).replace(/^\[|\]$/g, '');
  return { host: host === '' ? '0.0.0.0' : host, port: Number(text.slice(at + 1)) };
}
