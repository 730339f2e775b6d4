export type {
  Broker,
  BrokerEvent,
  BrokerMessage,
  BrokerStatus,
  ConsumerHandler,
  ConsumerSpec,
  DurableMessage,
  DurablePublishOptions,
  Headers,
  MessageHandler,
  PublishOptions,
  RequestOptions,
  StoredAck,
  StreamSpec,
  StreamState,
  SubscribeOptions,
} from './broker.ts';
export { NatsBroker } from './nats/nats-broker.ts';
export type { NatsBrokerDeps } from './nats/nats-broker.ts';
export type { NatsBrokerOptions } from './nats/nats-options.ts';
export { NatsDial } from './nats/nats-dial.ts';
export type { NatsExchange } from './nats/nats-dial.ts';
export { parseNatsAddress } from './nats/nats-address.ts';
export { InProcessBroker } from './in-process/in-process-broker.ts';
export type { InProcessBrokerOptions } from './in-process/in-process-broker.ts';
export { chunkHeader, messageIdHeader } from './chunks/chunk-headers.ts';
export { Reassembler } from './chunks/reassembler.ts';
export type { ReassemblerLimits, ReassemblyResult, WholeMessage } from './chunks/reassembler.ts';
export { maxReassembledBytes, splitPayload } from './chunks/split-payload.ts';
export { batchStream, parkedStream } from './ingest/batch-stream.ts';
export type { StreamLimits } from './ingest/batch-stream.ts';
export { BrokerIngestPort } from './ingest/broker-ingest-port.ts';
export type { BrokerIngestLimits, BrokerIngestPortDeps, PublishCondition } from './ingest/broker-ingest-port.ts';
export { InFlight } from './ingest/in-flight.ts';
export type { IncomingRequest, RequestTransport } from './requests/request-transport.ts';
