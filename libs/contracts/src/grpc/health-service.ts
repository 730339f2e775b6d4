import type { handleServerStreamingCall, handleUnaryCall } from '@grpc/grpc-js';
import { HealthCheckRequest, HealthCheckResponse } from '../generated/grpc/health/v1/health.ts';
import { method } from './method.ts';

const path = (name: string): string => `/grpc.health.v1.Health/${name}`;

/** grpc.health.v1.Health for `server.addService`. */
export const healthServiceDefinition = {
  check: method(path('Check'), HealthCheckRequest, HealthCheckResponse),
  watch: method(path('Watch'), HealthCheckRequest, HealthCheckResponse, { response: true }),
};

/** Handlers of a server. A type, not an interface: grpc-js wants an index signature. */
export type HealthServiceHandlers = {
  check: handleUnaryCall<HealthCheckRequest, HealthCheckResponse>;
  watch: handleServerStreamingCall<HealthCheckRequest, HealthCheckResponse>;
};
