import type { ClientDuplexStream, Metadata } from '@grpc/grpc-js';
import type { PushResponse } from '../generated/meshery/ingest/v1/ingest.ts';
import { ingestServiceDefinition } from './ingest-service.ts';
import type { IngestServiceClient } from './ingest-service.ts';

/** Tag of PushRequest.batch: field 1, length-delimited. */
const batchTag = 0x0a;

/** Opens the Push stream for batches that are encoded already: their bytes travel as they are. */
export function pushEncoded(
  client: IngestServiceClient,
  metadata: Metadata,
): ClientDuplexStream<Uint8Array, PushResponse> {
  const { path, responseDeserialize } = ingestServiceDefinition.push;
  return client.makeBidiStreamRequest(path, encodePushRequest, responseDeserialize, metadata);
}

/** A PushRequest around an encoded Batch. */
export function encodePushRequest(batch: Uint8Array): Buffer {
  const prefix = [batchTag];
  for (let rest = batch.byteLength; ; rest >>>= 7) {
    prefix.push(rest > 0x7f ? (rest & 0x7f) | 0x80 : rest);
    if (rest <= 0x7f) break;
  }
  return Buffer.concat([Uint8Array.from(prefix), batch]);
}
