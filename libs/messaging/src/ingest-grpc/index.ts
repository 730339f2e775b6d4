export { IngestChannel } from './ingest-channel.ts';
export type { IngestChannelOptions } from './ingest-channel.ts';
export { PushStream } from './push-stream.ts';
export type { PushState, PushStreamDeps } from './push-stream.ts';
export { ServerIngestPort } from './server-ingest-port.ts';
export type { ServerIngestPortDeps } from './server-ingest-port.ts';
export { credentialUnreadable } from './server-faults.ts';
