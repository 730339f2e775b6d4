import { hash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '@meshery/observability';
import {
  bridgeUri,
  createAuthority,
  isLocalHostName,
  issueCertificate,
  readPrivateFile,
  writePrivateFile,
} from '@meshery/security';
import type { ServerConfig } from '../config.ts';
import type { BridgeBinding } from './bridge-bindings.ts';

/** What the Ingest listener shows and accepts. */
export interface IngestKeys {
  readonly cert: string;
  readonly key: string;
  /** Authority of bridge certificates; absent when only tokens are accepted. */
  readonly bridgeCa: string | undefined;
  /** Bindings that were made here. */
  readonly own: readonly BridgeBinding[];
}

const authorityName = 'Meshery ingest';
const localBridge = 'local';
const names = ['localhost', '127.0.0.1'];
const renewBeforeMs = 30 * 86_400_000;

/**
 * The listener's keys: those of the configuration, or on loopback ones made here in `<data-dir>/ingest` together with
 * a certificate and a token for a bridge on this machine, which may write every cluster. A listener that is on loopback
 * while the server is not has keys of its own: it serves the bridge of its pod.
 */
export async function loadIngestKeys(config: ServerConfig, clock: Clock): Promise<IngestKeys> {
  const servesOwnPod = config.grpcHost !== undefined && isLocalHostName(config.grpcHost);
  const isLocal = servesOwnPod || (config.grpcHost === undefined && config.isLoopback);
  if (config.tlsCert !== undefined && !servesOwnPod) return configuredKeys(config);
  const folder = join(config.dataDir, 'ingest');
  const made = (await readMade(folder, clock)) ?? (await make(folder, clock));
  const { ca, cert, key, token } = made;
  const own = [{ name: localBridge, clusters: ['*'], tokenSha256: hash('sha256', token, 'hex') }];
  return { cert, key, bridgeCa: ca, own: isLocal ? own : [] };
}

async function configuredKeys({ tlsCert = '', tlsKey = '', ingestCa }: ServerConfig): Promise<IngestKeys> {
  const [cert, key, bridgeCa] = await Promise.all([
    readFile(tlsCert, 'utf8'),
    readFile(tlsKey, 'utf8'),
    ingestCa === undefined ? undefined : readFile(ingestCa, 'utf8'),
  ]);
  return { cert, key, bridgeCa, own: [] };
}

interface MadeKeys {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
  readonly token: string;
  readonly renewAt: number;
}

async function readMade(folder: string, clock: Clock): Promise<MadeKeys | undefined> {
  const text = await readPrivateFile(join(folder, 'listener.json'));
  if (text === undefined) return undefined;
  try {
    const made = JSON.parse(text) as MadeKeys;
    return made.renewAt > clock.now() ? made : undefined;
  } catch {
    return undefined;
  }
}

async function make(folder: string, clock: Clock): Promise<MadeKeys> {
  const now = clock.now();
  const authority = { name: authorityName, ...createAuthority(authorityName, now) };
  const listener = issueCertificate(authority, { kind: 'server', names }, now);
  const bridge = issueCertificate(authority, { kind: 'client', uri: bridgeUri(localBridge) }, now);
  const token = randomBytes(32).toString('base64url');
  const renewAt = now + 825 * 86_400_000 - renewBeforeMs;
  const made: MadeKeys = { ca: authority.cert, ...listener, token, renewAt };
  const files = {
    'ca.pem': authority.cert,
    'bridge.pem': bridge.cert,
    'bridge-key.pem': bridge.key,
    'bridge-token': token,
  };
  await Promise.all(Object.entries(files).map(([name, content]) => writePrivateFile(join(folder, name), content)));
  await writePrivateFile(join(folder, 'listener.json'), JSON.stringify(made));
  return made;
}
