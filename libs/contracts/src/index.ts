export * from './generated/meshery/ingest/v1/ingest.ts';
export type {
  ClusterAssignment,
  ClusterRelease,
  ClusterReport,
  FollowBegin,
  FollowRequest,
  FollowResponse,
  LeaseRenewal,
} from './generated/meshery/ingest/v1/clusters.ts';
export type {
  ForwardedRequest,
  RequestAnswer,
  ServeRequest,
  ServeResponse,
  ServedCluster,
  SessionMessage,
} from './generated/meshery/requests/v1/requests.ts';
export type {
  InventoryObject,
  InventoryServiceGetRequest,
  InventoryServiceListRequest,
  InventoryServiceListResponse,
  InventoryServiceWatchRequest,
  InventoryServiceWatchResponse,
  ObjectSelector,
} from './generated/meshery/v1/inventory.ts';
export * as meshes from './generated/meshes/meshops.ts';
export type { IngestControl, IngestPort } from './ingest/ingest-port.ts';
export { encodeBatch, encodeChanges } from './ingest/encode-batch.ts';
export { decodeBatch, decodeChanges, unpackBatch } from './ingest/decode-batch.ts';
export type { RawChange, RawChanges } from './ingest/decode-batch.ts';
export { BufferPool, ownMemory, sharedMemory } from './ingest/buffer-pool.ts';
export type { Allocate } from './ingest/buffer-pool.ts';
export { ChangePacker, packedOf } from './ingest/change-packer.ts';
export type { PackedChanges, PackedObjects } from './ingest/change-packer.ts';
export { readBatchHead } from './ingest/batch-head.ts';
export type { BatchHead } from './ingest/batch-head.ts';
export { isTooOld, oldestPeerVersion, peerVersionKey } from './ingest/peer-version.ts';
export { formatResourceKey, parseResourceKey } from './ingest/resource-key.ts';
export type { ResourceKey } from './ingest/resource-key.ts';
export {
  allBatchesSubject,
  allOpenSubject,
  batchSubject,
  clusterIdOfSubject,
  controlSubject,
  isSubjectToken,
  openSubject,
  parkedSubject,
  publishedSubjects,
  requestQueue,
  requestSubject,
  requestVerbs,
  sessionSubject,
  speaksNativeHeader,
} from './nats/subjects.ts';
export type { RequestVerb } from './nats/subjects.ts';
export {
  encodeAgentRequest,
  encodeSessionInput,
  encodeSessionOutput,
  parseAgentRequest,
  parseExecRequest,
  parseLogsRequest,
  parseSessionInput,
} from './nats/agent-requests.ts';
export type {
  AgentRequest,
  ExecRequest,
  LogsRequest,
  SentError,
  SessionInput,
  SessionOutput,
  TerminalSize,
} from './nats/agent-requests.ts';
export { isLastAnswer, parseAgentAnswer } from './nats/agent-answers.ts';
export type { AgentAnswer } from './nats/agent-answers.ts';
export type { PodPlace } from './nats/pod-fields.ts';
export {
  encodeSessionEvent,
  execInputOf,
  execInputSubject,
  execOutputSubject,
  execRequestsOf,
  logChunkOf,
  logRequestsOf,
} from './nats/published-requests.ts';
export type { PublishedExecRequest, PublishedLogRequest, PublishedSession } from './nats/published-requests.ts';
export { encodeControl, parseControl } from './nats/control.ts';
export type { ControlMessage } from './nats/control.ts';
export {
  encodeReply,
  encodeRequest,
  encodeResourceEvent,
  jsonDepth,
  maxJsonDepth,
  maxMessageBytes,
  parseEnvelope,
  replySubjectOf,
} from './nats/envelope.ts';
export type {
  Envelope,
  EnvelopeLimits,
  EnvelopeRequest,
  EventType,
  ObjectType,
  Parsed,
  RequestEntity,
} from './nats/envelope.ts';
export { agentStatusPath, mostAgentProblems, parseAgentStatus } from './agent/agent-status.ts';
export type { AgentFault, AgentStatusDocument, KindProblem } from './agent/agent-status.ts';
export { publishedId } from './published/published-id.ts';
export type { PublishedIdentity } from './published/published-id.ts';
export { designIdLabel, lastAppliedAnnotation } from './published/kubernetes-resource.ts';
export type {
  KubernetesResource,
  PublishedAttribute,
  PublishedComponentMetadata,
  PublishedKeyValue,
  PublishedMetadata,
} from './published/kubernetes-resource.ts';
export { toKubernetesResource } from './published/to-kubernetes-resource.ts';
export { fromKubernetesResource } from './published/from-kubernetes-resource.ts';
export type { FromPublishedOptions, PublishedChange } from './published/from-kubernetes-resource.ts';
export { resourceKeyOf } from './published/resource-key-of.ts';
export { sliceMembers } from './published/json-slices.ts';
export type {
  ClusterList,
  ClusterStatus,
  ErrorBody,
  KeyValue,
  KindStatus,
  ResourceEvent,
  ResourceMetadata,
  ResourcePage,
  ResourceRow,
  ResourceSummary,
} from './rest/inventory.ts';
