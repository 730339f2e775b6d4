/** Real processes, faults, fixtures and the oracle, for tests and benchmarks. */
export {
  crdObject,
  customCollection,
  customKind,
  customObject,
  oddCustomJson,
  type CustomKind,
} from './builders/custom-resources.ts';
export {
  configMapObject,
  deploymentObject,
  namespaceObject,
  podObject,
  secretObject,
  serviceObject,
  type KubeManifest,
  type ObjectPlace,
  type PodShape,
} from './builders/objects.ts';
export { SeededRandom } from './builders/random.ts';
export { EventStreamParser, subscribe, type SentEvent, type Subscription } from './client/event-stream.ts';
export { httpRequest, openRequest, type HttpAnswer, type HttpRequest } from './client/http.ts';
export { InventoryClient } from './client/inventory-client.ts';
export { bulkLoad, collectionOf, loadItem, type LoadItem, type LoadReport } from './kube/bulk-loader.ts';
export { KubeAdmin, type KubeAccess, type KubeAnswer, type KubeObject, type KubeRequest } from './kube/kube-admin.ts';
export { WorkloadPlayer } from './kube/workload-player.ts';
export { buildBundles, bundleEntry, type BundleName } from './launch/bundles.ts';
export { ContainerEngine } from './launch/container-engine.ts';
export {
  InstalledScene,
  chart,
  chartName,
  kustomization,
  type Installer,
  type SceneOptions,
  type Part,
} from './launch/installed-scene.ts';
export { kubeconfigText, writeKubeconfig, type KubeconfigOptions } from './launch/kubeconfig.ts';
export { MesheryServer, type ServerLaunchOptions } from './launch/meshery-server.ts';
export { mountMemoryDisk, type MemoryDisk } from './disk/memory-disk.ts';
export { NatsServer, type NatsOptions } from './launch/nats-server.ts';
export { NodeCluster, type ShellPod, floodScript } from './launch/node-cluster.ts';
export { OperatorProcess, type OperatorProcessOptions } from './launch/operator-process.ts';
export { OperatorStack, type OperatorStackOptions } from './launch/operator-stack.ts';
export { PostgresServer } from './launch/postgres.ts';
export { PrometheusServer } from './launch/prometheus-server.ts';
export { ReferenceProvider } from './launch/reference-provider.ts';
export { ScriptedIssuer, type IdTokenFault } from './launch/scripted-issuer.ts';
export { ServiceProcess, type ServiceSpec } from './launch/service-process.ts';
export {
  buildImages,
  cacheRoot,
  composeImage,
  connectMachine,
  ensureTestNeeds,
  issue,
  libraryEntries,
  minimalControllers,
  newAuthority,
  nodeBase,
  requireGo,
  resolveBinary,
  rootFiles,
  runCommand,
  runCommandAnyway,
  sharedLibraries,
  startControlPlane,
  type CommitBuild,
  type ControlPlane,
  type ControlPlaneOptions,
} from './launch/tools.ts';
export { ClusterView, kubectlRaw, type ListableResource } from './oracle/cluster-view.ts';
export { describeDiff, diffStates, isEqual, placeOf, type ObjectState, type StateDiff } from './oracle/object-key.ts';
export { Oracle, type Comparison, type OracleOptions } from './oracle/oracle.ts';
export { ManagedProcess, describeExit, type ExitStatus, type ProcessOptions } from './process/managed-process.ts';
export { closeServer, freePort, freePorts, portOf } from './process/ports.ts';
export { makeTempDir, type TempDir } from './process/temp-dir.ts';
export { loadAverage, usageOf, type ProcessUsage } from './process/usage.ts';
export {
  ApiInterceptor,
  type InterceptedRequest,
  type Interception,
  type Interceptor,
} from './proxy/api-interceptor.ts';
export type { BodyFault } from './proxy/body-fault.ts';
export {
  type ConnectionObserver,
  type Direction,
  type FaultKind,
  ProxiedConnection,
  type TcpFault,
} from './proxy/proxied-connection.ts';
export { TcpFaultProxy, type FaultCounts, type TcpProxyOptions, type Traffic } from './proxy/tcp-fault-proxy.ts';
export { inOneTurn } from './wait/one-turn.ts';
export { waitUntil, within, type WaitOptions } from './wait/wait-until.ts';
