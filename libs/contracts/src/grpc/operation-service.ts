import type { handleServerStreamingCall, handleUnaryCall } from '@grpc/grpc-js';
import {
  OperationServiceCancelRequest,
  OperationServiceCancelResponse,
  OperationServiceGetRequest,
  OperationServiceGetResponse,
  OperationServiceListRequest,
  OperationServiceListResponse,
  OperationServiceWatchRequest,
  OperationServiceWatchResponse,
} from '../generated/meshery/v1/operations.ts';
import { method } from './method.ts';

const path = (name: string): string => `/meshery.v1.OperationService/${name}`;

/** meshery.v1.OperationService for `server.addService`. */
export const operationServiceDefinition = {
  list: method(path('List'), OperationServiceListRequest, OperationServiceListResponse),
  get: method(path('Get'), OperationServiceGetRequest, OperationServiceGetResponse),
  watch: method(path('Watch'), OperationServiceWatchRequest, OperationServiceWatchResponse, { response: true }),
  cancel: method(path('Cancel'), OperationServiceCancelRequest, OperationServiceCancelResponse),
};

/** Handlers of a server. A type, not an interface: grpc-js wants an index signature. */
export type OperationServiceHandlers = {
  list: handleUnaryCall<OperationServiceListRequest, OperationServiceListResponse>;
  get: handleUnaryCall<OperationServiceGetRequest, OperationServiceGetResponse>;
  watch: handleServerStreamingCall<OperationServiceWatchRequest, OperationServiceWatchResponse>;
  cancel: handleUnaryCall<OperationServiceCancelRequest, OperationServiceCancelResponse>;
};
