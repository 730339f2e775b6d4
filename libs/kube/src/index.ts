export { basicCredential, fileTokenCredential, noCredential, staticTokenCredential } from './kubeconfig/credential.ts';
export type { Credential } from './kubeconfig/credential.ts';
export { checkClientCertificate, resolveAccess } from './kubeconfig/cluster-access.ts';
export type { AccessOptions, ClusterAccess, ExecResult, ExecRunner } from './kubeconfig/cluster-access.ts';
export { flattenContext } from './kubeconfig/flat-context.ts';
export type { FlatContext, FlattenOptions } from './kubeconfig/flat-context.ts';
export { reasonOf } from './kube-errors.ts';
export { inClusterAccess } from './kubeconfig/in-cluster.ts';
export type { InClusterLocation } from './kubeconfig/in-cluster.ts';
export type {
  ClusterEntry,
  ContextEntry,
  ExecPlugin,
  Kubeconfig,
  NetworkAllowance,
  TrustLevel,
  UserEntry,
} from './kubeconfig/kubeconfig-model.ts';
export { kubeconfigFiles, loadKubeconfig, selectContext } from './kubeconfig/load-kubeconfig.ts';
export type { KubeconfigLocation } from './kubeconfig/load-kubeconfig.ts';
export { mergeKubeconfigs, parseKubeconfig } from './kubeconfig/parse-kubeconfig.ts';
export { proxyFor } from './kubeconfig/proxy.ts';
export type { ProxySettings } from './kubeconfig/proxy.ts';
export { ApiServerGate, raceAbort } from './transport/api-server-gate.ts';
export type { GateOptions, GateState } from './transport/api-server-gate.ts';
export { backoffDelay, retryAfterMs } from './transport/backoff.ts';
export type { BackoffOptions } from './transport/backoff.ts';
export { createKubeTransport } from './transport/kube-transport.ts';
export type {
  GetOptions,
  KubeResponse,
  KubeStream,
  KubeTransport,
  TransportOptions,
} from './transport/kube-transport.ts';
export type { ResponseHeaders } from './transport/body-reader.ts';
export { createApiDiscovery } from './api/api-discovery.ts';
export type { ApiDiscovery } from './api/api-discovery.ts';
export type { ApiCatalog, ApiResource } from './api/api-resources.ts';
export { readClusterId } from './api/cluster-id.ts';
export { chooseListWay } from './api/server-version.ts';
export type { ListWay } from './api/server-version.ts';
export { eachMember, malformed, skipSpace, skipValue, tooDeep } from './json/json-scanner.ts';
export type { ReadMember } from './json/json-scanner.ts';
export type { StreamEnd, StreamOutcome } from './watch/api-status.ts';
export type { ObjectEventType, ResourceSink, StreamPhase } from './watch/resource-sink.ts';
export { ResourceStream } from './watch/resource-stream.ts';
export type { ResourceStreamOptions } from './watch/resource-stream.ts';
export { Semaphore } from './watch/semaphore.ts';
export { defaultStreamConfig } from './watch/stream-config.ts';
export type { StreamConfig } from './watch/stream-config.ts';
