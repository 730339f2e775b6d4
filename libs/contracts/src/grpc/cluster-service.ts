import type { Client, ClientDuplexStream, Metadata, handleBidiStreamingCall } from '@grpc/grpc-js';
import { FollowRequest, FollowResponse } from '../generated/meshery/ingest/v1/clusters.ts';
import { method } from './method.ts';

/** meshery.ingest.v1.ClusterService for `server.addService`. */
export const clusterServiceDefinition = {
  follow: method('/meshery.ingest.v1.ClusterService/Follow', FollowRequest, FollowResponse, {
    request: true,
    response: true,
  }),
};

/** Handlers of a server. A type, not an interface: grpc-js wants an index signature. */
export type ClusterServiceHandlers = {
  follow: handleBidiStreamingCall<FollowRequest, FollowResponse>;
};

/** Opens the Follow stream on the connection of a client of any service of the same server. */
export function openFollow(client: Client, metadata: Metadata): ClientDuplexStream<FollowRequest, FollowResponse> {
  const { path, requestSerialize, responseDeserialize } = clusterServiceDefinition.follow;
  return client.makeBidiStreamRequest(path, requestSerialize, responseDeserialize, metadata);
}
