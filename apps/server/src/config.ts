import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { loadConfig, switchValue } from '@meshery/config';
import type { ConfigFields, ConfigValues, SourcesOf } from '@meshery/config';
import { MesheryError } from '@meshery/errors';
import { logLevels } from '@meshery/observability';
import { isLocalHostName } from '@meshery/security';
import { z } from 'zod';
import { providerFields } from './provider/provider-fields.ts';
import { chooseProviders } from './provider/sole-provider.ts';
import type { ChosenProviders } from './provider/sole-provider.ts';
import { bridgeFields } from './bridge-clusters/bridge-fields.ts';
import { adapterFields } from './adapters/adapter-fields.ts';
import { telemetryFields } from './telemetry/telemetry-fields.ts';
import { publisherFields } from './events/publish/publisher-fields.ts';
import { connectionFields } from './connections/connection-fields.ts';
import { ingestFields, listenerFields } from './ingest/ingest-fields.ts';
import { oidcFields } from './identity/oidc/oidc-fields.ts';
import { retentionFields } from './retention/retention-fields.ts';
import { operatorFields } from './operator-deployment/operator-fields.ts';
import { webFields } from './web/web-fields.ts';

const port = (fallback: number) => z.coerce.number().int().min(0).max(65_535).default(fallback);
const milliseconds = (fallback: number) => z.coerce.number().int().min(1).max(86_400_000).default(fallback);
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

