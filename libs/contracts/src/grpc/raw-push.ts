import type { ClientDuplexStream, Metadata } from '@grpc/grpc-js';
import type { PushResponse } from '../generated/meshery/ingest/v1/ingest.ts';
import { ingestServiceDefinition } from './ingest-service.ts';
import type { IngestServiceClient } from './ingest-service.ts';
import { encodePushRequest } from './push-request.ts';

/** Opens the Push stream for batches that are encoded already: their bytes travel as they are. */
export function pushEncoded(
  client: IngestServiceClient,
  metadata: Metadata,
): ClientDuplexStream<Uint8Array, PushResponse> {
  const { path, responseDeserialize } = ingestServiceDefinition.push;
  return client.makeBidiStreamRequest(path, encodePushRequest, responseDeserialize, metadata);
}
