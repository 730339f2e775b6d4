import type { Client, ClientDuplexStream, Metadata, handleBidiStreamingCall } from '@grpc/grpc-js';
import { ServeRequest, ServeResponse } from '../generated/meshery/requests/v1/requests.ts';
import { method } from './method.ts';

/** meshery.requests.v1.RequestService for `server.addService`. */
export const requestServiceDefinition = {
  serve: method('/meshery.requests.v1.RequestService/Serve', ServeRequest, ServeResponse, {
    request: true,
    response: true,
  }),
};

/** Handlers of a server. A type, not an interface: grpc-js wants an index signature. */
export type RequestServiceHandlers = {
  serve: handleBidiStreamingCall<ServeRequest, ServeResponse>;
};

/** Opens the Serve stream on the connection of a client of any service of the same server. */
export function openServe(client: Client, metadata: Metadata): ClientDuplexStream<ServeRequest, ServeResponse> {
  const { path, requestSerialize, responseDeserialize } = requestServiceDefinition.serve;
  return client.makeBidiStreamRequest(path, requestSerialize, responseDeserialize, metadata);
}
