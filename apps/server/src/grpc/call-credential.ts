import type { Metadata, ServerUnaryCall } from '@grpc/grpc-js';
import { maxTokenLength, presentedCredential } from '@meshery/security';
import type { SessionCredential } from '../sessions/session-source.ts';

/** The parts of a call that tell who calls. */
export type PresentingCall = Pick<ServerUnaryCall<unknown, unknown>, 'metadata' | 'getAuthContext'>;

/**
 * What a call presents: a token as an HTTP request carries it (`authorization`, or `cookie`, beside `meshery-provider`),
 * else the client certificate that TLS verified. A certificate never stands in for a token that is not valid.
 */
export function credentialOf(call: PresentingCall): SessionCredential {
  const { token, provider } = presentedCredential({
    authorization: textOf(call.metadata, 'authorization'),
    cookie: textOf(call.metadata, 'cookie'),
    'meshery-provider': textOf(call.metadata, 'meshery-provider'),
  });
  const presentsToken = call.metadata.get('authorization').length > 0 || token !== '';
  return { token, provider, ...(presentsToken ? {} : { certificate: certificateOf(call) }) };
}

function textOf(metadata: Metadata, key: string): string | undefined {
  const value = metadata.get(key)[0];
  return typeof value === 'string' && value.length <= maxTokenLength ? value : undefined;
}

function certificateOf(call: PresentingCall): SessionCredential['certificate'] {
  const shown = call.getAuthContext().sslPeerCertificate;
  return shown === undefined ? undefined : { fingerprint: shown.fingerprint256, expiresAt: Date.parse(shown.valid_to) };
}
