import { createSecureContext } from 'node:tls';
import type { SecureContextOptions } from 'node:tls';
import { ServerCredentials } from '@grpc/grpc-js';
import type { IngestKeys } from './ingest-keys.ts';

/**
 * TLS of the listener. A client may show a certificate and need not: the call then has to bring a token. grpc-js knows
 * only "required" and "never", hence the class of our own; an unverified certificate never reaches a call, because
 * grpc-js hides certificates of connections that are not authorized. Open connections keep what they were opened with.
 */
export class ListenerCredentials extends ServerCredentials {
  #keys: IngestKeys;

  constructor(keys: IngestKeys) {
    const context = contextOf(keys);
    super({ requestCert: 'ca' in context, rejectUnauthorized: false }, context);
    this.#keys = keys;
  }

  /** What new connections are served with. */
  get keys(): IngestKeys {
    return this.#keys;
  }

  /** Has connections from now on served with other keys. Throws when certificate and key are no pair. */
  use(keys: IngestKeys): void {
    const context = contextOf(keys);
    createSecureContext(context);
    this.updateSecureContextOptions(context);
    this.#keys = keys;
  }

  override _equals(other: ServerCredentials): boolean {
    return this === other;
  }
}

function contextOf({ cert, key, bridgeCa, clientCa }: IngestKeys): SecureContextOptions {
  const ca = [bridgeCa, clientCa].filter((pem) => pem !== undefined);
  return {
    cert: [Buffer.from(cert)],
    key: [Buffer.from(key)],
    minVersion: 'TLSv1.2',
    ...(ca.length === 0 ? {} : { ca }),
  };
}
