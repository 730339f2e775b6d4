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

/** Describes a method whose responses stream as bytes: whoever writes them has encoded them. */
export function encodedResponses<Request>(
  path: string,
  request: MessageCodec<Request>,
): MethodDefinition<Request, Uint8Array> {
  return {
    ...method(path, request, request, { response: true }),
    responseSerialize: asBuffer,
    responseDeserialize: (bytes) => bytes,
  };
}

/** The same bytes, not a copy. */
function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
