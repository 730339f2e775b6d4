import { randomUUID } from 'node:crypto';
import { Client, Metadata, credentials, status } from '@grpc/grpc-js';
import type { MethodDefinition, ServiceError } from '@grpc/grpc-js';
import { keyManagementServiceDefinition as methods } from '@meshery/contracts/grpc';
import type { KmsEncryptResponse } from '@meshery/contracts/grpc';
import { MesheryError } from '@meshery/errors';

const deadlineMs = 3000;
const versions: readonly string[] = ['v2', 'v2beta1'];
/** What the API allows. */
const maxText = 1024;
const maxAnnotations = 32 * 1024;

/** A plugin for a key management service, asked over its unix socket. */
export class KmsClient {
  readonly #endpoint: string;
  readonly #client: Client;

  constructor(endpoint: string) {
    this.#endpoint = endpoint;
    // A plugin that comes back is used at once: who asks has somebody waiting.
    const backoff = { 'grpc.initial_reconnect_backoff_ms': 100, 'grpc.max_reconnect_backoff_ms': 1000 };
    this.#client = new Client(endpoint, credentials.createInsecure(), backoff);
  }

  /** The id of the key that Encrypt uses now. All of these reject with `meshery-connection-1725`. */
  async keyId(): Promise<string> {
    const { version, healthz, keyId } = await this.#ask(methods.status, {});
    if (!versions.includes(version)) throw this.#away(new Error(`it speaks "${version.slice(0, maxText)}"`));
    if (healthz !== 'ok') throw this.#away(new Error(`it is not healthy: ${healthz.slice(0, maxText)}`));
    if (!isKeyId(keyId)) throw this.#away(new Error('it names no key'));
    return keyId;
  }

  async encrypt(plaintext: Buffer): Promise<KmsEncryptResponse> {
    const wrapped = await this.#ask(methods.encrypt, { plaintext, uid: randomUUID() });
    const { ciphertext, keyId, annotations } = wrapped;
    const size = Object.entries(annotations).reduce((sum, [key, value]) => sum + key.length + value.length, 0);
    const isSound = ciphertext.length > 0 && ciphertext.length <= maxText && size <= maxAnnotations;
    if (!isSound || !isKeyId(keyId) || ciphertext.includes(plaintext)) throw this.#away(new Error('it does not wrap'));
    return wrapped;
  }

  async decrypt(wrapped: KmsEncryptResponse): Promise<Buffer> {
    return (await this.#ask(methods.decrypt, { ...wrapped, uid: randomUUID() })).plaintext;
  }

  close(): void {
    this.#client.close();
  }

  #ask<Request, Response>(
    { path, requestSerialize, responseDeserialize }: MethodDefinition<Request, Response>,
    request: Request,
  ): Promise<Response> {
    const { promise, resolve, reject } = Promise.withResolvers<Response>();
    const answer = (error: ServiceError | null, response?: Response): void => {
      if (response === undefined) reject(this.#away(error));
      else resolve(response);
    };
    const options = { deadline: Date.now() + deadlineMs };
    this.#client.makeUnaryRequest(
      path,
      requestSerialize,
      responseDeserialize,
      request,
      ...([new Metadata(), options, answer] as const),
    );
    return promise;
  }

  #away(cause: Error | ServiceError | null): MesheryError {
    const said = cause !== null && 'code' in cause ? `${status[cause.code]}: ${cause.details}` : cause?.message;
    return new MesheryError('meshery-connection-1725', 'The key management service does not answer as it should.', {
      probableCause: `Its plugin at ${this.#endpoint} is not running, or cannot use its key (${said ?? 'no answer'}).`,
      remedy: 'Look at the log of the plugin, and try again when it works: stored credentials open then.',
      cause,
    });
  }
}

function isKeyId(text: string): boolean {
  return text !== '' && text.length <= maxText;
}
