import type { handleServerStreamingCall, handleUnaryCall } from '@grpc/grpc-js';
import {
  EventServiceListRequest,
  EventServiceListResponse,
  EventServiceSubscribeRequest,
} from '../generated/meshery/v1/events.ts';
import { encodedResponses, method } from './method.ts';

const path = (name: string): string => `/meshery.v1.EventService/${name}`;

/** meshery.v1.EventService for `server.addService`. Responses of Subscribe travel as bytes: many callers share them. */
export const eventServiceDefinition = {
  list: method(path('List'), EventServiceListRequest, EventServiceListResponse),
  subscribe: encodedResponses(path('Subscribe'), EventServiceSubscribeRequest),
};

/** Handlers of a server. A type, not an interface: grpc-js wants an index signature. */
export type EventServiceHandlers = {
  list: handleUnaryCall<EventServiceListRequest, EventServiceListResponse>;
  /** Each response is an encoded EventServiceSubscribeResponse. */
  subscribe: handleServerStreamingCall<EventServiceSubscribeRequest, Uint8Array>;
};
