import { containerSecurity } from './kube-objects.ts';
import type { KubeObject } from './kube-objects.ts';

/** What some installations add to the server's pod: a component for Kustomize, values of the chart. */
export interface ServerAddition {
  readonly variables: readonly object[];
  readonly volumes: readonly object[];
  readonly mounts: readonly object[];
  /** Containers that are up before the server. */
  readonly before: readonly object[];
}

/** A plugin for a key management service; the socket is seen by it and the server only. Whoever installs it names the image. */
export const kmsAddition: ServerAddition = {
  variables: [{ name: 'MESHERY_KMS_ENDPOINT', value: 'unix:///run/kms/kms.sock' }],
  volumes: [{ name: 'kms', emptyDir: { medium: 'Memory', sizeLimit: '1Mi' } }],
  mounts: [{ name: 'kms', mountPath: '/run/kms' }],
  before: [
    {
      name: 'kms',
      image: 'kms-plugin',
      imagePullPolicy: 'IfNotPresent',
      restartPolicy: 'Always',
      resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { cpu: '500m', memory: '128Mi' } },
      securityContext: containerSecurity,
      volumeMounts: [{ name: 'kms', mountPath: '/run/kms' }],
    },
  ],
};

/** Authorities of client certificates on the gRPC port. */
export const clientCaAddition: ServerAddition = {
  variables: [{ name: 'MESHERY_GRPC_CLIENT_CA', value: '/etc/meshery/client-ca/ca.crt' }],
  volumes: [{ name: 'client-ca', secret: { secretName: 'meshery-client-ca' } }],
  mounts: [{ name: 'client-ca', mountPath: '/etc/meshery/client-ca', readOnly: true }],
  before: [],
};

/** The patch of the server's Deployment. */
export function additionPatch(namespace: string, { variables, volumes, mounts, before }: ServerAddition): KubeObject {
  const server = { name: 'server', env: variables, volumeMounts: mounts };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'meshery', namespace },
    spec: { template: { spec: { initContainers: [...before, server], volumes } } },
  };
}
