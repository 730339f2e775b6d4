import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAuthority, issueCertificate } from '@meshery/security';
import type { ControlPlane } from '@meshery/testing';

const DAY_MS = 86_400_000;
/** Certificates are issued for 825 days. */
const EXPIRED_SINCE_DAYS = 30;

/** One context of a kubeconfig. */
interface ContextParts {
  readonly server: string;
  readonly caPem: string;
  readonly user: Readonly<Record<string, string>>;
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** The context that works. */
export function goodContext(plane: ControlPlane): ContextParts {
  return { server: plane.url, caPem: plane.caPem, user: { token: plane.adminToken } };
}

/** Contexts that cannot work, by what is wrong with them. */
export function badContexts(plane: ControlPlane, deadPort: number): Readonly<Record<string, ContextParts>> {
  const good = goodContext(plane);
  const address = new URL(plane.url);
  const named = (host: string): string => `https://${host}:${address.port}`;
  return {
    unreachable: { ...good, server: `https://127.0.0.1:${String(deadPort)}` },
    'wrong-ca': { ...good, server: named('127.0.0.1'), caPem: createAuthority('another', Date.now()).cert },
    'expired-certificate': { ...good, user: expiredCertificate(plane) },
    'wrong-token': { ...good, user: { token: 'not-a-token' } },
  };
}

/** A certificate that the cluster's own authority signed, and that ended a month ago. */
function expiredCertificate(plane: ControlPlane): Readonly<Record<string, string>> {
  const key = readFileSync(join(plane.dir, 'pki', 'ca.key'), 'utf8');
  const authority = { name: 'meshery-cluster', cert: plane.caPem, key };
  const issuedAt = Date.now() - (825 + EXPIRED_SINCE_DAYS) * DAY_MS;
  const pair = issueCertificate(authority, { kind: 'client', uri: 'spiffe://meshery/test' }, issuedAt);
  return { 'client-certificate-data': base64(pair.cert), 'client-key-data': base64(pair.key) };
}

/** Writes a kubeconfig with these contexts (as JSON, which is YAML) and gives its path. */
export function writeContexts(path: string, contexts: Readonly<Record<string, ContextParts>>): string {
  const entries = Object.entries(contexts);
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: entries.map(([name, { server, caPem }]) => ({
      name,
      cluster: { server, 'certificate-authority-data': base64(caPem) },
    })),
    users: entries.map(([name, { user }]) => ({ name, user })),
    contexts: entries.map(([name]) => ({ name, context: { cluster: name, user: name } })),
    'current-context': entries[0]?.[0],
  };
  writeFileSync(path, JSON.stringify(config, undefined, 2), { mode: 0o600 });
  return path;
}
