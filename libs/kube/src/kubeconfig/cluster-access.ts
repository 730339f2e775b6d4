import { readFile } from 'node:fs/promises';
import type { LookupFunction } from 'node:net';
import { isAbsolute, resolve } from 'node:path';
import { X509Certificate } from 'node:crypto';
import type { Clock } from '@meshery/observability';
import { certificateExpired, kubeconfigMalformed, kubeconfigUnreadable, notAllowed } from '../kube-errors.ts';
import type {
  ClusterEntry,
  ContextEntry,
  ExecPlugin,
  Kubeconfig,
  NetworkAllowance,
  TrustLevel,
  UserEntry,
} from './kubeconfig-model.ts';
import { selectContext } from './load-kubeconfig.ts';
import type { ProxySettings } from './proxy.ts';
import { proxyFor } from './proxy.ts';
import { basicCredential, fileTokenCredential, noCredential, staticTokenCredential } from './credential.ts';
import type { Credential } from './credential.ts';

/** Everything needed to talk to one API server. Holds secrets: never log it. */
export interface ClusterAccess {
  /** Name of the context, or "in-cluster". */
  readonly contextName: string;
  readonly clusterName: string;
  /** Base URL without a trailing slash. */
  readonly server: string;
  /** PEM; undefined means the system's CAs. */
  readonly ca: string | undefined;
  /** Client certificate and key as PEM. */
  readonly cert: string | undefined;
  readonly key: string | undefined;
  readonly tlsServerName: string | undefined;
  readonly insecureSkipTlsVerify: boolean;
  readonly proxyUrl: string | undefined;
  /** Source of the Authorization header. */
  readonly credential: Credential;
  /** Finds the addresses of the server's name when it is dialled, the system's resolver without it; a proxy finds its own. */
  readonly lookup?: LookupFunction;
}

/** What an exec plugin gave. */
export interface ExecResult {
  readonly cert: string | undefined;
  readonly key: string | undefined;
  readonly credential: Credential;
}

/** Runs exec plugins; `@meshery/kube/exec` has the implementation, processes that may not run programs leave it out. */
export type ExecRunner = (plugin: ExecPlugin, user: string) => Promise<ExecResult>;

/** How a context becomes a ClusterAccess. */
export interface AccessOptions {
  readonly trust: TrustLevel;
  readonly clock: Clock;
  /** Context name; the current one when absent. */
  readonly context?: string;
  readonly allow?: NetworkAllowance;
  readonly exec?: ExecRunner;
  /** HTTP(S)_PROXY and NO_PROXY; `proxy-url` of the kubeconfig wins. */
  readonly proxy?: ProxySettings;
}

/**
 * Resolves one context of a kubeconfig: reads the files it refers to, checks the validity of the client certificate and
 * enforces the trust level. Rejects with `meshery-kube-1300`, `1301`, `1302`, `1304` or `1305`.
 */
export async function resolveAccess(config: Kubeconfig, options: AccessOptions): Promise<ClusterAccess> {
  const context = selectContext(config, options.context);
  const cluster = clusterOf(config, context);
  const user = userOf(config, context);
  if (options.trust === 'network') refuseUntrustedCluster(cluster);
  const files = fileReader(options);
  const auth = await authenticate(user, options, files);
  checkClientCertificate(auth.cert, options.clock);
  const server = cluster.server.replace(/\/+$/, '');
  return {
    contextName: context.name,
    clusterName: cluster.name,
    server,
    ca: decode(cluster.caData, `clusters["${cluster.name}"]`) ?? (await files(cluster.caFile)),
    cert: auth.cert,
    key: auth.key,
    tlsServerName: cluster.tlsServerName,
    insecureSkipTlsVerify: cluster.insecureSkipTlsVerify,
    proxyUrl: cluster.proxyUrl ?? proxyFor(server, options.proxy),
    credential: auth.credential,
  };
}

/** Throws `meshery-kube-1304` when the client certificate is past its validity. */
export function checkClientCertificate(cert: string | undefined, clock: Clock): void {
  if (cert === undefined) return;
  const parsed = parseCertificate(cert);
  if (parsed.validToDate.getTime() < clock.now()) throw certificateExpired('client', parsed.validToDate.toISOString());
}

function parseCertificate(cert: string): X509Certificate {
  try {
    return new X509Certificate(cert);
  } catch (error) {
    throw kubeconfigMalformed('client-certificate', 'it is not a PEM certificate', error);
  }
}

/**
 * Throws `meshery-kube-1305` for a way to the API server that a kubeconfig from the network must not choose: a proxy
 * would be called whatever its address, and without verification anybody may be the API server.
 */
