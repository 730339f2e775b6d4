import { loadConfig, switchValue } from '@meshery/config';
import type { ConfigFields, ConfigValues, LoadedConfig } from '@meshery/config';
import { logLevels } from '@meshery/observability';
import { z } from 'zod';
import { parseGoDuration, withTwoDashes } from './go-arguments.ts';

const text = z.string().min(1).optional();
const list = z
  .string()
  .default('')
  .transform((value) =>
    value
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  );
const duration = z
  .string()
  .default('-1')
  .transform((value, context) => {
    const ms = parseGoDuration(value);
    if (ms === undefined) context.addIssue({ code: 'custom', message: 'is not a duration such as 90s or 1h30m' });
    return ms === undefined || ms < 0 ? undefined : ms;
  });
/** As strconv.ParseBool reads it, and the words of our other services; anything else is off, as in the published agent. */
const publishedSwitch = z
  .string()
  .default('')
  .transform((value) => /^(?:1|t|true|y|yes|on|enabled)$/i.test(value.trim()));
const objectName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]*\/[a-z0-9][a-z0-9.-]*$/, 'is not of the form NAMESPACE/NAME')
  .transform((value) => {
    const [namespace = '', name = ''] = value.split('/');
    return { namespace, name };
  })
  .optional();
const fields = {
  output: {
    schema: z.enum(['broker', 'file', 'server']).optional(),
    flag: 'output',
    placeholder: 'broker|file|server',
    description: 'where what is found goes, else server with MESHSYNC_SERVER, else broker',
  },
  outputFile: {
    schema: text,
    flag: 'outputFile',
    placeholder: 'FILE',
    description: 'snapshot file, else meshery-cluster-snapshot-YYYYMMDD-NN.yaml',
  },
  outputNamespaces: {
    schema: list,
    flag: 'outputNamespaces',
    placeholder: 'A,B',
    description: 'only objects of these namespaces',
  },
  outputResources: {
    schema: list,
    flag: 'outputResources',
    placeholder: 'A,B',
    description: 'only these resources, singular or plural',
  },
  stopAfterMs: { schema: duration, flag: 'stopAfter', placeholder: 'DURATION', description: 'end after this time' },
  ignoredBrokerUrl: {
    schema: z.string().optional(),
    flag: 'broker-url',
    placeholder: 'URL',
    description: 'accepted and ignored; use BROKER_URL',
  },
  outputFormat: {
    schema: z.enum(['native', 'published']).default('native'),
    env: 'MESHSYNC_OUTPUT_FORMAT',
    description: 'native batches, or one published message for each object',
  },
  brokerUrl: {
    schema: text,
    env: 'BROKER_URL',
    description: 'broker: [nats://|tls://][token@|user:password@]host[:4222]',
  },
  brokerTokenFile: {
    schema: text,
    env: 'MESHSYNC_BROKER_TOKEN_FILE',
    description: 'file with the broker token or USER:PASSWORD, read at each connect',
  },
  brokerCaFile: {
    schema: text,
    env: 'MESHSYNC_BROKER_CA_FILE',
    description: 'file with the CA of the broker, read at each connect; TLS is required then',
  },
  server: {
    schema: z
      .string()
      .regex(/^[^\s/@]+:\d{1,5}$/, 'is not of the form HOST:PORT')
      .optional(),
    env: 'MESHSYNC_SERVER',
    description: 'HOST:PORT of the Ingest service of the server, dialled over TLS where no broker can be reached',
  },
  serverCaFile: {
    schema: text,
    env: 'MESHSYNC_SERVER_CA_FILE',
    description: 'file with the CA of the server, read at each attempt; else well-known authorities are trusted',
  },
  serverTokenFile: {
    schema: text,
    env: 'MESHSYNC_SERVER_TOKEN_FILE',
    description: 'file with the token of this cluster, read at each call',
  },
  lease: {
    schema: objectName,
    env: 'MESHSYNC_LEASE',
    description: 'NAMESPACE/NAME of the Lease whose holder works while other agents stand by',
  },
  resource: {
    schema: objectName,
    env: 'MESHSYNC_RESOURCE',
    description: 'NAMESPACE/NAME of the MeshSync to follow, else meshery/meshery-meshsync where it is readable',
  },
  debug: { schema: publishedSwitch, env: 'DEBUG', description: 'log level debug' },
  logLevel: { schema: z.enum(logLevels).default('info'), env: 'LOG_LEVEL', description: logLevels.join(', ') },
  redactSecrets: {
    schema: publishedSwitch,
    env: 'MESHSYNC_REDACT_SECRETS',
    description: 'read Secrets with their key names, values replaced; else only their metadata',
  },
  contentDedup: {
    schema: publishedSwitch,
    env: 'MESHSYNC_BROKER_CONTENT_DEDUP',
    description: 'published format: do not send unchanged objects again',
  },
  allowLogs: {
    schema: switchValue(true),
    env: 'MESHSYNC_ALLOW_LOGS',
    description: 'answer requests for logs of pods',
  },
  allowExec: {
    schema: switchValue(false),
    env: 'MESHSYNC_ALLOW_EXEC',
    description: 'answer requests for terminals in pods',
  },
  maxSessions: {
    schema: z.coerce.number().int().min(1).default(16),
    env: 'MESHSYNC_MAX_SESSIONS',
    description: 'logs and terminals at the same time, at most',
  },
  sessionIdleMs: {
    schema: z.coerce.number().int().min(100).default(600_000),
    env: 'MESHSYNC_SESSION_IDLE_MS',
    description: 'silence after which a log or terminal is closed',
  },
  // Read by the discovery engine: a malformed one is a condition, and every kind is watched; it never ends the agent.
  watchList: {
    schema: z.string().optional(),
    env: 'MESHSYNC_WATCH_LIST',
    description: 'white or black list as JSON, published or typed form',
  },
  stallMs: {
    schema: z.coerce.number().int().min(100).optional(),
    env: 'MESHSYNC_STALL_MS',
    description: 'silence after which a watch is opened anew',
  },
  healthHost: {
    schema: z.string().min(1).default('0.0.0.0'),
    env: 'MESHSYNC_HEALTH_HOST',
    description: 'address of health and metrics',
  },
  healthPort: {
    schema: z.coerce.number().int().min(0).max(65_535).default(11_000),
    env: 'MESHSYNC_HEALTH_PORT',
    description: 'port of health and metrics',
  },
  kubeconfig: { schema: text, env: 'KUBECONFIG', description: 'kubeconfig, else in-cluster, else $HOME/.kube/config' },
  kubeHost: { schema: text, env: 'KUBERNETES_SERVICE_HOST', description: 'API server inside a cluster' },
  kubePort: { schema: z.string().min(1).default('443'), env: 'KUBERNETES_SERVICE_PORT', description: 'its port' },
  httpProxy: { schema: text, env: 'HTTP_PROXY', description: 'proxy for http URLs' },
  httpsProxy: { schema: text, env: 'HTTPS_PROXY', description: 'proxy for https URLs' },
  noProxy: { schema: text, env: 'NO_PROXY', description: 'hosts that are reached directly' },
  home: { schema: text, env: 'HOME', description: 'home folder' },
} as const satisfies ConfigFields;

/** The configuration of an agent. */
export type AgentConfig = ConfigValues<typeof fields>;

/** Where settings are read from. */
export interface ConfigOrigin {
  readonly argv?: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** Reads and checks every setting; throws `meshery-config-1100`. The only reader of the environment. */
export function readConfig(origin: ConfigOrigin = {}): LoadedConfig<typeof fields> {
  return loadConfig(fields, {
    program: 'meshsync',
    summary: 'Discovers everything in one Kubernetes cluster and sends it to a broker, to the server or into a file.',
    argv: withTwoDashes(origin.argv ?? process.argv.slice(2)),
    env: origin.env ?? process.env,
  });
}
