import { X509Certificate, hash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MesheryError } from '@meshery/errors';
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
  /** Authorities of third parties' certificates; what those may do is registered apart. */
  readonly clientCa: string | undefined;
  /** Bindings that were made here. */
  readonly own: readonly BridgeBinding[];
}

const authorityName = 'Meshery ingest';
const localBridge = 'local';
const localNames = ['localhost', '127.0.0.1'];
const renewBeforeMs = 30 * 86_400_000;

/**
 * The listener's keys: those of the configuration, or on loopback ones made here in `<data-dir>/ingest` together with
 * a certificate and a token for a bridge on this machine, which may write every cluster. A listener that is on loopback
 * while the server is not has keys of its own: it serves the bridge of its pod. So has one with a name: it serves the
 * bridge that sees the folder and reaches the server over a network of the two.
 */
export async function loadIngestKeys(config: ServerConfig, clock: Clock): Promise<IngestKeys> {
  return { ...(await listenerKeys(config, clock)), clientCa: await readClientCa(config.grpcClientCa) };
}

/** What a second address shows: nothing of it is made here. */
export async function outsideKeys(config: ServerConfig): Promise<IngestKeys> {
  return { ...(await configuredKeys(config)), clientCa: await readClientCa(config.grpcClientCa) };
}

/** The keys as the files of the configuration hold them now; what was made here stays until the next start. */
export async function rereadIngestKeys(config: ServerConfig, before: IngestKeys): Promise<IngestKeys> {
  const configured = isConfigured(config) ? await configuredKeys(config) : {};
  return { ...before, ...configured, clientCa: await readClientCa(config.grpcClientCa) };
}

type ListenerKeys = Omit<IngestKeys, 'clientCa'>;

async function listenerKeys(config: ServerConfig, clock: Clock): Promise<ListenerKeys> {
  const { grpcName } = config;
  if (isConfigured(config)) return configuredKeys(config);
  const isLocal = servesOwn(config) || (config.grpcHost === undefined && config.isLoopback);
  const folder = join(config.dataDir, 'ingest');
  const made = (await readMade(folder, grpcName, clock)) ?? (await make(folder, grpcName, clock));
  const { ca, cert, key, token } = made;
  const own = [{ name: localBridge, clusters: ['*'], tokenSha256: hash('sha256', token, 'hex'), kubeconfigs: true }];
  return { cert, key, bridgeCa: ca, own: isLocal ? own : [] };
}

/** True for a listener that shows the certificate of the configuration. */
function isConfigured(config: ServerConfig): boolean {
  return config.tlsCert !== undefined && !servesOwn(config);
}

function servesOwn({ grpcName, grpcHost }: ServerConfig): boolean {
  return grpcName !== undefined || (grpcHost !== undefined && isLocalHostName(grpcHost));
}

/** Rejects with `meshery-config-1100`: without it nobody's certificate would be accepted, and nothing would say why. */
async function readClientCa(file: string | undefined): Promise<string | undefined> {
  if (file === undefined) return undefined;
  try {
    const pem = await readFile(file, 'utf8');
    if (!new X509Certificate(pem).ca) throw new TypeError('not a certificate of an authority');
    return pem;
  } catch (cause) {
    throw new MesheryError('meshery-config-1100', `MESHERY_GRPC_CLIENT_CA: ${file} cannot be used.`, {
      probableCause: 'The file is missing, cannot be read, or holds no certificates of authorities in PEM.',
      remedy: 'Name a file with the certificates of the authorities that sign client certificates.',
      cause,
    });
  }
}

async function configuredKeys({ tlsCert = '', tlsKey = '', ingestCa }: ServerConfig): Promise<ListenerKeys> {
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
  /** A name of the listener beside the local ones. */
  readonly name?: string | undefined;
  readonly renewAt: number;
}

async function readMade(folder: string, name: string | undefined, clock: Clock): Promise<MadeKeys | undefined> {
  const text = await readPrivateFile(join(folder, 'listener.json'));
  if (text === undefined) return undefined;
  try {
    const made = JSON.parse(text) as MadeKeys;
    return made.renewAt > clock.now() && made.name === name ? made : undefined;
  } catch {
    return undefined;
  }
}

async function make(folder: string, name: string | undefined, clock: Clock): Promise<MadeKeys> {
  const now = clock.now();
  const authority = { name: authorityName, ...createAuthority(authorityName, now) };
  const names = [...localNames, ...(name === undefined ? [] : [name])];
  const listener = issueCertificate(authority, { kind: 'server', names }, now);
  const bridge = issueCertificate(authority, { kind: 'client', uri: bridgeUri(localBridge) }, now);
  const token = randomBytes(32).toString('base64url');
  const renewAt = now + 825 * 86_400_000 - renewBeforeMs;
  const made: MadeKeys = { ca: authority.cert, ...listener, token, name, renewAt };
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
