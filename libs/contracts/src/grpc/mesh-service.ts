import { makeGenericClientConstructor } from '@grpc/grpc-js';
import type {
  CallOptions,
  ChannelCredentials,
  Client,
  ClientOptions,
  ClientReadableStream,
  ClientUnaryCall,
  Metadata,
  ServiceError,
  handleServerStreamingCall,
  handleUnaryCall,
} from '@grpc/grpc-js';
import * as meshes from '../generated/meshes/meshops.ts';
import { method } from './method.ts';

const path = (name: string): string => `/meshes.MeshService/${name}`;

/** meshes.MeshService for `server.addService`: the published adapter contract, with both spellings of "deploy". */
export const meshServiceDefinition = {
  createMeshInstance: method(
    path('CreateMeshInstance'),
    meshes.CreateMeshInstanceRequest,
    meshes.CreateMeshInstanceResponse,
  ),
  meshName: method(path('MeshName'), meshes.MeshNameRequest, meshes.MeshNameResponse),
  meshVersions: method(path('MeshVersions'), meshes.MeshVersionsRequest, meshes.MeshVersionsResponse),
  applyOperation: method(path('ApplyOperation'), meshes.ApplyRuleRequest, meshes.ApplyRuleResponse),
  supportedOperations: method(
    path('SupportedOperations'),
    meshes.SupportedOperationsRequest,
    meshes.SupportedOperationsResponse,
  ),
  streamEvents: method(path('StreamEvents'), meshes.EventsRequest, meshes.EventsResponse, { response: true }),
  processOam: method(path('ProcessOAM'), meshes.ProcessOAMRequest, meshes.ProcessOAMResponse),
  provision: method(path('Provision'), meshes.ProvisionRequest, meshes.ProvisionResponse),
  componentInfo: method(path('ComponentInfo'), meshes.ComponentInfoRequest, meshes.ComponentInfoResponse),
};

/** Handlers of an adapter. A type, not an interface: grpc-js wants an index signature. */
export type MeshServiceHandlers = {
  createMeshInstance: handleUnaryCall<meshes.CreateMeshInstanceRequest, meshes.CreateMeshInstanceResponse>;
  meshName: handleUnaryCall<meshes.MeshNameRequest, meshes.MeshNameResponse>;
  meshVersions: handleUnaryCall<meshes.MeshVersionsRequest, meshes.MeshVersionsResponse>;
  applyOperation: handleUnaryCall<meshes.ApplyRuleRequest, meshes.ApplyRuleResponse>;
  supportedOperations: handleUnaryCall<meshes.SupportedOperationsRequest, meshes.SupportedOperationsResponse>;
  streamEvents: handleServerStreamingCall<meshes.EventsRequest, meshes.EventsResponse>;
  processOam: handleUnaryCall<meshes.ProcessOAMRequest, meshes.ProcessOAMResponse>;
  provision: handleUnaryCall<meshes.ProvisionRequest, meshes.ProvisionResponse>;
  componentInfo: handleUnaryCall<meshes.ComponentInfoRequest, meshes.ComponentInfoResponse>;
};

type Unary<Request, Response> = (
  request: Request,
  metadata: Metadata,
  options: CallOptions,
  callback: (error: ServiceError | null, response?: Response) => void,
) => ClientUnaryCall;

/** Client of an adapter; `close()` ends its channel. */
export interface MeshServiceClient extends Client {
  createMeshInstance: Unary<meshes.CreateMeshInstanceRequest, meshes.CreateMeshInstanceResponse>;
  meshName: Unary<meshes.MeshNameRequest, meshes.MeshNameResponse>;
  meshVersions: Unary<meshes.MeshVersionsRequest, meshes.MeshVersionsResponse>;
  applyOperation: Unary<meshes.ApplyRuleRequest, meshes.ApplyRuleResponse>;
  supportedOperations: Unary<meshes.SupportedOperationsRequest, meshes.SupportedOperationsResponse>;
  streamEvents(
    request: meshes.EventsRequest,
    metadata: Metadata,
    options?: CallOptions,
  ): ClientReadableStream<meshes.EventsResponse>;
  processOam: Unary<meshes.ProcessOAMRequest, meshes.ProcessOAMResponse>;
  provision: Unary<meshes.ProvisionRequest, meshes.ProvisionResponse>;
  componentInfo: Unary<meshes.ComponentInfoRequest, meshes.ComponentInfoResponse>;
}

const MeshClient = makeGenericClientConstructor(meshServiceDefinition, 'MeshService');

/** Opens a channel to an adapter at `address` ("host:port"); it connects with the first call. */
export function createMeshServiceClient(
  address: string,
  credentials: ChannelCredentials,
  options: ClientOptions = {},
): MeshServiceClient {
  return new MeshClient(address, credentials, options) as unknown as MeshServiceClient;
}
