import { status } from '@grpc/grpc-js';
import { PublishedProtos } from '@meshery/contracts/grpc';
import type {
  ReflectionServiceHandlers,
  ServerReflectionRequest,
  ServerReflectionResponse,
} from '@meshery/contracts/grpc';
import type { GrpcServices } from './grpc-services.ts';
import { serveStream } from './serve-stream.ts';

type Answer = NonNullable<ServerReflectionResponse['messageResponse']>;

/** grpc.reflection.v1.ServerReflection: what third parties are offered, for those who may read. */
export function reflectionService(services: GrpcServices): ReflectionServiceHandlers {
  const protos = new PublishedProtos();
  return {
    serverReflectionInfo: (call) => {
      serveStream(services.parts, call, 'read', () =>
        responses(call, (request) => answerTo(protos, services, request)),
      );
    },
  };
}

async function* responses(
  requests: AsyncIterable<ServerReflectionRequest>,
  answer: (request: ServerReflectionRequest) => Answer,
): AsyncGenerator<ServerReflectionResponse> {
  for await (const request of requests) {
    yield { validHost: request.host, originalRequest: request, messageResponse: answer(request) };
  }
}

function answerTo(
  protos: PublishedProtos,
  services: GrpcServices,
  { messageRequest: asked }: ServerReflectionRequest,
): Answer {
  switch (asked?.$case) {
    case 'listServices':
      return { $case: 'listServicesResponse', value: { service: services.names.map((name) => ({ name })) } };
    case 'fileByFilename':
      return fileAnswer(protos.named(asked.value));
    case 'fileContainingSymbol':
      return fileAnswer(protos.declaring(asked.value));
    case 'allExtensionNumbersOfType':
    case 'fileContainingExtension':
      return failure(status.NOT_FOUND, 'There are no extensions.');
    case undefined:
      return failure(status.INVALID_ARGUMENT, 'The request asks nothing.');
  }
}

function fileAnswer(file: Buffer | undefined): Answer {
  if (file === undefined) return failure(status.NOT_FOUND, 'There is no such file or symbol.');
  return { $case: 'fileDescriptorResponse', value: { fileDescriptorProto: [file] } };
}

function failure(errorCode: status, errorMessage: string): Answer {
  return { $case: 'errorResponse', value: { errorCode, errorMessage } };
}
