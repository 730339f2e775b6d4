import { MesheryError } from '@meshery/errors';
import { credentialRejected } from '../kube-errors.ts';
import type { KubeTransport } from '../transport/kube-transport.ts';

/** The identity of a cluster: the uid of namespace kube-system. Rejects with `meshery-kube-1303`, `1304`, `1306` or `1309`. */
export async function readClusterId(transport: KubeTransport, signal: AbortSignal): Promise<string> {
  const answer = await transport.get('/api/v1/namespaces/kube-system', {
    signal,
    accept: 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json',
  });
  if (answer.status === 401) {
    transport.invalidateCredential();
    throw credentialRejected(transport.server);
  }
  const uid = answer.status === 200 ? uidOf(answer.body) : undefined;
  if (uid !== undefined) return uid;
  throw new MesheryError(
    'meshery-kube-1306',
    `The cluster's identity cannot be read (status ${String(answer.status)}).`,
    {
      probableCause: 'The user or service account may not get namespace kube-system.',
      remedy: 'Grant it with a ClusterRole that allows to get namespaces.',
      details: { server: transport.server, status: answer.status },
    },
  );
}

function uidOf(body: Buffer): string | undefined {
  try {
    const object = JSON.parse(body.toString('utf8')) as { metadata?: { uid?: unknown } } | null;
    const uid = object?.metadata?.uid;
    return typeof uid === 'string' && uid !== '' ? uid : undefined;
  } catch {
    return undefined;
  }
}
