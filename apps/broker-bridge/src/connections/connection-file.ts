import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parseNatsAddress } from '@meshery/messaging';
import { parse } from 'yaml';
import { z } from 'zod';

const file = z.string().min(1);

/** One broker connection, as a JSON or YAML file says it; documented in docs/spec/ingest.md. */
const schema = z.strictObject({
  /** Name in logs and metrics, unique in the folder. */
  name: z.string().regex(/^[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?$/),
  /** "[nats://|tls://]host[:port]"; credentials belong into `tokenFile`. */
  url: z.string().min(1).refine(isBrokerUrl, 'is not a broker URL without credentials'),
  /** File with the broker token, read at each connect; relative to this file. */
  tokenFile: file.optional(),
  /** Uid of namespace kube-system; else the first one that is heard is kept. */
  clusterId: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,128}$/)
    .optional(),
  /** What to expect; `auto`: both, a native agent wins. */
  mode: z.enum(['auto', 'native', 'published']).default('auto'),
  tls: z
    .strictObject({
      caFile: file.optional(),
      certFile: file.optional(),
      keyFile: file.optional(),
      /** Name in the certificate of the broker, where it is reached by another one. */
      serverName: z.string().min(1).max(253).optional(),
    })
    .optional(),
});

/** A checked connection file, with absolute paths. */
export type ConnectionFile = z.output<typeof schema>;

/** A connection, or why its file is of no use. */
export type ConnectionResult =
  { readonly ok: true; readonly connection: ConnectionFile } | { readonly ok: false; readonly reason: string };

/** Largest connection file, in bytes. */
const maxBytes = 64 * 1024;

/** Reads and checks one file; the reason names fields, never values. */
export async function readConnectionFile(path: string): Promise<ConnectionResult> {
  let text: string;
  try {
    text = await readFile(path, { encoding: 'utf8', signal: AbortSignal.timeout(5000) });
  } catch (error) {
    return { ok: false, reason: `it cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})` };
  }
  if (text.length > maxBytes) return { ok: false, reason: `it is larger than ${maxBytes} bytes` };
  return checkConnection(text, dirname(path));
}

/** Checks the text of a file; `folder` is where relative paths begin. */
export function checkConnection(text: string, folder: string): ConnectionResult {
  const value = parseText(text);
  if (value === undefined) return { ok: false, reason: 'it is neither JSON nor YAML' };
  const result = schema.safeParse(value);
  if (!result.success) {
    const problems = result.error.issues.map((issue) => `${issue.path.join('.') || 'file'}: ${issue.message}`);
    return { ok: false, reason: problems.join('; ') };
  }
  return { ok: true, connection: withAbsolutePaths(result.data, folder) };
}

function parseText(text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 10 }) as unknown;
  } catch {
    return undefined;
  }
}

function isBrokerUrl(url: string): boolean {
  try {
    const address = parseNatsAddress(url);
    return address.token === undefined && address.user === undefined;
  } catch {
    return false;
  }
}

function withAbsolutePaths(connection: ConnectionFile, folder: string): ConnectionFile {
  const absolute = (path: string | undefined): string | undefined =>
    path === undefined ? undefined : resolve(folder, path);
  const { tokenFile, tls, ...rest } = connection;
  const token = absolute(tokenFile);
  return {
    ...rest,
    ...(token === undefined ? {} : { tokenFile: token }),
    ...(tls === undefined
      ? {}
      : {
          tls: {
            ...tls,
            caFile: absolute(tls.caFile),
            certFile: absolute(tls.certFile),
            keyFile: absolute(tls.keyFile),
          },
        }),
  };
}
