import type { MethodDefinition } from '@grpc/grpc-js';
import type { BinaryReader, BinaryWriter } from '@bufbuild/protobuf/wire';

/** What the generated code offers for one message. */
export interface MessageCodec<T> {
  encode(message: T, writer?: BinaryWriter): BinaryWriter;
  decode(input: BinaryReader | Uint8Array, length?: number): T;
}

/** Which sides of a call stream. */
export interface Streaming {
  readonly request?: boolean;
  readonly response?: boolean;
}

/** Makes the grpc-js description of one method from the generated codecs. */
export function method<Request, Response>(
  path: string,
  request: MessageCodec<Request>,
  response: MessageCodec<Response>,
  streaming: Streaming = {},
): MethodDefinition<Request, Response> {
  return {
    path,
    requestStream: streaming.request ?? false,
    responseStream: streaming.response ?? false,
    requestSerialize: (value) => asBuffer(request.encode(value).finish()),
    requestDeserialize: (bytes) => request.decode(bytes),
    responseSerialize: (value) => asBuffer(response.encode(value).finish()),
    responseDeserialize: (bytes) => response.decode(bytes),
  };
}

/** The same bytes, not a copy. */
function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
