/** Types of the operations that published clients of Meshery know, as those clients spell them. */
export const publishedTypes = `
scalar Any
scalar Map
scalar Time

enum MeshType {
  ALL_MESH INVALID_MESH APP_MESH CITRIX_SERVICE_MESH CONSUL ISTIO KUMA LINKERD TRAEFIK_MESH OCTARINE
  NETWORK_SERVICE_MESH TANZU OPEN_SERVICE_MESH NGINX_SERVICE_MESH CILIUM_SERVICE_MESH
}
enum MesheryController { BROKER OPERATOR MESHSYNC }
enum MesheryControllerStatus { DEPLOYED NOTDEPLOYED DEPLOYING UNKOWN UNDEPLOYED ENABLED RUNNING CONNECTED }
enum Status { ENABLED CONNECTED DISABLED PROCESSING UNKNOWN }

input ServiceMeshFilter { type: MeshType k8sClusterIDs: [String!] connectionIDs: [String!] }
input PageFilter {
  page: String! pageSize: String! order: String search: String from: String to: String updated_after: String
}
input CatalogSelector { page: String! pagesize: String! search: String! order: String! }
"""Each field is "true" or "false"."""
input ReSyncActions { clearDB: String! ReSync: String! hardReset: String! }
input OperatorStatusInput { targetStatus: Status! contextID: String connectionID: String }
input AdapterStatusInput { targetStatus: Status! targetPort: String! adapter: String! }
input MeshModelSummarySelector { type: String! }

"""A Service that shows what a mesh does; owner is the mesh."""
type AddonList { name: String! owner: String! }
type ControlPlane { name: String! members: [ControlPlaneMember!]! }
"""A Pod of a control plane; data_planes are the proxies in it, version is the tag of its image."""
type ControlPlaneMember {
  name: String! component: String! version: String! namespace: String! data_planes: [Container!]
}
type DataPlane { name: String! proxies: [Container!]! }
"""A proxy; controlPlaneMemberName is the Pod that it is in."""
type Container {
  controlPlaneMemberName: String! containerName: String! image: String!
  status: ContainerStatus ports: [ContainerPort!] resources: Any
}
type ContainerStatus {
  containerStatusName: String! image: String! state: Any lastState: Any ready: Boolean! restartCount: Any
  started: Boolean! imageID: String! containerID: String!
}
type ContainerPort { name: String containerPort: Int! protocol: String! }

type Error { code: String! description: String! }
type OperatorStatus {
  status: Status! version: String! controllers: [OperatorControllerStatus!]! error: Error
  contextID: String! connectionID: String!
}
type OperatorControllerStatus {
  name: String! version: String! status: String! error: Error contextID: String! connectionID: String!
}
type OperatorStatusPerK8sContext { contextID: String! connectionID: String! operatorStatus: OperatorStatus! }
type OperatorControllerStatusPerK8sContext {
  contextID: String! connectionID: String! OperatorControllerStatus: OperatorControllerStatus!
}
type MesheryControllersStatusListItem {
  contextId: String! connectionID: String! controller: MesheryController! status: MesheryControllerStatus!
  version: String!
}
type MeshSyncEvent { type: String! object: Any! contextId: String! connectionID: String! }
type NameSpace { namespace: String! }
type ClusterResources { resources: [KindTotal!]! }
type KindTotal { kind: String! count: Int! }
type KctlDescribeDetails { describe: String ctxid: String }
type TelemetryComp { name: String! spec: String! status: String! }

type K8sContext {
  id: String! name: String! auth: Map cluster: Map server: String! owner: String created_by: String
  meshery_instance_id: String kubernetes_server_id: String deployment_type: String version: String
  connection_id: String updated_at: String created_at: String
}
type K8sContextsPage { total_count: Int! contexts: [K8sContext]! }

type Event {
  id: ID! userID: ID! actedUpon: ID! operationID: ID systemID: ID! severity: String! action: String! status: String!
  category: String! description: String! metadata: Map createdAt: Time! updatedAt: Time!
}

type Location { branch: String host: String path: String type: String }
type PatternPageResult { page: Int! page_size: Int! total_count: Int! patterns: [PatternResult] }
"""canSupport is true for every design that is kept: its text is not looked at."""
type PatternResult {
  id: ID! name: String! user_id: String! location: Location! pattern_file: String! visibility: String!
  catalog_data: Map canSupport: Boolean! errmsg: String created_at: String updated_at: String
}
type CatalogPattern {
  id: ID! name: String! user_id: String! pattern_file: String! visibility: String! catalog_data: Map
  created_at: String updated_at: String
}
type ApplicationPage { page: Int! page_size: Int! total_count: Int! applications: [ApplicationResult] }
type ApplicationResult {
  id: ID! name: String! application_file: String! type: Map user_id: String! location: Location! visibility: String!
  created_at: String updated_at: String
}
type FilterPage { page: Int! page_size: Int! total_count: Int! filters: [FilterResult] }
type FilterResult {
  id: ID! name: String! filter_file: String! filter_resource: String! user_id: String! location: Location!
  visibility: String! catalog_data: Map created_at: String updated_at: String
}
type CatalogFilter {
  id: ID! name: String! filter_file: String! filter_resource: String! user_id: String! location: Location!
  visibility: String! catalog_data: Map created_at: String updated_at: String
}
type ConfigurationPage { patterns: PatternPageResult applications: ApplicationPage filters: FilterPage }

type PerfPageProfiles { page: Int! page_size: Int! total_count: Int! profiles: [PerfProfile] }
"""Headers and cookies are JSON; total_results and last_run tell how often it was run, and when last."""
type PerfProfile {
  id: ID! name: String! concurrent_request: Int! duration: String! endpoints: [String!]! load_generators: [String!]!
  qps: Int! total_results: Int! last_run: String request_headers: String request_cookies: String request_body: String
  content_type: String service_mesh: String user_id: String created_at: String updated_at: String
}
type PerfPageResult { page: Int! page_size: Int! total_count: Int! results: [MesheryResult] }
type MesheryResult {
  meshery_id: String name: String mesh: String performance_profile: String test_id: String runner_results: Map
  server_metrics: String server_board_config: String test_start_time: String user_id: String
  created_at: String updated_at: String
}

type MeshModelSummary { components: [NameCount!] relationships: [NameCount!] }
type NameCount { name: String! count: Int! }
`;
