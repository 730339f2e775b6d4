import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client, Metadata, credentials, status } from '@grpc/grpc-js';
import type { ClientReadableStream, MethodDefinition, ServiceError } from '@grpc/grpc-js';
import { waitUntil } from '@meshery/testing';
import { IngestModule } from '../src/ingest/ingest.module.ts';
import type { Caller } from './caller.ts';
import type { TestServer } from './server-harness.ts';

/** How a call ended. */
export interface Outcome<Response> {
  readonly code: status;
  /** The code of the product, of a call that failed. */
  readonly meshery?: string | undefined;
  readonly response?: Response | undefined;
}

const deadlineMs = 30_000;

/** Calls the gRPC port of a test server on behalf of callers; nobody in particular without one. */
export class GrpcCaller {
  readonly client: Client;

  constructor(client: Client) {
    this.client = client;
  }

  static async open(server: TestServer): Promise<GrpcCaller> {
    const ca = await readFile(join(server.folder, 'ingest', 'ca.pem'));
    const address = `localhost:${String(server.service.app.get(IngestModule).port)}`;
    return new GrpcCaller(new Client(address, credentials.createSsl(ca)));
  }

  call<Request, Response>(
    { path, requestSerialize, responseDeserialize }: MethodDefinition<Request, Response>,
    request: Request,
    by: Caller | undefined,
  ): Promise<Outcome<Response>> {
    return new Promise((resolve) => {
      const answer = (error: ServiceError | null, response?: Response): void => {
        resolve(error === null ? { code: status.OK, response } : failed(error));
      };
      const options = { deadline: Date.now() + deadlineMs };
      this.client.makeUnaryRequest(
        path,
        requestSerialize,
        responseDeserialize,
        request,
        ...([metadataOf(by), options, answer] as const),
      );
    });
  }

  stream<Request, Response>(
    { path, requestSerialize, responseDeserialize }: MethodDefinition<Request, Response>,
    request: Request,
    by: Caller | undefined,
  ): Heard<Response> {
    return new Heard(
      this.client.makeServerStreamRequest(path, requestSerialize, responseDeserialize, request, metadataOf(by)),
    );
  }
}

/** The metadata of a caller. */
export function metadataOf(by: Caller | undefined): Metadata {
  const metadata = new Metadata();
  if (by !== undefined) metadata.set('authorization', by.headers['authorization'] ?? '');
  return metadata;
}

/** What a stream said so far, and how it ended. */
export class Heard<Response> {
  readonly messages: Response[] = [];
  readonly call: ClientReadableStream<Response>;
  /** Resolves when the server has begun to answer. */
  readonly opened: Promise<void>;
  #end: Outcome<never> | undefined;

  constructor(call: ClientReadableStream<Response>) {
    this.call = call;
    this.opened = new Promise((resolve) =>
      call.once('metadata', () => {
        resolve();
      }),
    );
    call.on('data', (message: Response) => this.messages.push(message));
    call.on('error', (error: ServiceError) => {
      this.#end = failed(error);
    });
    call.on('end', () => {
      this.#end ??= { code: status.OK };
    });
  }

  /** Waits until so many messages came. */
  async atLeast(count: number): Promise<readonly Response[]> {
    await waitUntil({ what: 'messages', timeoutMs: deadlineMs, everyMs: 10 }, () => this.messages.length >= count);
    return this.messages;
  }

  async ended(): Promise<Outcome<never>> {
    await waitUntil({ what: 'the end', timeoutMs: deadlineMs, everyMs: 10 }, () => this.#end !== undefined);
    return this.#end ?? { code: status.UNKNOWN };
  }
}

function failed(error: ServiceError): { code: status; meshery: string | undefined } {
  return { code: error.code, meshery: error.metadata.get('meshery-code')[0]?.toString() };
}
