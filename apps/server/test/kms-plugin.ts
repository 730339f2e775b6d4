import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Server, ServerCredentials, status } from '@grpc/grpc-js';
import { keyManagementServiceDefinition } from '@meshery/contracts/grpc';

/** A plugin for a key management service as Kubernetes runs them: AES-GCM with keys that it keeps to itself. */
export class KmsPlugin {
  readonly #socket: string;
  readonly #keys = new Map<string, Buffer>();
  #keyId = '';
  #server: Server | undefined;
  healthz = 'ok';

  constructor(socket: string) {
    this.#socket = socket;
    this.rotate('key-1');
  }

  get endpoint(): string {
    return `unix://${this.#socket}`;
  }

  /** From now on it wraps with another key; the older ones still open. */
  rotate(keyId: string): void {
    this.#keys.set(keyId, randomBytes(32));
    this.#keyId = keyId;
  }

  async start(): Promise<void> {
    const server = new Server();
    server.addService(keyManagementServiceDefinition, {
      status: (_call: unknown, done: Done) => {
        done(null, { version: 'v2', healthz: this.healthz, keyId: this.#keyId });
      },
      encrypt: ({ request }: Call<{ plaintext: Buffer }>, done: Done) => {
        const nonce = randomBytes(12);
        const cipher = createCipheriv('aes-256-gcm', this.#keys.get(this.#keyId) ?? '', nonce);
        const ciphertext = Buffer.concat([cipher.update(request.plaintext), cipher.final(), cipher.getAuthTag()]);
        done(null, { ciphertext, keyId: this.#keyId, annotations: { 'nonce.example.org': nonce } });
      },
      decrypt: ({ request }: Call<Wrapped>, done: Done) => {
        const key = this.#keys.get(request.keyId);
        if (key === undefined) {
          done({ code: status.NOT_FOUND, details: 'no such key' });
          return;
        }
        const decipher = createDecipheriv('aes-256-gcm', key, request.annotations['nonce.example.org'] ?? '');
        decipher.setAuthTag(request.ciphertext.subarray(-16));
        done(null, {
          plaintext: Buffer.concat([decipher.update(request.ciphertext.subarray(0, -16)), decipher.final()]),
        });
      },
    });
    this.#server = server;
    await new Promise<void>((resolve, reject) => {
      server.bindAsync(this.endpoint, ServerCredentials.createInsecure(), (error) => {
        if (error === null) resolve();
        else reject(error);
      });
    });
  }

  stop(): void {
    this.#server?.forceShutdown();
    this.#server = undefined;
  }
}

interface Call<Request> {
  readonly request: Request;
}

interface Wrapped {
  readonly ciphertext: Buffer;
  readonly keyId: string;
  readonly annotations: Readonly<Record<string, Buffer>>;
}

type Done = (error: { readonly code: status; readonly details: string } | null, response?: object) => void;
