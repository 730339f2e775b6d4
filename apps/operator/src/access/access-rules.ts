/** One rule of a Role or ClusterRole, as the API takes it. */
export interface PolicyRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly string[];
}

const look = ['get', 'list', 'watch'] as const;
const manage = [...look, 'create', 'patch', 'delete'] as const;

/** The roles that agents are bound to; the operator may bind these two and no others. */
export const readerRoles = ['meshery-reader-core', 'meshery-reader-all'] as const;

/**
 * What the operator may do in every namespace. It can give nobody more than it has: Kubernetes refuses a Role with
 * rights that its author lacks, and a binding to a role that is not named under `bind`.
 */
export const operatorRules: readonly PolicyRule[] = [
  {
    apiGroups: [''],
    resources: ['secrets', 'services', 'serviceaccounts'],
    verbs: manage,
  },
  { apiGroups: [''], resources: ['pods', 'nodes'], verbs: ['get', 'list'] },
  { apiGroups: [''], resources: ['namespaces'], resourceNames: ['kube-system'], verbs: ['get'] },
  { apiGroups: [''], resources: ['events'], verbs: ['create', 'patch'] },
  { apiGroups: ['apps'], resources: ['deployments', 'statefulsets'], verbs: manage },
  { apiGroups: ['policy'], resources: ['poddisruptionbudgets'], verbs: manage },
  { apiGroups: ['networking.k8s.io'], resources: ['networkpolicies'], verbs: manage },
  {
    apiGroups: ['rbac.authorization.k8s.io'],
    resources: ['roles', 'rolebindings', 'clusterrolebindings'],
    verbs: manage,
  },
  {
    apiGroups: ['rbac.authorization.k8s.io'],
    resources: ['clusterroles'],
    resourceNames: readerRoles,
    verbs: ['bind'],
  },
  { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: [...manage, 'update'] },
  { apiGroups: ['meshery.io'], resources: ['brokers', 'meshsyncs'], verbs: [...look, 'update', 'patch'] },
  {
    apiGroups: ['meshery.io'],
    resources: ['brokers/status', 'meshsyncs/status'],
    verbs: ['get', 'update', 'patch'],
  },
  { apiGroups: ['meshery.io'], resources: ['brokers/finalizers', 'meshsyncs/finalizers'], verbs: ['update'] },
  { apiGroups: ['cert-manager.io'], resources: ['certificates'], verbs: ['get', 'create', 'patch', 'delete'] },
  {
    apiGroups: ['apiextensions.k8s.io'],
    resources: ['customresourcedefinitions'],
    resourceNames: ['brokers.meshery.io', 'meshsyncs.meshery.io'],
    verbs: ['get'],
  },
  { apiGroups: ['authentication.k8s.io'], resources: ['tokenreviews'], verbs: ['create'] },
  { apiGroups: ['authorization.k8s.io'], resources: ['subjectaccessreviews'], verbs: ['create'] },
];

/** What choosing one of several operators needs, in the operator's own namespace. */
export const leaderRules: readonly PolicyRule[] = [
  { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: [...look, 'create', 'update', 'patch'] },
  { apiGroups: [''], resources: ['events'], verbs: ['create', 'patch'] },
];

/** What an agent may read: the kinds of a normal cluster. No Secrets; Events and Leases are not collected. */
export const readerCoreRules: readonly PolicyRule[] = [
  reader('', [
    'configmaps',
    'endpoints',
    'limitranges',
    'namespaces',
    'nodes',
    'persistentvolumeclaims',
    'persistentvolumes',
    'pods',
    'podtemplates',
    'replicationcontrollers',
    'resourcequotas',
    'serviceaccounts',
    'services',
  ]),
  // What a pod writes to its log is read when somebody asks for it.
  { apiGroups: [''], resources: ['pods/log'], verbs: ['get'] },
  reader('admissionregistration.k8s.io', [
    'mutatingadmissionpolicies',
    'mutatingadmissionpolicybindings',
    'mutatingwebhookconfigurations',
    'validatingadmissionpolicies',
    'validatingadmissionpolicybindings',
    'validatingwebhookconfigurations',
  ]),
  reader('apiextensions.k8s.io', ['customresourcedefinitions']),
  reader('apiregistration.k8s.io', ['apiservices']),
  reader('apps', ['controllerrevisions', 'daemonsets', 'deployments', 'replicasets', 'statefulsets']),
  reader('autoscaling', ['horizontalpodautoscalers']),
  reader('batch', ['cronjobs', 'jobs']),
  reader('certificates.k8s.io', ['certificatesigningrequests']),
  reader('discovery.k8s.io', ['endpointslices']),
  reader('flowcontrol.apiserver.k8s.io', ['flowschemas', 'prioritylevelconfigurations']),
  reader('meshery.io', ['brokers', 'meshsyncs']),
  reader('networking.k8s.io', ['ingressclasses', 'ingresses', 'ipaddresses', 'networkpolicies', 'servicecidrs']),
  reader('node.k8s.io', ['runtimeclasses']),
  reader('policy', ['poddisruptionbudgets']),
  reader('rbac.authorization.k8s.io', ['clusterrolebindings', 'clusterroles', 'rolebindings', 'roles']),
  reader('resource.k8s.io', ['deviceclasses', 'resourceclaims', 'resourceclaimtemplates', 'resourceslices']),
  reader('scheduling.k8s.io', ['priorityclasses']),
  reader('storage.k8s.io', [
    'csidrivers',
    'csinodes',
    'csistoragecapacities',
    'storageclasses',
    'volumeattachments',
    'volumeattributesclasses',
  ]),
];

/** Everything, Secrets too, to look at only; for who chooses so. */
export const readerAllRules: readonly PolicyRule[] = [reader('*', ['*'])];

function reader(group: string, resources: readonly string[]): PolicyRule {
  return { apiGroups: [group], resources, verbs: look };
}
