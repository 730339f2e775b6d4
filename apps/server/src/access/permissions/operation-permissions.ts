import type { Right } from '@meshery/security';
import { withRight } from './route-permissions.ts';

/** Permissions of fields of GraphQL; any other needs a general one. */
const fields: Readonly<Record<string, string>> = {
  cancelOperation: 'Cancel operation',
  changeAdapterStatus: 'Deploy adapter',
  changeConnectionStatus: 'Edit connection',
  changeOperatorStatus: 'Deploy operator',
  clusterSummary: 'View clusters',
  clusters: 'View clusters',
  connection: 'View connections',
  connections: 'View connections',
  connectToNats: 'Deploy operator',
  deployMeshsync: 'Deploy operator',
  events: 'View events',
  fetchTelemetryComponents: 'View resources',
  getAvailableAddons: 'View resources',
  getAvailableNamespaces: 'View resources',
  getClusterResources: 'View resources',
  getControlPlanes: 'View resources',
  getDataPlanes: 'View resources',
  getKubectlDescribe: 'View resources',
  getMeshModelSummary: 'View registry',
  getMeshsyncStatus: 'View clusters',
  getNatsStatus: 'View clusters',
  getOperatorStatus: 'View clusters',
  listenToAddonState: 'View resources',
  listenToControlPlaneState: 'View resources',
  listenToDataPlaneState: 'View resources',
  listenToMeshSyncEvents: 'View resources',
  listenToOperatorState: 'View clusters',
  markEvents: 'Acknowledge events',
  operation: 'View operations',
  operationChanges: 'View operations',
  operations: 'View operations',
  resource: 'View resources',
  resourceChanges: 'View resources',
  resources: 'View resources',
  resyncCluster: 'Resynchronize cluster',
  subscribeBrokerConnection: 'View clusters',
  subscribeClusterResources: 'View resources',
  subscribeEvents: 'View events',
  subscribeK8sContext: 'View clusters',
  subscribeMesheryControllersStatus: 'View clusters',
  subscribeMeshModelSummary: 'View registry',
  subscribeMeshSyncEvents: 'View resources',
  testConnection: 'Test connection',
};

/** Permissions of methods of gRPC; any other needs a general one. */
const methods: Readonly<Record<string, string>> = {
  '/meshery.v1.ConnectionService/ChangeStatus': 'Edit connection',
  '/meshery.v1.ConnectionService/Get': 'View connections',
  '/meshery.v1.ConnectionService/List': 'View connections',
  '/meshery.v1.ConnectionService/Test': 'Test connection',
  '/meshery.v1.EventService/List': 'View events',
  '/meshery.v1.EventService/Subscribe': 'View events',
  '/meshery.v1.InventoryService/Get': 'View resources',
  '/meshery.v1.InventoryService/List': 'View resources',
  '/meshery.v1.InventoryService/Watch': 'View resources',
  '/meshery.v1.OperationService/Cancel': 'Cancel operation',
  '/meshery.v1.OperationService/Get': 'View operations',
  '/meshery.v1.OperationService/List': 'View operations',
  '/meshery.v1.OperationService/Watch': 'View operations',
};

/** Every permission that a field or a method needs. */
export const namedByOperations: readonly string[] = [...Object.values(fields), ...Object.values(methods)];

/** The permission that a field of a query, mutation or subscription needs. */
export function fieldPermission(name: string, right: Right): string {
  return withRight(fields[name], right);
}

/** The permission that a method needs. */
export function methodPermission(path: string, right: Right): string {
  return withRight(methods[path], right);
}
