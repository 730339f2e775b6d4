import type { KubeTransport } from '../transport/kube-transport.ts';

/** How the objects of a first snapshot are asked for. */
export type ListWay = 'pages' | 'streams';

/** From this minor version on, pages are answered out of the watch cache and encoded object by object. */
const cachedPagesMinor = 34;

/**
 * Chooses the cheaper way for this API server: pages since Kubernetes 1.34, where one costs it half the CPU of a
 * streaming list and no more memory; streaming lists before, where a page is a read of etcd. An unreadable version
 * means streams, which fall back to pages by themselves.
 */
export async function chooseListWay(transport: KubeTransport, signal: AbortSignal): Promise<ListWay> {
  try {
    const answer = await transport.get('/version', { signal });
    const { major, minor } = JSON.parse(answer.body.toString('utf8')) as { major?: string; minor?: string };
    const isNew = Number.parseInt(major ?? '', 10) > 1 || Number.parseInt(minor ?? '', 10) >= cachedPagesMinor;
    return answer.status === 200 && isNew ? 'pages' : 'streams';
  } catch {
    signal.throwIfAborted();
    return 'streams';
  }
}
