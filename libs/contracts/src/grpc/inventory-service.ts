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
import {
  InventoryServiceGetRequest,
  InventoryServiceGetResponse,
  InventoryServiceListRequest,
  InventoryServiceListResponse,
  InventoryServiceWatchRequest,
  InventoryServiceWatchResponse,
} from '../generated/meshery/v1/inventory.ts';
import { method } from './method.ts';

const path = (name: string): string => `/meshery.v1.InventoryService/${name}`;

/** meshery.v1.InventoryService for `server.addService`. */
export const inventoryServiceDefinition = {
  list: method(path('List'), InventoryServiceListRequest, InventoryServiceListResponse),
  get: method(path('Get'), InventoryServiceGetRequest, InventoryServiceGetResponse),
  watch: method(path('Watch'), InventoryServiceWatchRequest, InventoryServiceWatchResponse, { response: true }),
};

/** Handlers of a server. A type, not an interface: grpc-js wants an index signature. */
export type InventoryServiceHandlers = {
  list: handleUnaryCall<InventoryServiceListRequest, InventoryServiceListResponse>;
  get: handleUnaryCall<InventoryServiceGetRequest, InventoryServiceGetResponse>;
  watch: handleServerStreamingCall<InventoryServiceWatchRequest, InventoryServiceWatchResponse>;
};

type Answer<Response> = (error: ServiceError | null, response?: Response) => void;

/** Client of the inventory; `close()` ends its channel. */
export interface InventoryServiceClient extends Client {
  list(
    request: InventoryServiceListRequest,
    metadata: Metadata,
    options: CallOptions,
    callback: Answer<InventoryServiceListResponse>,
  ): ClientUnaryCall;
  get(
    request: InventoryServiceGetRequest,
    metadata: Metadata,
    options: CallOptions,
    callback: Answer<InventoryServiceGetResponse>,
  ): ClientUnaryCall;
  watch(
    request: InventoryServiceWatchRequest,
    metadata: Metadata,
    options?: CallOptions,
  ): ClientReadableStream<InventoryServiceWatchResponse>;
}

const InventoryClient = makeGenericClientConstructor(inventoryServiceDefinition, 'InventoryService');

/** Opens a channel to `address` ("host:port"); it connects with the first call. */
export function createInventoryServiceClient(
  address: string,
  credentials: ChannelCredentials,
  options: ClientOptions = {},
): InventoryServiceClient {
  return new InventoryClient(address, credentials, options) as unknown as InventoryServiceClient;
}