const fields = {
  port: {
    schema: port(9081),
    flag: 'port',
    env: 'PORT',
    placeholder: 'PORT',
    description: 'port of UI, REST and GraphQL',
  },
  host: {
    schema: z.string().min(1).default('127.0.0.1'),
    flag: 'host',
    env: 'MESHERY_HOST',
    placeholder: 'ADDRESS',
    description: 'address to listen on; another than loopback needs TLS or --insecure',
  },
  ...listenerFields,
  dataDir: {
    schema: text,
    flag: 'data-dir',
    env: 'MESHERY_DATA_DIR',
    placeholder: 'DIR',
    description: 'where stores and keys are kept, else $HOME/.meshery',
  },
  databaseUrl: {
    schema: z
      .string()
      .refine((value) => /^postgres(ql)?:\/\//.test(value) && URL.canParse(value), {
        error: 'is not a postgres:// URL',
      })
      .optional(),
    flag: 'database-url',
    env: 'MESHERY_DATABASE_URL',
    placeholder: 'URL',
    description: 'keep the inventory and what users make in this PostgreSQL database',
  },
  contexts: {
    schema: list,
    flag: 'context',
    placeholder: 'NAMES|all',
    description: 'kubeconfig contexts to discover, comma-separated; else the current one',
  },
  kubeconfig: {
    schema: text,
    flag: 'kubeconfig',
    placeholder: 'FILE',
    description: 'kubeconfig to read, else $KUBECONFIG or $HOME/.kube/config',
  },
  kubeconfigVariable: { schema: text, env: 'KUBECONFIG', description: 'kubeconfig to read without --kubeconfig' },
  discovery: {
    schema: switchValue(true),
    flag: 'discovery',
    env: 'MESHERY_DISCOVERY',
    isSwitch: true,
    description: 'discover clusters in this process',
  },
  stallMs: {
    schema: milliseconds(90_000),
    env: 'MESHERY_DISCOVERY_STALL_MS',
    description: 'silence after which a watch is opened anew',
  },
  watchList: {
    schema: z.string().optional(),
    env: 'MESHSYNC_WATCH_LIST',
    description: 'white or black list of kinds as JSON, published or typed form',
  },
  browser: {
    schema: switchValue(true),
    flag: 'browser',
    env: 'MESHERY_BROWSER',
    isSwitch: true,
    description: 'open the sign-in link in a browser',
  },
  tlsCert: {
    schema: text,
    flag: 'tls-cert',
    env: 'MESHERY_TLS_CERT',
    placeholder: 'FILE',
    description: 'certificate chain of the listeners, PEM',
  },
  tlsKey: {
    schema: text,
    flag: 'tls-key',
    env: 'MESHERY_TLS_KEY',
    placeholder: 'FILE',
    description: 'private key of the listeners, PEM',
  },
  insecure: {
    schema: switchValue(false),
    flag: 'insecure',
    env: 'MESHERY_INSECURE',
    isSwitch: true,
    description: 'listen beyond loopback without TLS',
  },
  logLevel: {
    schema: z.enum(logLevels).default('info'),
    flag: 'log-level',
    env: 'LOG_LEVEL',
    placeholder: 'LEVEL',
    description: logLevels.join(', '),
  },
  logFiles: {
    schema: switchValue(false),
    flag: 'log-files',
    env: 'MESHERY_LOG_FILES',
    isSwitch: true,
    description: 'keep the newest log in files of the data folder as well',
  },
  latestRelease: {
    schema: z
      .string()
      .regex(/^v?\d+\.\d+\.\d+(-[\w.]+)?$/, 'is not a version such as v1.2.3')
      .optional(),
    env: 'MESHERY_LATEST_RELEASE',
    description: 'newest release, as you know it: the server asks nobody',
  },
  allowedHosts: {
    schema: list,
    env: 'MESHERY_ALLOWED_HOSTS',
    description: 'names in the Host header besides loopback ones; * for any',
  },
  allowedOrigins: { schema: list, env: 'MESHERY_ALLOWED_ORIGINS', description: 'further origins whose pages may call' },
  tokenExchange: {
    schema: switchValue(true),
    env: 'MESHERY_TOKEN_EXCHANGE',
    description: 'hand a token to programs on this machine',
  },
  authFile: {
    schema: text,
    env: 'MESHERY_AUTH_FILE',
    description: 'token file for command-line clients, else $HOME/.meshery/auth.json',
  },
  heartbeatMs: {
    schema: milliseconds(15_000),
    env: 'MESHERY_HEARTBEAT_MS',
    description: 'pause between heartbeats of event streams',
  },
  controllersPollMs: {
    schema: milliseconds(5000),
    env: 'MESHERY_CONTROLLERS_POLL_MS',
    description: 'pause between two looks at the controllers of connections that somebody follows',
  },
  maxSubscribers: {
    schema: z.coerce.number().int().min(1).max(100_000).default(1000),
    env: 'MESHERY_MAX_SUBSCRIBERS',
    description: 'event streams at the same time',
  },
  maxClientBuffer: {
    schema: z.coerce.number().int().min(1024).default(4_194_304),
    env: 'MESHERY_MAX_CLIENT_BUFFER',
    description: 'unread bytes after which an event stream is cut',
  },
  containerHost: {
    schema: text,
    env: 'KUBERNETES_SERVICE_HOST',
    description: 'set inside a cluster: sign-in codes go to the log',
  },
  initialAdminSecret: {
    schema: text,
    env: 'MESHERY_INITIAL_ADMIN_SECRET',
    placeholder: 'NAME',
    description: 'Secret of this cluster that gets the code of the first sign-in beside the log',
  },
  podNamespace: {
    schema: z.string().min(1).default('meshery'),
    env: 'POD_NAMESPACE',
    description: 'namespace of that Secret',
  },
  containerPort: {
    schema: z.string().default('443'),
    env: 'KUBERNETES_SERVICE_PORT',
    description: 'port that goes with it',
  },
  httpProxy: { schema: text, env: 'HTTP_PROXY', description: 'proxy for http API servers' },
  httpsProxy: { schema: text, env: 'HTTPS_PROXY', description: 'proxy for https API servers' },
  noProxy: { schema: text, env: 'NO_PROXY', description: 'hosts reached without a proxy' },
  home: { schema: text, env: 'HOME', description: 'home folder' },
  ...providerFields,
  ...connectionFields,
  ...bridgeFields,
  ...retentionFields,
  ...publisherFields,
  ...operatorFields,
  ...oidcFields,
  ...webFields,
  ...adapterFields,
  ...telemetryFields,
  ...ingestFields,
} as const satisfies ConfigFields;

