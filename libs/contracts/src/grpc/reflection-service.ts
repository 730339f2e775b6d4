import type { handleBidiStreamingCall } from '@grpc/grpc-js';
import { ServerReflectionRequest, ServerReflectionResponse } from '../generated/grpc/reflection/v1/reflection.ts';
import { method } from './method.ts';

/** grpc.reflection.v1.ServerReflection for `server.addService`. */
export const reflectionServiceDefinition = {
  serverReflectionInfo: method(
    '/grpc.reflection.v1.ServerReflection/ServerReflectionInfo',
    ServerReflectionRequest,
    ServerReflectionResponse,
    { request: true, response: true },
  ),
};

/** Handlers of a server. A type, not an interface: grpc-js wants an index signature. */
export type ReflectionServiceHandlers = {
  serverReflectionInfo: handleBidiStreamingCall<ServerReflectionRequest, ServerReflectionResponse>;
};
