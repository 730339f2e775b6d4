import { isMesheryError } from '@meshery/errors';
import { kubeconfigFiles, loadKubeconfig, proxyFor, selectContext } from '@meshery/kube';
import type { Kubeconfig } from '@meshery/kube';
import { connect } from 'node:net';

/** What the user's kubeconfig offers right now. */
export type FoundCluster =
  { readonly kind: 'reachable'; readonly context: string } | { readonly kind: 'none'; readonly reason: string };

/** Where to look; values of the environment come from the caller. */
export interface FindOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly timeoutMs?: number;
}

const CONNECT_MS = 3000;

/** Looks whether the current context of the user's kubeconfig has an API server that accepts connections. */
export async function findCluster(options: FindOptions): Promise<FoundCluster> {
  const { KUBECONFIG, HOME } = options.env;
  const location = {
    ...(KUBECONFIG === undefined ? {} : { kubeconfigVariable: KUBECONFIG }),
    ...(HOME === undefined ? {} : { home: HOME }),
  };
  try {
    const config = await loadKubeconfig(location);
    const context = selectContext(config);
    const server = serverOf(config, context.cluster);
    if (server === undefined) return { kind: 'none', reason: `context "${context.name}" names no known cluster` };
    const reason = await whyUnreachable(server, options);
    if (reason === undefined) return { kind: 'reachable', context: context.name };
    return { kind: 'none', reason: `context "${context.name}" (${server}): ${reason}` };
  } catch (error) {
    if (!isMesheryError(error)) throw error;
    const files = kubeconfigFiles(location).join(', ');
    const isMissing = (error.cause as NodeJS.ErrnoException | undefined)?.code === 'ENOENT';
    return { kind: 'none', reason: isMissing ? `there is no kubeconfig at ${files}` : `${files}: ${error.message}` };
  }
}

function serverOf(config: Kubeconfig, cluster: string): string | undefined {
  return config.clusters.get(cluster)?.server;
}

async function whyUnreachable(server: string, options: FindOptions): Promise<string | undefined> {
  const url = URL.parse(server);
  if (url === null) return 'its address is not a URL';
  const { env } = options;
  const settings = { httpProxy: env['HTTP_PROXY'], httpsProxy: env['HTTPS_PROXY'], noProxy: env['NO_PROXY'] };
  // Behind a proxy the address itself need not be reachable from here; the server finds out and says so.
  if (proxyFor(server, withoutUndefined(settings)) !== undefined) return undefined;
  const port = Number(url.port === '' ? (url.protocol === 'http:' ? 80 : 443) : url.port);
  return connectError(url.hostname.replace(/^\[|\]$/g, ''), port, options.timeoutMs ?? CONNECT_MS);
}

function withoutUndefined(settings: Record<string, string | undefined>): Record<string, string> {
  const entries = Object.entries(settings).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(entries);
}

function connectError(host: string, port: number, timeoutMs: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const finish = (reason: string | undefined): void => {
      socket.destroy();
      resolve(reason);
    };
    socket.setTimeout(timeoutMs, () => {
      finish(`no connection within ${String(timeoutMs / 1000)} s`);
    });
    socket.once('connect', () => {
      finish(undefined);
    });
    socket.once('error', (error) => {
      finish(error.message);
    });
  });
}
