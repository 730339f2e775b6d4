export { customResourceDefinitions, meshGroup, meshVersions, probeAnnotation } from './definitions.ts';
export type { CustomResourceDefinition } from './definitions.ts';
export type { JsonSchema } from './schema.ts';
export type { BrokerSpec, BrokerStatus } from './broker-crd.ts';
export type { MeshSyncSpec, MeshSyncStatus } from './meshsync-crd.ts';
