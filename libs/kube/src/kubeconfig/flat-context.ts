import { createHash } from 'node:crypto';
import { notAllowed } from '../kube-errors.ts';
import { clusterOf, fileReader, refuseUntrustedCluster, userOf } from './cluster-access.ts';
import type { AccessOptions } from './cluster-access.ts';
import type { ClusterEntry, Kubeconfig, UserEntry } from './kubeconfig-model.ts';
import { selectContext } from './load-kubeconfig.ts';

const idLength = 32;

/** One context with everything that it needs inside of it. Holds secrets: never log it. */
export interface FlatContext {
  /** The same for the same cluster, credential and name, wherever the context was read; 32 hexadecimal digits. */
  readonly contextId: string;
  readonly name: string;
  /** Base URL of the API server. */
  readonly server: string;
  /** A kubeconfig of this context alone, as JSON. */
  readonly kubeconfig: string;
}

/** How a context is flattened. */
export type FlattenOptions = Pick<AccessOptions, 'trust' | 'allow' | 'clock'> & {
  /** Another name for the context; its id follows. */
  readonly rename?: string;
};

type Fields = Readonly<Record<string, unknown>>;

/**
 * Cuts one context out of a kubeconfig and puts the files that it refers to into it. From the network nothing is taken
 * that runs a program, reads a file, goes through a proxy or does without the certificate of the API server:
 * `meshery-kube-1305`. Rejects with `meshery-kube-1300` to `1302` as well.
 */
export async function flattenContext(
  config: Kubeconfig,
  wanted: string,
  options: FlattenOptions,
): Promise<FlatContext> {
  const context = selectContext(config, wanted);
  const [clusterEntry, userEntry] = [clusterOf(config, context), userOf(config, context)];
  if (options.trust === 'network') refuseUntrusted(clusterEntry, userEntry);
  const files = fileReader(options);
  const inline = async (data: string | undefined, path: string | undefined): Promise<string | undefined> => {
    if (data !== undefined && data !== '') return data;
    const text = await files(path);
    return text === undefined ? undefined : Buffer.from(text, 'utf8').toString('base64');
  };
  const cluster = defined({
    server: clusterEntry.server,
    'certificate-authority-data': await inline(clusterEntry.caData, clusterEntry.caFile),
    'tls-server-name': clusterEntry.tlsServerName,
    'insecure-skip-tls-verify': clusterEntry.insecureSkipTlsVerify || undefined,
    'proxy-url': clusterEntry.proxyUrl,
  });
  const user = userEntry === undefined ? {} : await flatUser(userEntry, inline);
  const name = options.rename ?? context.name;
  return {
    contextId: createHash('sha256')
      .update(JSON.stringify([cluster, user, name]))
      .digest('hex')
      .slice(0, idLength),
    name,
    server: clusterEntry.server.replace(/\/+$/, ''),
    kubeconfig: write(name, cluster, user, context.namespace),
  };
}

async function flatUser(
  user: UserEntry,
  inline: (data: string | undefined, path: string | undefined) => Promise<string | undefined>,
): Promise<Fields> {
  return defined({
    'client-certificate-data': await inline(user.certData, user.certFile),
    'client-key-data': await inline(user.keyData, user.keyFile),
    token: user.token,
    tokenFile: user.tokenFile,
    username: user.username,
    password: user.password,
    exec: user.exec,
  });
}

function write(name: string, cluster: Fields, user: Fields, namespace: string | undefined): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster }],
    users: [{ name, user }],
    contexts: [{ name, context: defined({ cluster: name, user: name, namespace }) }],
    'current-context': name,
  });
}

function refuseUntrusted(cluster: ClusterEntry, user: UserEntry | undefined): void {
  const token = 'Use a kubeconfig with a token or a client certificate inside of it.';
  if (user?.exec !== undefined) throw notAllowed(`the exec plugin "${user.exec.command}"`, token);
  if (user?.authProvider !== undefined) throw notAllowed(`the auth provider "${user.authProvider}"`, token);
  if (user?.tokenFile !== undefined) throw notAllowed(`the file ${user.tokenFile}`, token);
  refuseUntrustedCluster(cluster);
}

function defined(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
