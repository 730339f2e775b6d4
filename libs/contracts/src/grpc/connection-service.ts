import type { handleUnaryCall } from '@grpc/grpc-js';
import {
  ConnectionServiceChangeStatusRequest,
  ConnectionServiceChangeStatusResponse,
  ConnectionServiceGetRequest,
  ConnectionServiceGetResponse,
  ConnectionServiceListRequest,
  ConnectionServiceListResponse,
  ConnectionServiceTestRequest,
  ConnectionServiceTestResponse,
} from '../generated/meshery/v1/connections.ts';
import { method } from './method.ts';

const path = (name: string): string => `/meshery.v1.ConnectionService/${name}`;

/** meshery.v1.ConnectionService for `server.addService`. */
export const connectionServiceDefinition = {
  list: method(path('List'), ConnectionServiceListRequest, ConnectionServiceListResponse),
  get: method(path('Get'), ConnectionServiceGetRequest, ConnectionServiceGetResponse),
  changeStatus: method(
    path('ChangeStatus'),
    ConnectionServiceChangeStatusRequest,
    ConnectionServiceChangeStatusResponse,
  ),
  test: method(path('Test'), ConnectionServiceTestRequest, ConnectionServiceTestResponse),
};

/** Handlers of a server. A type, not an interface: grpc-js wants an index signature. */
export type ConnectionServiceHandlers = {
  list: handleUnaryCall<ConnectionServiceListRequest, ConnectionServiceListResponse>;
  get: handleUnaryCall<ConnectionServiceGetRequest, ConnectionServiceGetResponse>;
  changeStatus: handleUnaryCall<ConnectionServiceChangeStatusRequest, ConnectionServiceChangeStatusResponse>;
  test: handleUnaryCall<ConnectionServiceTestRequest, ConnectionServiceTestResponse>;
};
