import { MesheryError } from '@meshery/errors';

/** The first message is not `begin`, or says nothing of use. */
export function notBegun(): MesheryError {
  return new MesheryError(
    'meshery-messaging-1503',
    'A stream of clusters begins with the instance of the bridge, once.',
    {
      probableCause: 'The bridge is of another version, or is no bridge.',
      remedy: 'Upgrade the bridge to the version of the server.',
    },
  );
}

/** No more streams are taken. */
export function tooManyBridges(most: number): MesheryError {
  return new MesheryError('meshery-core-1005', `More than ${String(most)} bridges ask for clusters.`, {
    remedy: 'Stop some of them, or let them serve clusters of kubeconfigs of their own.',
  });
}

/** What is told is not read. */
export function tooSlow(): MesheryError {
  return new MesheryError('meshery-core-1010', 'The bridge reads too slowly which clusters it serves.', {
    remedy: 'It tries again by itself; look at its log and at the network in between.',
  });
}

/** The stream is of no use any more. */
export function cutOff(): MesheryError {
  return new MesheryError('meshery-core-1003', 'The bridge did not answer in time, or began another stream.', {
    remedy: 'It tries again by itself; look at its log and at the network in between.',
  });
}

/** The binding does not allow it. */
export function mayNotFollow(name: string): MesheryError {
  return new MesheryError('meshery-auth-1202', `"${name}" may not be told kubeconfigs.`, {
    probableCause: 'Its binding is for agents, or for a bridge with kubeconfigs of its own.',
    remedy: 'Add "kubeconfigs": true to its binding in the bindings file of the server, if you trust it with them.',
    details: { bridge: name },
  });
}
