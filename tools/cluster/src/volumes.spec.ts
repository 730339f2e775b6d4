import { type Claim, isToBeRemoved, volumeFor, wantsVolume } from './volumes.ts';

const uid = '0b9c1f57-6f0e-4c8e-9a57-0a2d5a0f3c11';
const claim = (spec: Claim['spec'], more: Partial<Claim['metadata']> = {}): Claim => ({
  metadata: { name: 'data', namespace: 'default', uid, ...more },
  spec: { storageClassName: 'standard', ...spec },
});

describe('the volumes of the default StorageClass', () => {
  test('are for claims of that class which have none and stay', () => {
    expect(wantsVolume(claim({}))).toBe(true);
    expect(wantsVolume(claim({ volumeName: 'pvc-1' }))).toBe(false);
    expect(wantsVolume(claim({ storageClassName: 'fast' }))).toBe(false);
    expect(wantsVolume(claim({ volumeMode: 'Block' }))).toBe(false);
    expect(wantsVolume(claim({}, { deletionTimestamp: '2026-01-01T00:00:00Z' }))).toBe(false);
  });

  test('have the size, the modes and the claim that asked', () => {
    const asked = claim({ accessModes: ['ReadWriteMany'], resources: { requests: { storage: '5Gi' } } });
    expect(volumeFor(asked, '/volumes')).toMatchObject({
      metadata: { name: `pvc-${uid}` },
      spec: {
        capacity: { storage: '5Gi' },
        accessModes: ['ReadWriteMany'],
        claimRef: { uid, namespace: 'default' },
        hostPath: { path: `/volumes/pvc-${uid}` },
      },
    });
  });

  test('are removed when released, unless they are kept on purpose or somebody else made them', () => {
    const ours = {
      metadata: { name: `pvc-${uid}`, annotations: { 'pv.kubernetes.io/provisioned-by': 'meshery.io/host-path' } },
      spec: { persistentVolumeReclaimPolicy: 'Delete' },
      status: { phase: 'Released' },
    };
    expect(isToBeRemoved(ours)).toBe(true);
    expect(isToBeRemoved({ ...ours, status: { phase: 'Bound' } })).toBe(false);
    expect(isToBeRemoved({ ...ours, spec: { persistentVolumeReclaimPolicy: 'Retain' } })).toBe(false);
    expect(isToBeRemoved({ ...ours, metadata: { name: '../..', annotations: ours.metadata.annotations } })).toBe(false);
    expect(isToBeRemoved({ ...ours, metadata: { name: `pvc-${uid}` } })).toBe(false);
  });
});
