import { Metadata, status } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';
import { toMesheryError } from '@meshery/errors';
import type { MesheryError } from '@meshery/errors';

/** A coded error as a gRPC status: message, and the code in the trailer `meshery-code`. */
export function grpcError(thrown: unknown): Pick<ServiceError, 'code' | 'details' | 'metadata' | 'name' | 'message'> {
  const error: MesheryError = toMesheryError(thrown);
  const metadata = new Metadata();
  metadata.set('meshery-code', error.code);
  const details = error.remedy === undefined ? error.message : `${error.message} ${error.remedy}`;
  return { name: 'MesheryError', message: details, code: status[error.mapping.grpc], details, metadata };
}
