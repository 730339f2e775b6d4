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

/** Opens a run with a request and an answer that stay encoded: what a newer side wrote into them arrives as it was. */
export function openRunEncoded(
  client: IngestServiceClient,
  request: Uint8Array,
  call: { readonly metadata: Metadata; readonly deadline: number },
): Promise<Uint8Array> {
  const { path } = ingestServiceDefinition.openRun;
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
  client.makeUnaryRequest<Uint8Array, Uint8Array>(
    path,
    (bytes) => Buffer.from(bytes),
    (bytes) => bytes,
    request,
    call.metadata,
    { deadline: call.deadline },
    (error, answer) => {
      if (error === null && answer !== undefined) resolve(answer);
      else reject(error ?? new Error('the server answered nothing'));
    },
  );
  return promise;
}
