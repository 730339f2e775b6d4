/** The operations of published clients. Where their arguments were renamed, both names are taken. */
export const publishedFields = `
extend type Query {
  """Services that show what a mesh does, such as Grafana: where its control plane is."""
  getAvailableAddons(filter: ServiceMeshFilter): [AddonList!]!
  """Pods of the control plane of each service mesh that was discovered."""
  getControlPlanes(filter: ServiceMeshFilter): [ControlPlane!]!
  """Proxies of each service mesh that was discovered."""
  getDataPlanes(filter: ServiceMeshFilter): [DataPlane!]!
  """How the operator of a cluster is, with MeshSync and the broker."""
  getOperatorStatus(k8scontextID: String connectionID: String): OperatorStatus
  """Reads a cluster anew, or with hardReset empties all that was discovered."""
  resyncCluster(selector: ReSyncActions k8scontextID: String connectionID: String): Status!
  """How MeshSync of a cluster is."""
  getMeshsyncStatus(k8scontextID: String connectionID: String): OperatorControllerStatus!
  """Tries the operator at once, which brings MeshSync; what runs embedded is ENABLED already."""
  deployMeshsync(k8scontextID: String connectionID: String): Status!
  """How the broker of a cluster is."""
  getNatsStatus(k8scontextID: String connectionID: String): OperatorControllerStatus!
  """How far the link to the broker is; links are made by themselves."""
  connectToNats(k8scontextID: String connectionID: String): Status!
  """Namespaces in which something was discovered."""
  getAvailableNamespaces(k8sClusterIDs: [String!] connectionIDs: [String!]): [NameSpace!]!
  """What one run of a load test of yours found."""
  getPerfResult(id: ID!): MesheryResult
  """What the runs of one of your profiles found."""
  fetchResults(selector: PageFilter! profileID: String!): PerfPageResult!
  """Your load tests that can be run again."""
  getPerformanceProfiles(selector: PageFilter!): PerfPageProfiles!
  """What your load tests found; from and to are days or times, of when a test was begun."""
  fetchAllResults(selector: PageFilter!): PerfPageResult!
  """Designs that you may see."""
  fetchPatterns(selector: PageFilter!): PatternPageResult!
  """An object in words, as it was discovered."""
  getKubectlDescribe(name: String! kind: String! namespace: String!): KctlDescribeDetails!
  """Designs that were published for everybody."""
  fetchPatternCatalogContent(selector: CatalogSelector): [CatalogPattern!]!
  """Filters that were published for everybody."""
  fetchFilterCatalogContent(selector: CatalogSelector): [CatalogFilter!]!
  """How many objects of each kind there are in a namespace; an empty one means all."""
  getClusterResources(k8scontextIDs: [String!] connectionIDs: [String!] namespace: String!): ClusterResources!
  """How many definitions of each kind the registry has; type is components or relationships."""
  getMeshModelSummary(selector: MeshModelSummarySelector!): MeshModelSummary!
  """Services with prometheus or grafana in their names."""
  fetchTelemetryComponents(contexts: [String!] connectionIDs: [String!]): [TelemetryComp]!
}

extend type Mutation {
  """Switches the operator of a cluster on or off."""
  changeOperatorStatus(input: OperatorStatusInput): Status!
  """Starts or stops an adapter."""
  changeAdapterStatus(input: AdapterStatusInput): Status!
}

extend type Subscription {
  """See getAvailableAddons: all at first, and all again whenever one changes."""
  listenToAddonState(filter: ServiceMeshFilter): [AddonList!]!
  """See getControlPlanes: all at first, and all again whenever one changes."""
  listenToControlPlaneState(filter: ServiceMeshFilter): [ControlPlane!]!
  """See getDataPlanes: all at first, and all again whenever one changes."""
  listenToDataPlaneState(filter: ServiceMeshFilter): [DataPlane!]!
  """See getOperatorStatus: each at first, and whenever it changes."""
  listenToOperatorState(k8scontextIDs: [String!] connectionIDs: [String!]): OperatorStatusPerK8sContext
  """See getMeshsyncStatus: each at first, and whenever it changes."""
  listenToMeshSyncEvents(k8scontextIDs: [String!] connectionIDs: [String!]): OperatorControllerStatusPerK8sContext
  """See getPerformanceProfiles: the page at first, and whenever it changes."""
  subscribePerfProfiles(selector: PageFilter!): PerfPageProfiles!
  """See fetchResults: the page at first, and whenever it changes."""
  subscribePerfResults(selector: PageFilter! profileID: String!): PerfPageResult!
  """Whether any broker is heard: at first, and whenever that changes."""
  subscribeBrokerConnection: Boolean!
  """Operator, MeshSync and broker of each cluster: all at first, and whenever one changes."""
  subscribeMesheryControllersStatus(
    k8scontextIDs: [String!] connectionIDs: [String!]
  ): [MesheryControllersStatusListItem!]!
  """Every change of an object that was discovered, from now on."""
  subscribeMeshSyncEvents(k8scontextIDs: [String!] connectionIDs: [String!]): MeshSyncEvent!
  """Pages of designs and filters: at first, and whenever they change. Applications are designs, so that there are none."""
  subscribeConfiguration(
    applicationSelector: PageFilter! patternSelector: PageFilter! filterSelector: PageFilter!
  ): ConfigurationPage!
  """See getClusterResources: the counts at first, and whenever they change."""
  subscribeClusterResources(k8scontextIDs: [String!] connectionIDs: [String!] namespace: String!): ClusterResources!
  """Your connections to clusters: the page at first, and whenever it changes."""
  subscribeK8sContext(selector: PageFilter!): K8sContextsPage!
  """See getMeshModelSummary: the counts at first, and whenever they change."""
  subscribeMeshModelSummary(selector: MeshModelSummarySelector!): MeshModelSummary!
  """Events that you may see, from now on."""
  subscribeEvents: Event!
}
`;
