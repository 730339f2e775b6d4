import { addressOfPod, containerSecurity } from './kube-objects.ts';
import type { KubeObject } from './kube-objects.ts';

/** What some installations add to the server's pod: a component for Kustomize, values of the chart. */
export interface ServerAddition {
  readonly variables: readonly object[];
  readonly volumes: readonly object[];
  readonly mounts: readonly object[];
  /** Containers that are up before the server. */
  readonly before: readonly object[];
  /** Other fields of the server's container. */
  readonly container?: object;
  /** What else is changed, as operations of JSON Patch (RFC 6902), by kind of the object. */
  readonly others?: Readonly<Record<string, readonly object[]>>;
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

const probe = { httpGet: { scheme: 'HTTPS' } };

/** The gRPC port for agents that dial and for third parties: it needs a certificate, and the server has it for all. */
export const grpcAddition: ServerAddition = {
  variables: [
    { name: 'MESHERY_TLS_CERT', value: '/etc/meshery/tls/tls.crt' },
    { name: 'MESHERY_TLS_KEY', value: '/etc/meshery/tls/tls.key' },
    addressOfPod('MESHERY_GRPC_OUTSIDE'),
    { name: 'MESHERY_INSECURE', $patch: 'delete' },
  ],
  volumes: [{ name: 'tls', secret: { secretName: 'meshery-tls' } }],
  mounts: [{ name: 'tls', mountPath: '/etc/meshery/tls', readOnly: true }],
  before: [],
  container: { startupProbe: probe, livenessProbe: probe, readinessProbe: probe },
  others: {
    Service: [added('/spec/ports/-', { name: 'grpc', port: 9082, targetPort: 9082, protocol: 'TCP' })],
    NetworkPolicy: [added('/spec/ingress/-', { ports: [{ port: 9082, protocol: 'TCP' }] })],
  },
};

function added(path: string, value: object): object {
  return { op: 'add', path, value };
}

/** The patch of the server's Deployment. */
export function additionPatch(namespace: string, addition: ServerAddition): KubeObject {
  const { variables, volumes, mounts, before, container = {} } = addition;
  const server = { name: 'server', env: variables, volumeMounts: mounts, ...container };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'meshery', namespace },
    spec: { template: { spec: { initContainers: [...before, server], volumes } } },
  };
}
