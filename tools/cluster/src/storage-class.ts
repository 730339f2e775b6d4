import type { ApiClient } from './api-client.ts';

/** The default StorageClass of every local cluster. */
export const STORAGE_CLASS = 'standard';
/** The provisioner of that class. */
export const PROVISIONER = 'meshery.io/host-path';

/** Applies the default StorageClass. */
export async function applyStorageClass(api: ApiClient): Promise<void> {
  await api.apply(`/apis/storage.k8s.io/v1/storageclasses/${STORAGE_CLASS}`, {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: STORAGE_CLASS, annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
    provisioner: PROVISIONER,
    reclaimPolicy: 'Delete',
    volumeBindingMode: 'Immediate',
  });
}
