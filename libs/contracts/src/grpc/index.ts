export { createIngestServiceClient, ingestServiceDefinition } from './ingest-service.ts';
export type { IngestServiceClient, IngestServiceHandlers } from './ingest-service.ts';
export { createMeshServiceClient, meshServiceDefinition } from './mesh-service.ts';
export type { MeshServiceClient, MeshServiceHandlers } from './mesh-service.ts';
export { encodePushRequest } from './push-request.ts';
export { pushEncoded } from './raw-push.ts';
export { openServe, requestServiceDefinition } from './request-service.ts';
export type { RequestServiceHandlers } from './request-service.ts';
