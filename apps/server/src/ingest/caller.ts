import type { Metadata, ServerDuplexStream, ServerUnaryCall } from '@grpc/grpc-js';
import { isTooOld, oldestPeerVersion, peerVersionKey } from '@meshery/contracts';
import { MesheryError } from '@meshery/errors';
import type { Clock } from '@meshery/observability';
import { bridgeNameOf, maxTokenLength } from '@meshery/security';
import type { BridgeBindings, Caller } from './bridge-bindings.ts';
import { isBound } from './bridge-bindings.ts';

/** The parts of a call that tell who calls. */
export interface CallerFacts {
  readonly metadata: Metadata;
  /** DER of a client certificate that TLS verified. */
  readonly certificate: Buffer | undefined;
}

/** Reads them from a call. */
export function factsOf(call: ServerUnaryCall<unknown, unknown> | ServerDuplexStream<unknown, unknown>): CallerFacts {
  return { metadata: call.metadata, certificate: call.getAuthContext().sslPeerCertificate?.raw };
}

/** The version that a bridge says it has; empty when it says none. */
export function versionOf(metadata: Metadata): string {
  return String(metadata.get(peerVersionKey)[0] ?? '');
}

/** Who signs certificates of bridges. */
export interface BridgeAuthority {
  readonly pem: string;
  /** True for the one of the keys that were made here, where there are any. */
  readonly isOwn: boolean;
}

/** Finds out which bridge calls: by its certificate, else by its token. */
export class CallerAuthentication {
  readonly #bindings: BridgeBindings;
  readonly #authorities: () => readonly BridgeAuthority[];
  readonly #clock: Clock;

  /** `authorities` answers those of bridge certificates, which may change. */
  constructor(bindings: BridgeBindings, authorities: () => readonly BridgeAuthority[], clock: Clock) {
    this.#bindings = bindings;
    this.#authorities = authorities;
    this.#clock = clock;
  }

  /**
   * Rejects with `meshery-auth-1200` when the call shows nothing, with `-1201` when it is of no known bridge, and with
   * `meshery-messaging-1510` when that is too old.
   */
  async identify({ metadata, certificate }: CallerFacts): Promise<Caller> {
    const header = metadata.get('authorization')[0];
    if (certificate === undefined && header === undefined) throw nobody();
    const caller = (await this.#byCertificate(certificate)) ?? (await this.#byToken(header));
    if (caller === undefined) throw unknownBridge();
    requireVersion('bridge', metadata.get(peerVersionKey)[0]);
    return caller;
  }

  async #byCertificate(certificate: Buffer | undefined): Promise<Caller | undefined> {
    if (certificate === undefined) return undefined;
    for (const { pem, isOwn } of this.#authorities()) {
      const name = bridgeNameOf(certificate, pem, this.#clock.now());
      if (name !== undefined) return this.#bindings.byName(name, isOwn);
    }
    return undefined;
  }

  async #byToken(header: string | Buffer | undefined): Promise<Caller | undefined> {
    if (typeof header !== 'string' || header.length > maxTokenLength) return undefined;
    const match = /^Bearer +(\S+)$/i.exec(header);
    return match?.[1] === undefined ? undefined : this.#bindings.byToken(match[1]);
  }
}

/** Throws `meshery-messaging-1505` when the caller may not write this cluster. */
export function requireBound(caller: Caller, clusterId: string): void {
  if (isBound(caller, clusterId)) return;
  throw new MesheryError('meshery-messaging-1505', `"${caller.name}" is not bound to this cluster.`, {
    probableCause:
      'A bridge reads the broker of another cluster, an agent runs in another one, or the binding is missing.',
    remedy: 'Add the cluster id to it in the bindings file of the server.',
    details: { bridge: caller.name },
  });
}

/** Throws `meshery-messaging-1510` for a version that this server does not work with any more. */
export function requireVersion(peer: 'agent' | 'bridge', version: string | Buffer | undefined): void {
  if (typeof version !== 'string' || !isTooOld(version)) return;
  throw new MesheryError(
    'meshery-messaging-1510',
    `This server does not work with the ${peer} of version ${version}.`,
    {
      probableCause: 'The server was upgraded past more than one version.',
      remedy: `Upgrade the ${peer} to ${oldestPeerVersion} or newer, best to the version of the server.`,
      details: { peer, version },
    },
  );
}

function nobody(): MesheryError {
  return new MesheryError('meshery-auth-1200', 'The Ingest service needs a bridge certificate or token.', {
    remedy: 'Give the bridge a certificate with SAN spiffe://meshery/bridge/<name>, or a token file.',
  });
}

function unknownBridge(): MesheryError {
  return new MesheryError('meshery-auth-1201', 'The bridge is not known to this server.', {
    probableCause: 'Its certificate is of another authority or has ended, or its token was replaced.',
    remedy: 'Give the bridge the files of this server, or add it to the bindings file.',
  });
}
