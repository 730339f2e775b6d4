import { loadConfig } from '@meshery/config';
import type { ConfigFields, ConfigValues, LoadedConfig } from '@meshery/config';
import { logLevels } from '@meshery/observability';
import { z } from 'zod';

const milliseconds = (fallback: number) => z.coerce.number().int().min(10).max(600_000).default(fallback);
const text = z.string().min(1).optional();

const fields = {
  connections: {
    schema: z.string().min(1).default('/etc/meshery/connections'),
    flag: 'connections',
    env: 'MESHERY_BRIDGE_CONNECTIONS',
    placeholder: 'DIR',
    description: 'folder of connection files',
  },
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
