import { X509Certificate, createPrivateKey } from 'node:crypto';
import { createAuthority, issueCertificate } from '@meshery/security';
import type { CertificatePair } from '@meshery/security';
import { done } from '@meshery/kube/reconcile';
import type { Outcome, Step } from '@meshery/kube/reconcile';
import { kinds } from '../../cluster/kinds.ts';
import { managedBy } from '../../cluster/owned-objects.ts';
import { ownedBy, ownedSecret, secretText } from '../broker-context.ts';
import type { BrokerContext } from '../broker-context.ts';
import { isClustered } from '../objects/services.ts';
import { readSecret } from './broker-deps.ts';
import type { BrokerDeps } from './broker-deps.ts';

/** A certificate is made anew that long before it ends. */
const renewMs = 90 * 86_400_000;

/** Extended key usage of who dials (RFC 5280). */
const clientAuth = '1.3.6.1.5.5.7.3.2';

/** Key and certificate of the servers: from an authority of the Broker's own, or from cert-manager. */
export function certificateStep(deps: BrokerDeps): Step<BrokerContext> {
  return {
    name: 'certificates',
    run: async (context, signal) => {
      judgeEncryption(context);
      if (context.tls === 'off') return removeAll(deps, context, signal);
      await ownCertificates(deps, context, signal);
      const outcome = isManaged(context) ? await managed(deps, context, signal) : done;
      await handOutAuthority(deps, context, signal);
      context.encryption = {
        mode: context.tls,
        ...(context.caCert === undefined ? {} : { caSecret: context.names.ca }),
      };
      return outcome;
    },
  };
}

function judgeEncryption({ tls, conditions }: BrokerContext): void {
  const messages = {
    required: ['True', 'Required', 'Clients must use TLS.'],
    optional: [
      'False',
      'Optional',
      'Clients may connect without TLS, as published agents do. Set spec.tls.mode to required when all of them know TLS.',
    ],
    off: ['False', 'Off', 'Nothing is encrypted, credentials neither. Set spec.tls.mode to required.'],
  } as const;
  const [status, reason, message] = messages[tls];
  conditions.push({ type: 'Encrypted', status, reason, message });
}

async function removeAll(deps: BrokerDeps, context: BrokerContext, signal: AbortSignal): Promise<Outcome> {
  const { tls, routes, ca, authority } = context.names;
  for (const name of [tls, routes, ca, authority]) await removeSecret(deps, context, name, signal);
  context.encryption = { mode: 'off' };
  return done;
}

function removeSecret(deps: BrokerDeps, { names }: BrokerContext, name: string, signal: AbortSignal): Promise<void> {
  return deps.owned.remove(kinds.secret, { namespace: names.namespace, name }, signal);
}

/** Clients need no authority where everybody knows it. */
async function handOutAuthority(deps: BrokerDeps, context: BrokerContext, signal: AbortSignal): Promise<void> {
  const { names, caCert } = context;
  if (caCert === undefined) await removeSecret(deps, context, names.ca, signal);
  else await deps.owned.apply(kinds.secret, ownedSecret(context, names.ca, { 'ca.crt': caCert }), signal);
}

function isManaged({ spec }: BrokerContext): boolean {
  return spec.tls?.issuer !== undefined;
}

type Authority = CertificatePair & { readonly name: string };

/** What the operator signs itself: the servers of a cluster trust nobody else than each other. */
async function ownCertificates(deps: BrokerDeps, context: BrokerContext, signal: AbortSignal): Promise<void> {
  const { names } = context;
  const signed = [...(isManaged(context) ? [] : [names.tls]), ...(isClustered(context) ? [names.routes] : [])];
  if (!signed.includes(names.routes)) await removeSecret(deps, context, names.routes, signal);
  if (signed.length === 0) return removeSecret(deps, context, names.authority, signal);
  const authority = await keepAuthority(deps, context, signal);
  if (!isManaged(context)) context.caCert = authority.cert;
  for (const name of signed) await keepPair(deps, context, { name, authority }, signal);
}

async function keepAuthority(deps: BrokerDeps, context: BrokerContext, signal: AbortSignal): Promise<Authority> {
  const { names } = context;
  const now = deps.clock.now();
  const name = `meshery ${names.namespace}/${names.base}`.slice(0, 64);
  const kept = await readPair(deps, context, names.authority, signal);
  const authority = kept !== undefined && certificateOf(kept, now) !== undefined ? kept : createAuthority(name, now);
  await deps.owned.apply(kinds.secret, ownedSecret(context, names.authority, pairTexts(authority)), signal);
  return { ...authority, name };
}

