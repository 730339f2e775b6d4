import type { RequestVerb } from '@meshery/contracts';

/** A native request that came, with the way back to whoever asked. */
export interface IncomingRequest {
  readonly clusterId: string;
  readonly verb: RequestVerb;
  /** The request as JSON, not yet checked. */
  readonly data: Uint8Array;
  /** Aborts when whoever asked is gone for good; absent where nobody can tell. */
  readonly lost?: AbortSignal;
  /** Sends an answer; resolves when there may be another one, so that a session never has more than one in memory. */
  send(text: string, signal: AbortSignal): Promise<void>;
  /** The last word: nobody waits for it, and it is lost with the connection. */
  sendLast(text: string): void;
  /** Hears what the client tells the session of this id, until the signal aborts. */
  hear(id: string, onMessage: (data: Uint8Array) => void, signal: AbortSignal): void;
}

/** Brings native requests for clusters. */
export interface RequestTransport {
  /** Hands over the requests for a cluster until the signal aborts; the last caller for a cluster gets them. */
  serve(clusterId: string, onRequest: (request: IncomingRequest) => void, signal: AbortSignal): void;
}
