import { meshGroup } from '@meshery/contracts/crds';
import type { BrokerSpec, BrokerStatus, MeshSyncSpec, MeshSyncStatus } from '@meshery/contracts/crds';
import type { KubeObject, ResourceType } from '@meshery/kube/reconcile';

/** A Broker as the API has it. */
export interface Broker extends KubeObject {
  readonly spec?: BrokerSpec;
  readonly status?: BrokerStatus;
}

/** A MeshSync as the API has it. */
export interface MeshSync extends KubeObject {
  readonly spec?: MeshSyncSpec;
  readonly status?: MeshSyncStatus;
}

/** core/v1 Secret. */
export interface Secret extends KubeObject {
  readonly data?: Readonly<Record<string, string>>;
}

/** core/v1 Service, as far as endpoints are derived from it. */
export interface Service extends KubeObject {
  readonly spec?: {
    readonly type?: string;
    readonly clusterIP?: string;
    readonly ports?: readonly { readonly name?: string; readonly port: number; readonly nodePort?: number }[];
  };
  readonly status?: {
    readonly loadBalancer?: { readonly ingress?: readonly { readonly ip?: string; readonly hostname?: string }[] };
  };
}

interface Container {
  readonly ports?: readonly { readonly name?: string }[];
}

/** apps/v1 StatefulSet or Deployment, as far as its state is judged. */
export interface Workload extends KubeObject {
  readonly spec?: {
    readonly replicas?: number;
    readonly volumeClaimTemplates?: readonly KubeObject[];
    readonly template?: {
      readonly spec?: {
        readonly containers?: readonly Container[];
        readonly volumes?: readonly { readonly name: string }[];
      };
    };
  };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly replicas?: number;
    readonly readyReplicas?: number;
    readonly updatedReplicas?: number;
  };
}

function kind(group: string, plural: string, name: string, options: { version?: string; namespaced?: boolean } = {}) {
  const { version = 'v1', namespaced = true } = options;
  return { group, version, plural, kind: name, namespaced } satisfies ResourceType;
}

/** The kinds that the operator reads or writes. */
export const kinds = {
  broker: kind(meshGroup, 'brokers', 'Broker', { version: 'v1alpha2' }),
  meshSync: kind(meshGroup, 'meshsyncs', 'MeshSync', { version: 'v1alpha2' }),
  secret: kind('', 'secrets', 'Secret'),
  service: kind('', 'services', 'Service'),
  serviceAccount: kind('', 'serviceaccounts', 'ServiceAccount'),
  pod: kind('', 'pods', 'Pod'),
  statefulSet: kind('apps', 'statefulsets', 'StatefulSet'),
  deployment: kind('apps', 'deployments', 'Deployment'),
  podDisruptionBudget: kind('policy', 'poddisruptionbudgets', 'PodDisruptionBudget'),
  networkPolicy: kind('networking.k8s.io', 'networkpolicies', 'NetworkPolicy'),
  role: kind('rbac.authorization.k8s.io', 'roles', 'Role'),
  roleBinding: kind('rbac.authorization.k8s.io', 'rolebindings', 'RoleBinding'),
  clusterRoleBinding: kind('rbac.authorization.k8s.io', 'clusterrolebindings', 'ClusterRoleBinding', {
    namespaced: false,
  }),
  certificate: kind('cert-manager.io', 'certificates', 'Certificate'),
  definition: kind('apiextensions.k8s.io', 'customresourcedefinitions', 'CustomResourceDefinition', {
    namespaced: false,
  }),
} as const;