/** Servers are clients of each other, too. */
async function keepPair(
  deps: BrokerDeps,
  context: BrokerContext,
  { name, authority }: { readonly name: string; readonly authority: Authority },
  signal: AbortSignal,
): Promise<void> {
  const now = deps.clock.now();
  const known = await readPair(deps, context, name, signal);
  const hosts = hostsOf(context);
  const pair =
    known !== undefined && isGood(known, authority, hosts, now)
      ? known
      : issueCertificate(authority, { kind: 'peer', names: hosts }, now);
  const texts = { ...pairTexts(pair), 'ca.crt': authority.cert };
  await deps.owned.apply(kinds.secret, ownedSecret(context, name, texts), signal);
}

function pairTexts({ cert, key }: CertificatePair) {
  return { 'tls.crt': cert, 'tls.key': key };
}

async function readPair(
  deps: BrokerDeps,
  { names }: BrokerContext,
  name: string,
  signal: AbortSignal,
): Promise<CertificatePair | undefined> {
  const secret = await readSecret(deps, { namespace: names.namespace, name }, signal);
  const [cert, key] = [secretText(secret, 'tls.crt'), secretText(secret, 'tls.key')];
  return cert === undefined || key === undefined ? undefined : { cert, key };
}

function isGood(pair: CertificatePair, authority: CertificatePair, hosts: readonly string[], now: number): boolean {
  const leaf = certificateOf(pair, now);
  if (leaf?.verify(new X509Certificate(authority.cert).publicKey) !== true) return false;
  if (!leaf.keyUsage.includes(clientAuth)) return false;
  const named = new Set((leaf.subjectAltName ?? '').split(', ').map((entry) => entry.replace(/^[A-Za-z ]+:/, '')));
  return hosts.every((host) => named.has(host));
}

/** The certificate of a pair that can be used for a while yet; undefined when it, or its key, is not what it should be. */
function certificateOf({ cert, key }: CertificatePair, now: number): X509Certificate | undefined {
  try {
    const certificate = new X509Certificate(cert);
    const lasts = Date.parse(certificate.validTo) - now > renewMs;
    return lasts && certificate.checkPrivateKey(createPrivateKey(key)) ? certificate : undefined;
  } catch {
    return undefined;
  }
}

/** Every name by which a client may call the servers. */
function hostsOf({ names, internal, external }: BrokerContext): readonly string[] {
  const { base, headless, namespace } = names;
  const services = [base, headless, `*.${headless}`].flatMap((name) =>
    ['', `.${namespace}`, `.${namespace}.svc`, `.${namespace}.svc.cluster.local`].map((suffix) => `${name}${suffix}`),
  );
  const reached = [internal, external].map((endpoint) => (endpoint ?? '').replace(/:\d+$/, ''));
  // The local end of a port-forward.
  const local = ['localhost', '127.0.0.1'];
  return [...new Set([...services, ...reached, ...local])].filter((host) => host !== '' && !host.startsWith('['));
}

interface Certificate {
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly message?: string }[] };
}

async function managed(deps: BrokerDeps, context: BrokerContext, signal: AbortSignal): Promise<Outcome> {
  const { names, spec } = context;
  const hosts = hostsOf(context);
  const isAddress = (host: string): boolean => /^\d+(\.\d+){3}$/.test(host);
  const certificate = ownedBy(context, names.tls, {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    spec: {
      secretName: names.tls,
      secretTemplate: { labels: managedBy },
      issuerRef: { name: spec.tls?.issuer?.name, kind: spec.tls?.issuer?.kind ?? 'Issuer' },
      dnsNames: hosts.filter((host) => !isAddress(host)),
      ipAddresses: hosts.filter(isAddress),
      // Of gateways, both sides show their certificates.
      usages: ['server auth', ...(spec.clustering?.gateways === undefined ? [] : ['client auth'])],
    },
  });
  const made = (await deps.owned.apply(kinds.certificate, certificate, signal)) as Certificate;
  const secret = await readSecret(deps, { namespace: names.namespace, name: names.tls }, signal);
  context.caCert = secretText(secret, 'ca.crt');
  if (secretText(secret, 'tls.crt') !== undefined) return done;
  const said =
    made.status?.conditions?.find(({ type }) => type === 'Ready')?.message ?? 'cert-manager did not answer yet';
  return {
    type: 'waiting',
    reason: 'CertificatePending',
    message: `The certificate is not there: ${said}`,
    afterMs: 5000,
  };
}
