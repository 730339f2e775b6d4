export { MesheryError, isMesheryError, toMesheryError } from './meshery-error.ts';
export type { MesheryErrorOptions, Severity } from './meshery-error.ts';
export { errorTable } from './error-table.ts';
export type { ErrorCode, ErrorMapping, GraphqlErrorCode, GrpcStatusName } from './error-table.ts';
