import type { ResourceType, WantedObject } from '@meshery/kube/reconcile';
import { adapterNamespace } from './adapter-catalogue.ts';
import type { CataloguedAdapter } from './adapter-catalogue.ts';

/** Label that says who made an object, and its value for this server. */
export const managedBy = 'app.kubernetes.io/managed-by';
export const managedByServer = 'meshery-server';

/** An object with its kind. */
export interface TypedObject {
  readonly type: ResourceType;
  readonly object: WantedObject;
}

/** What is to be deployed. */
export interface AdapterDeployment {
  readonly adapter: CataloguedAdapter;
  /** Port of the Service. */
  readonly port: number;
  readonly image: string;
}

const deployments = { group: 'apps', version: 'v1', plural: 'deployments', kind: 'Deployment', namespaced: true };
const services = { group: '', version: 'v1', plural: 'services', kind: 'Service', namespaced: true };
export const namespaces: ResourceType = {
  ...{ group: '', version: 'v1', plural: 'namespaces', kind: 'Namespace', namespaced: false },
};

/** The objects of an adapter. It has no rights in the cluster of its own: it gets the keys with each operation. */
export function adapterObjects({ adapter, port, image }: AdapterDeployment): readonly TypedObject[] {
  const { name } = adapter;
  const selector = { 'app.kubernetes.io/name': name };
  const labels = { ...selector, 'app.kubernetes.io/part-of': 'meshery', [managedBy]: managedByServer };
  const metadata = { name, namespace: adapterNamespace, labels };
  const pod = { metadata: { labels }, spec: podOf(adapter, image) };
  const ports = [{ name: 'grpc', port, targetPort: 'grpc', protocol: 'TCP' }];
  return [
    {
      type: deployments,
      object: {
        ...{ apiVersion: 'apps/v1', kind: 'Deployment', metadata },
        spec: { replicas: 1, selector: { matchLabels: selector }, template: pod },
      },
    },
    { type: services, object: { apiVersion: 'v1', kind: 'Service', metadata, spec: { selector, ports } } },
  ];
}

function podOf({ name, port }: CataloguedAdapter, image: string): object {
  const securityContext = {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  };
  return {
    automountServiceAccountToken: false,
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [
      {
        name: 'adapter',
        image,
        imagePullPolicy: 'IfNotPresent',
        // Where the adapter says that it is.
        env: [{ name: 'SERVICE_ADDR', value: `${name}.${adapterNamespace}` }],
        ports: [{ name: 'grpc', containerPort: port, protocol: 'TCP' }],
        resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { cpu: '1', memory: '512Mi' } },
        readinessProbe: { tcpSocket: { port: 'grpc' } },
        securityContext,
      },
    ],
  };
}
