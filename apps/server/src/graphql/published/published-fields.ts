/** The operations of published clients. Where their arguments were renamed, both names are taken. */
export const publishedFields = `
extend schema { mutation: Mutation }

extend type Query {
  getAvailableAddons(filter: ServiceMeshFilter): [AddonList!]!
  getControlPlanes(filter: ServiceMeshFilter): [ControlPlane!]!
  getDataPlanes(filter: ServiceMeshFilter): [DataPlane!]!
  getOperatorStatus(k8scontextID: String connectionID: String): OperatorStatus
  resyncCluster(selector: ReSyncActions k8scontextID: String connectionID: String): Status!
  getMeshsyncStatus(k8scontextID: String connectionID: String): OperatorControllerStatus!
  deployMeshsync(k8scontextID: String connectionID: String): Status!
  getNatsStatus(k8scontextID: String connectionID: String): OperatorControllerStatus!
  connectToNats(k8scontextID: String connectionID: String): Status!
  getAvailableNamespaces(k8sClusterIDs: [String!] connectionIDs: [String!]): [NameSpace!]!
  getPerfResult(id: ID!): MesheryResult
  fetchResults(selector: PageFilter! profileID: String!): PerfPageResult!
  getPerformanceProfiles(selector: PageFilter!): PerfPageProfiles!
  fetchAllResults(selector: PageFilter!): PerfPageResult!
  fetchPatterns(selector: PageFilter!): PatternPageResult!
  getKubectlDescribe(name: String! kind: String! namespace: String!): KctlDescribeDetails!
  fetchPatternCatalogContent(selector: CatalogSelector): [CatalogPattern!]!
  fetchFilterCatalogContent(selector: CatalogSelector): [CatalogFilter!]!
  getClusterResources(k8scontextIDs: [String!] connectionIDs: [String!] namespace: String!): ClusterResources!
  getMeshModelSummary(selector: MeshModelSummarySelector!): MeshModelSummary!
  fetchTelemetryComponents(contexts: [String!] connectionIDs: [String!]): [TelemetryComp]!
}

type Mutation {
  changeOperatorStatus(input: OperatorStatusInput): Status!
  changeAdapterStatus(input: AdapterStatusInput): Status!
}

extend type Subscription {
  listenToAddonState(filter: ServiceMeshFilter): [AddonList!]!
  listenToControlPlaneState(filter: ServiceMeshFilter): [ControlPlane!]!
  listenToDataPlaneState(filter: ServiceMeshFilter): [DataPlane!]!
  listenToOperatorState(k8scontextIDs: [String!] connectionIDs: [String!]): OperatorStatusPerK8sContext
  listenToMeshSyncEvents(k8scontextIDs: [String!] connectionIDs: [String!]): OperatorControllerStatusPerK8sContext
  subscribePerfProfiles(selector: PageFilter!): PerfPageProfiles!
  subscribePerfResults(selector: PageFilter! profileID: String!): PerfPageResult!
  subscribeBrokerConnection: Boolean!
  subscribeMesheryControllersStatus(
    k8scontextIDs: [String!] connectionIDs: [String!]
  ): [MesheryControllersStatusListItem!]!
  subscribeMeshSyncEvents(k8scontextIDs: [String!] connectionIDs: [String!]): MeshSyncEvent!
  subscribeConfiguration(
    applicationSelector: PageFilter! patternSelector: PageFilter! filterSelector: PageFilter!
  ): ConfigurationPage!
  subscribeClusterResources(k8scontextIDs: [String!] connectionIDs: [String!] namespace: String!): ClusterResources!
  subscribeK8sContext(selector: PageFilter!): K8sContextsPage!
  subscribeMeshModelSummary(selector: MeshModelSummarySelector!): MeshModelSummary!
  subscribeEvents: Event!
}
`;