export function refuseUntrustedCluster({ proxyUrl, insecureSkipTlsVerify }: ClusterEntry): void {
  if (proxyUrl !== undefined) {
    throw notAllowed('a proxy of its own', 'Remove proxy-url; this server has proxy settings of its own.');
  }
  if (!insecureSkipTlsVerify) return;
  throw notAllowed(
    'insecure-skip-tls-verify',
    'Put the authority of the cluster into certificate-authority-data instead.',
  );
}

/** The cluster of a context. Throws `meshery-kube-1301` when the kubeconfig has none of that name. */
export function clusterOf(config: Kubeconfig, context: ContextEntry): ClusterEntry {
  const cluster = config.clusters.get(context.cluster);
  if (cluster !== undefined) return cluster;
  throw kubeconfigMalformed(`contexts["${context.name}"].cluster`, `there is no cluster "${context.cluster}"`);
}

/** The user of a context; undefined when it names none. Throws `meshery-kube-1301` for one that is not there. */
export function userOf(config: Kubeconfig, context: ContextEntry): UserEntry | undefined {
  if (context.user === undefined || context.user === '') return undefined;
  const user = config.users.get(context.user);
  if (user !== undefined) return user;
  throw kubeconfigMalformed(`contexts["${context.name}"].user`, `there is no user "${context.user}"`);
}

/** Reads a file that a kubeconfig refers to. */
type ReadOptionalFile = (path: string | undefined) => Promise<string | undefined>;

/** A reader that enforces the trust level: rejects with `meshery-kube-1300` or `1305`. */
export function fileReader(options: Pick<AccessOptions, 'trust' | 'allow'>): ReadOptionalFile {
  return async (path) => {
    if (path === undefined) return undefined;
    checkFileAllowed(path, options);
    try {
      return await readFile(path, 'utf8');
    } catch (error) {
      throw kubeconfigUnreadable(path, error);
    }
  };
}

function checkFileAllowed(path: string, options: Pick<AccessOptions, 'trust' | 'allow'>): void {
  if (options.trust === 'user-file') return;
  const allowed = options.allow?.filePaths ?? [];
  if (isAbsolute(path) && allowed.includes(resolve(path))) return;
  throw notAllowed(
    `the file ${path}`,
    'Embed the contents instead, for example with: kubectl config view --flatten --raw.',
  );
}

async function authenticate(
  user: UserEntry | undefined,
  options: AccessOptions,
  files: ReadOptionalFile,
): Promise<ExecResult> {
  if (user === undefined) return { cert: undefined, key: undefined, credential: noCredential };
  if (user.exec !== undefined && !hasOwnCredential(user)) return runExec(user.exec, user.name, options);
  const where = `users["${user.name}"]`;
  const cert = decode(user.certData, where) ?? (await files(user.certFile));
  const key = decode(user.keyData, where) ?? (await files(user.keyFile));
  if ((cert === undefined) !== (key === undefined)) {
    throw kubeconfigMalformed(where, 'a client certificate needs a key and a key needs a certificate');
  }
  return { cert, key, credential: headerCredential(user, options, cert !== undefined) };
}

function hasOwnCredential(user: UserEntry): boolean {
  return [user.token, user.tokenFile, user.certData, user.certFile, user.username].some((field) => field !== undefined);
}

function headerCredential(user: UserEntry, options: AccessOptions, hasCertificate: boolean): Credential {
  if (user.tokenFile !== undefined) {
    checkFileAllowed(user.tokenFile, options);
    return fileTokenCredential(user.tokenFile, options.clock);
  }
  if (user.token !== undefined && user.token !== '') return staticTokenCredential(user.token);
  if (user.username !== undefined) return basicCredential(user.username, user.password ?? '');
  if (user.authProvider !== undefined && !hasCertificate) {
    throw kubeconfigMalformed(
      `users["${user.name}"].auth-provider`,
      `"${user.authProvider}" is a legacy auth provider that Kubernetes no longer has; use its exec plugin`,
    );
  }
  return noCredential;
}

async function runExec(plugin: ExecPlugin, user: string, options: AccessOptions): Promise<ExecResult> {
  const listed = options.allow?.execCommands?.includes(plugin.command) === true;
  if (options.trust === 'network' && !listed) {
    throw notAllowed(
      `the exec plugin "${plugin.command}"`,
      'Use a kubeconfig with a token or certificate, or let the administrator allow this command.',
    );
  }
  if (options.exec === undefined) {
    throw notAllowed(
      `the exec plugin "${plugin.command}"`,
      'This component runs no programs: give it a service account token or a client certificate.',
    );
  }
  return options.exec(plugin, user);
}

function decode(data: string | undefined, where: string): string | undefined {
  if (data === undefined || data === '') return undefined;
  const text = Buffer.from(data, 'base64').toString('utf8');
  if (!text.includes('-----BEGIN')) throw kubeconfigMalformed(where, 'certificate or key data is not base64 of PEM');
  return text;
}
