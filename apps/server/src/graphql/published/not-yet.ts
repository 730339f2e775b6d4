import { MesheryError } from '@meshery/errors';

const byHand = 'Install the operator with its Helm chart; its state is answered by getOperatorStatus.';
const objects = 'Ask "resources" for the workloads of the namespace, and "resource" for one of them with its text.';

/** What helps until an operation is there, where something does. */
const remedies: Readonly<Record<string, string>> = {
  changeOperatorStatus: byHand,
  deployMeshsync: byHand,
  connectToNats: 'The bridge of the broker connects by itself; getNatsStatus says how far it is.',
  getAvailableAddons: objects,
  getControlPlanes: objects,
  getDataPlanes: objects,
  getKubectlDescribe: objects,
  listenToAddonState: 'Subscribe to "resourceChanges" of the namespace.',
  listenToControlPlaneState: 'Subscribe to "resourceChanges" of the namespace.',
  listenToDataPlaneState: 'Subscribe to "resourceChanges" of the namespace.',
};

/** The error of an operation that published clients know and that this server does not answer yet. */
export function notYet(name: string): MesheryError {
  return new MesheryError('meshery-core-1009', `"${name}" is not answered by this server yet.`, {
    probableCause: 'The feature that it belongs to comes with a later version.',
    remedy: remedies[name] ?? 'Leave it out of the request, or use a later version of this server.',
  });
}
