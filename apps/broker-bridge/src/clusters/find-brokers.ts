import { MesheryError, isMesheryError } from '@meshery/errors';
import { collectionPath } from '@meshery/kube/reconcile';
import type { KubeClient, ResourceType } from '@meshery/kube/reconcile';

/** The newest first; older operators serve only the last one. */
const versions = ['v1alpha2', 'v1alpha1'];

/**
 * The collection of Brokers that may be watched: of all namespaces, else of one. Rejects with `meshery-kube-1308` when
 * neither is allowed, with `1313` when the cluster does not know the kind, or with another error of the API server.
 */
export async function findBrokers(client: KubeClient, namespace: string, signal: AbortSignal): Promise<string> {
  for (const version of versions) {
    const type: ResourceType = { group: 'meshery.io', version, plural: 'brokers', kind: 'Broker', namespaced: true };
    for (const scope of [undefined, namespace]) {
      const refusal = await refusalOf(client.list(type, { namespace: scope }, signal));
      if (refusal === undefined) return collectionPath(type, scope);
      if (refusal.code === 'meshery-kube-1313') break;
      if (refusal.code !== 'meshery-kube-1308' || scope !== undefined) throw refusal;
    }
  }
  throw new MesheryError('meshery-kube-1313', 'The cluster does not know the kind Broker (brokers.meshery.io).', {
    probableCause: "Meshery's operator is not installed in this cluster.",
    remedy: 'Install the operator, or remove this context from the kubeconfig.',
  });
}

async function refusalOf(call: Promise<unknown>): Promise<MesheryError | undefined> {
  try {
    await call;
    return undefined;
  } catch (error) {
    if (isMesheryError(error)) return error;
    throw error;
  }
}
