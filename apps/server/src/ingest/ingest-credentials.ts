import { ServerCredentials } from '@grpc/grpc-js';
import type { IngestKeys } from './ingest-keys.ts';

/**
 * TLS of the listener. A client may show a certificate and need not: the call then has to bring a token. grpc-js knows
 * only "required" and "never", hence the class of our own; an unverified certificate never reaches a call, because
 * grpc-js hides certificates of connections that are not authorized.
 */
class OptionalClientCertificate extends ServerCredentials {
  override _equals(other: ServerCredentials): boolean {
    return this === other;
  }
}

/** Makes the credentials of the listener. */
export function ingestCredentials({ cert, key, bridgeCa }: IngestKeys): ServerCredentials {
  const asksForCertificate = bridgeCa !== undefined;
  const options = { requestCert: asksForCertificate, rejectUnauthorized: false, minVersion: 'TLSv1.2' as const };
  const context = {
    cert: [Buffer.from(cert)],
    key: [Buffer.from(key)],
    ...(bridgeCa === undefined ? {} : { ca: bridgeCa }),
  };
  return new OptionalClientCertificate(options, context);
}
