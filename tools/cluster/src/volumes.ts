import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ApiClient } from './api-client.ts';
import { PROVISIONER, STORAGE_CLASS } from './storage-class.ts';

/** What the provisioner reads of a PersistentVolumeClaim. */
export interface Claim {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly uid: string;
    readonly deletionTimestamp?: string;
  };
  readonly spec: {
    readonly storageClassName?: string;
    readonly volumeName?: string;
    readonly volumeMode?: string;
    readonly accessModes?: readonly string[];
    readonly resources?: { readonly requests?: { readonly storage?: string } };
  };
}

/** What the provisioner reads of a PersistentVolume. */
export interface Volume {
  readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> };
  readonly spec: { readonly persistentVolumeReclaimPolicy?: string };
  readonly status?: { readonly phase?: string };
}

const PROVISIONED_BY = 'pv.kubernetes.io/provisioned-by';
const NAME = /^pvc-[0-9a-f-]{36}$/;

/** True when the claim waits for a volume of ours. Blocks instead of a file system are not offered. */
export function wantsVolume(claim: Claim): boolean {
  const { storageClassName, volumeName, volumeMode } = claim.spec;
  const waiting = volumeName === undefined || volumeName === '';
  return (
    waiting &&
    storageClassName === STORAGE_CLASS &&
    volumeMode !== 'Block' &&
    claim.metadata.deletionTimestamp === undefined
  );
}

/** The volume for a claim: a folder of this machine, which every node of the cluster sees under the same path. */
export function volumeFor(
  claim: Claim,
  root: string,
): { metadata: { name: string }; spec: { hostPath: { path: string } } } {
  const name = `pvc-${claim.metadata.uid}`;
  return Object.freeze({
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name, annotations: { [PROVISIONED_BY]: PROVISIONER } },
    spec: {
      capacity: { storage: claim.spec.resources?.requests?.storage ?? '1Gi' },
      accessModes: claim.spec.accessModes ?? ['ReadWriteOnce'],
      persistentVolumeReclaimPolicy: 'Delete',
      storageClassName: STORAGE_CLASS,
      claimRef: {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        name: claim.metadata.name,
        namespace: claim.metadata.namespace,
        uid: claim.metadata.uid,
      },
      hostPath: { path: join(root, name), type: 'Directory' },
    },
  });
}

/** True when the volume is one of ours that nobody uses any more. */
export function isToBeRemoved(volume: Volume): boolean {
  const ours = volume.metadata.annotations?.[PROVISIONED_BY] === PROVISIONER && NAME.test(volume.metadata.name);
  return ours && volume.status?.phase === 'Released' && volume.spec.persistentVolumeReclaimPolicy === 'Delete';
}

/** Makes the volumes that claims wait for and removes those that are done with. */
export async function reconcileVolumes(
  api: ApiClient,
  root: string,
  claims: readonly Claim[],
  volumes: readonly Volume[],
): Promise<void> {
  for (const claim of claims.filter(wantsVolume)) {
    const volume = volumeFor(claim, root);
    mkdirSync(volume.spec.hostPath.path, { recursive: true });
    // Containers run under any user: as with other local provisioners, the folder is open to all of them.
    chmodSync(volume.spec.hostPath.path, 0o777);
    await api.apply(`/api/v1/persistentvolumes/${volume.metadata.name}`, volume);
  }
  for (const volume of volumes.filter(isToBeRemoved)) {
    rmSync(join(root, volume.metadata.name), { recursive: true, force: true });
    await api.send({ method: 'DELETE', path: `/api/v1/persistentvolumes/${volume.metadata.name}` });
  }
}
