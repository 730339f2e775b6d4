import { makeGenericClientConstructor } from '@grpc/grpc-js';
import type {
  CallOptions,
  ChannelCredentials,
  ClientDuplexStream,
  ClientOptions,
  ClientUnaryCall,
  Metadata,
  ServiceError,
  handleBidiStreamingCall,
  handleUnaryCall,
  Client,
} from '@grpc/grpc-js';
import { OpenRunRequest, OpenRunResponse, PushRequest, PushResponse } from '../generated/meshery/ingest/v1/ingest.ts';
import { method } from './method.ts';
import { decodePushRequest } from './push-request.ts';

/** meshery.ingest.v1.IngestService for `server.addService`; pushed changes stay encoded (PackedChanges). */
export const ingestServiceDefinition = {
  openRun: method('/meshery.ingest.v1.IngestService/OpenRun', OpenRunRequest, OpenRunResponse),
  push: {
    ...method('/meshery.ingest.v1.IngestService/Push', PushRequest, PushResponse, { request: true, response: true }),
    requestDeserialize: decodePushRequest,
  },
};

/** Handlers of a server. A type, not an interface: grpc-js wants an index signature. */
export type IngestServiceHandlers = {
  openRun: handleUnaryCall<OpenRunRequest, OpenRunResponse>;
  push: handleBidiStreamingCall<PushRequest, PushResponse>;
};

/** Client of the Ingest service; `close()` ends its channel. */
export interface IngestServiceClient extends Client {
  openRun(
    request: OpenRunRequest,
    metadata: Metadata,
    options: CallOptions,
    callback: (error: ServiceError | null, response?: OpenRunResponse) => void,
  ): ClientUnaryCall;
  push(metadata: Metadata, options?: CallOptions): ClientDuplexStream<PushRequest, PushResponse>;
}

const IngestClient = makeGenericClientConstructor(ingestServiceDefinition, 'IngestService');

/** Opens a channel to `address` ("host:port"); it connects with the first call. */
export function createIngestServiceClient(
  address: string,
  credentials: ChannelCredentials,
  options: ClientOptions = {},
): IngestServiceClient {
  return new IngestClient(address, credentials, options) as unknown as IngestServiceClient;
}
