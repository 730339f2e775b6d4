import { Agent, type RequestOptions, get } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { type KubeAccess, KubeAdmin, type MesheryServer, type Subscription, subscribe } from '@meshery/testing';
import type { Seen } from './change-ledger.ts';

interface EventRow {
  readonly metadata: { readonly uid: string; readonly resourceVersion: string };
}

/** Tells of every upsert that the server's event stream sends. Close the subscription when done. */
export async function observeServer(
  server: MesheryServer,
  clusterId: string,
  onSeen: (seen: Seen) => void,
): Promise<Subscription> {
  const query = `clusterIds=${encodeURIComponent(JSON.stringify([clusterId]))}`;
  const url = `${server.url}/api/system/meshsync/resources/subscribe?${query}`;
  return await subscribe(url, server.client.headers, ({ event, data, receivedAt }) => {
    if (event !== 'upsert') return;
    const { uid, resourceVersion } = (JSON.parse(data) as EventRow).metadata;
    onSeen({ uid, resourceVersion, at: receivedAt });
  });
}

/** The least that a watch reader can do: one request, lines, two fields of each. Gives the way to end it. */
export async function observeBareWatch(
  access: KubeAccess,
  path: string,
  onSeen: (seen: Seen) => void,
): Promise<() => void> {
  const agent = new Agent({ keepAlive: false, ca: access.caPem });
  const headers = { authorization: `Bearer ${access.adminToken}`, accept: 'application/json', 'user-agent': 'bench' };
  const from = await positionOf(access, path);
  const query = `watch=1&resourceVersion=${from}&allowWatchBookmarks=true`;
  const response = await open(`${access.url}${path}?${query}`, { agent, headers });
  if (response.statusCode !== 200) throw new Error(`watching ${path} was answered ${String(response.statusCode)}`);
  readLines(response, (line, at) => {
    const uid = /"uid":"([^"]*)"/.exec(line)?.[1];
    const resourceVersion = /"resourceVersion":"([^"]*)"/.exec(line)?.[1];
    if (uid !== undefined && resourceVersion !== undefined) onSeen({ uid, resourceVersion, at });
  });
  return () => {
    response.destroy();
    agent.destroy();
  };
}

/** The present position of a collection: the watch then begins without the objects that are there already. */
async function positionOf(access: KubeAccess, path: string): Promise<string> {
  using admin = new KubeAdmin(access, 1);
  const list = await admin.json<{ readonly metadata: { readonly resourceVersion: string } }>({
    path: `${path}?limit=1`,
  });
  return list.metadata.resourceVersion;
}

function open(url: string, options: RequestOptions): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  get(url, options, resolve).on('error', reject);
  return promise;
}

function readLines(response: IncomingMessage, onLine: (line: string, at: number) => void): void {
  let rest = '';
  response.setEncoding('utf8');
  response.on('error', () => undefined);
  response.on('data', (text: string) => {
    const at = performance.now();
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line, at);
  });
}
