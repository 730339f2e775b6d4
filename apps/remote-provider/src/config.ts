import { loadConfig, switchValue } from '@meshery/config';
import type { ConfigFields, LoadedConfig } from '@meshery/config';
import { logLevels } from '@meshery/observability';
import { z } from 'zod';

const list = z
  .string()
  .default('')
  .transform((value) => value.split(',').filter((part) => part !== ''));

const fields = {
  port: {
    schema: z.coerce.number().int().min(0).max(65_535).default(443),
    flag: 'port',
    env: 'PORT',
    placeholder: 'PORT',
    description: 'port to listen on',
  },
  host: {
    schema: z.string().min(1).default('127.0.0.1'),
    flag: 'host',
    env: 'PROVIDER_HOST',
    placeholder: 'ADDRESS',
    description: 'address to listen on',
  },
  users: {
    schema: z.string().min(1),
    flag: 'users',
    env: 'PROVIDER_USERS',
    placeholder: 'FILE',
    description: 'who can sign in: JSON list of name, passwordHash and role',
  },
  callbacks: {
    schema: list,
    flag: 'callbacks',
    env: 'PROVIDER_CALLBACKS',
    placeholder: 'ORIGINS',
    description: 'origins of servers that users may be sent back to, besides loopback; comma-separated',
  },
  tokenSeconds: {
    schema: z.coerce.number().int().min(1).max(86_400).default(900),
    env: 'PROVIDER_TOKEN_SECONDS',
    description: 'life of an access token',
  },
  anonymous: {
    schema: switchValue(false),
    env: 'PROVIDER_ANONYMOUS',
    description: 'let people in who have no account, as viewers: also at every server that trusts this provider',
  },
  tlsCert: {
    schema: z.string().min(1).optional(),
    flag: 'tls-cert',
    env: 'PROVIDER_TLS_CERT',
    placeholder: 'FILE',
    description: 'certificate, PEM; without it plain HTTP, which servers elsewhere give no secrets to',
  },
  tlsKey: {
    schema: z.string().min(1).optional(),
    flag: 'tls-key',
    env: 'PROVIDER_TLS_KEY',
    placeholder: 'FILE',
    description: 'its key, PEM',
  },
  logLevel: {
    schema: z.enum(logLevels).default('info'),
    flag: 'log-level',
    env: 'LOG_LEVEL',
    placeholder: 'LEVEL',
    description: logLevels.join(', '),
  },
} as const satisfies ConfigFields;

/** Reads and checks the configuration. Throws `meshery-config-1100` naming what is wrong. */
export function readConfig(
  argv = process.argv.slice(2),
  env: Readonly<Record<string, string | undefined>> = process.env,
): LoadedConfig<typeof fields> {
  return loadConfig(fields, {
    program: 'meshery-remote-provider',
    summary: 'Vouches for users of Meshery and keeps what they make, in memory.',
    argv,
    env,
  });
}