type Values = ConfigValues<typeof fields>;

/** The server's configuration: flags over environment over defaults; read once, at the start. */
export interface ServerConfig
  extends
    Omit<Values, 'dataDir' | 'authFile' | 'egressPrivate' | 'meshsyncMode' | keyof ChosenProviders>,
    ChosenProviders {
  readonly dataDir: string;
  /** Where the token file of command-line clients is written; undefined when nobody on this machine signs in. */
  readonly authFile: string | undefined;
  /** Whether users may have addresses of private networks and of this machine called. */
  readonly egressPrivate: boolean;
  /** How clusters are discovered that say nothing else: in a container there is no kubeconfig of a developer. */
  readonly meshsyncMode: 'operator' | 'embedded';
  /** True when the listeners can be reached from this machine only. */
  readonly isLoopback: boolean;
}

/** What was asked for: a configuration, or the words of --help. */
export type ReadConfig =
  | { readonly kind: 'config'; readonly config: ServerConfig; readonly sources: SourcesOf<typeof fields> }
  | { readonly kind: 'help'; readonly text: string };

/** Where values come from; the process itself unless told. */
export interface ConfigOrigin {
  readonly argv?: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/**
 * Reads and checks the configuration. Throws `meshery-config-1100` naming what is wrong (never its value) and
 * `meshery-config-1103` for a host beyond loopback without TLS.
 */
export function readConfig(origin: ConfigOrigin = {}): ReadConfig {
  const loaded = loadConfig(fields, {
    program: 'meshery-server',
    summary:
      'Discovers clusters, keeps their objects in one database and serves them live.\n' +
      '"backup FILE" and "restore FILE" before the flags keep user data in a file and bring them back.',
    argv: origin.argv ?? process.argv.slice(2),
    env: origin.env ?? process.env,
  });
  if (loaded.kind === 'help') return loaded;
  return { kind: 'config', config: complete(loaded.values), sources: loaded.sources };
}

function complete(values: Values): ServerConfig {
  const isLoopback = isLocalHostName(values.host.toLowerCase());
  checkTls(values, isLoopback);
  const home = join(values.home ?? homedir(), '.meshery');
  const signsIn = isLoopback && values.containerHost === undefined;
  return Object.freeze({
    ...values,
    ...chooseProviders(values),
    dataDir: resolve(values.dataDir ?? home),
    authFile: values.authFile ?? (signsIn ? join(home, 'auth.json') : undefined),
    egressPrivate: values.egressPrivate === undefined ? isLoopback : values.egressPrivate === 'true',
    meshsyncMode: values.meshsyncMode ?? (values.containerHost === undefined ? 'embedded' : 'operator'),
    isLoopback,
  });
}

function checkTls({ host, tlsCert, tlsKey, insecure, grpcOutside }: Values, isLoopback: boolean): void {
  if ((tlsCert === undefined) !== (tlsKey === undefined)) throw halfTls();
  if (tlsCert !== undefined) return;
  if (!isLoopback && !insecure) throw needsTls(host);
  if (grpcOutside !== undefined) throw outsideNeedsTls();
}

function halfTls(): MesheryError {
  return new MesheryError('meshery-config-1100', 'Invalid settings: --tls-cert and --tls-key go together.', {
    remedy: 'Name both files, or none.',
  });
}

function outsideNeedsTls(): MesheryError {
  return new MesheryError('meshery-config-1103', 'A second address of the gRPC port needs a certificate.', {
    remedy: 'Add --tls-cert FILE and --tls-key FILE, or leave --grpc-outside out.',
  });
}

function needsTls(host: string): MesheryError {
  return new MesheryError('meshery-config-1103', `Listening on ${host} without TLS would send tokens in the clear.`, {
    remedy: 'Add --tls-cert FILE and --tls-key FILE, or accept the risk with --insecure, or listen on 127.0.0.1.',
  });
}
