import { X509Certificate } from 'node:crypto';
import { done } from '@meshery/kube/reconcile';
import type { Outcome, Step } from '@meshery/kube/reconcile';
import { secretText } from '../broker-context.ts';
import type { BrokerContext } from '../broker-context.ts';
import type { BrokerLinks } from '../nats-config.ts';
import { readSecret } from './broker-deps.ts';
import type { BrokerDeps } from './broker-deps.ts';

/** Secrets of users are not watched. */
const lookAgainMs = 30_000;

type Key = 'credentials' | 'ca.crt';

interface Wanted {
  readonly secret: string | undefined;
  readonly key: Key;
  readonly link: keyof BrokerLinks;
}

const descriptions: Readonly<Record<Key, string>> = {
  credentials: 'the key credentials (USER:PASSWORD)',
  'ca.crt': 'the key ca.crt (certificates, PEM)',
};

/** What leaf nodes and gateways need of the brokers that they join: from Secrets that the user makes. */
export function linkStep(deps: BrokerDeps): Step<BrokerContext> {
  return {
    name: 'links',
    run: async (context, signal) => {
      const field = unnamedAuthority(context);
      if (field !== undefined) return noAuthority(field);
      const wanted = wantedOf(context).filter(({ secret }) => secret !== undefined);
      const found = await Promise.all(wanted.map((one) => read(deps, context, one, signal)));
      const missing = wanted.filter((_, index) => found[index] === undefined);
      if (missing.length > 0) return credentialsMissing(missing);
      context.links = Object.fromEntries(wanted.map(({ link }, index) => [link, found[index]]));
      return wanted.length === 0 ? done : { type: 'done', afterMs: lookAgainMs };
    },
  };
}

/** The field that says whom to trust, where nobody filled it in. */
function unnamedAuthority({ spec, tls }: BrokerContext): string | undefined {
  const { leafNodes, gateways } = spec.clustering ?? {};
  if (tls === 'off') return undefined;
  if (gateways !== undefined && gateways.caSecret === undefined) return 'gateways';
  return (leafNodes?.remotes ?? []).length > 0 && leafNodes?.caSecret === undefined ? 'leafNodes' : undefined;
}

function noAuthority(field: string): Outcome {
  return {
    type: 'stalled',
    reason: 'NoAuthority',
    message:
      `Links to other brokers are encrypted: put the certificate of their authority (of a Broker: key ca.crt of the ` +
      `Secret in its status.tls.caSecret) into a Secret of this namespace, key ca.crt, and name it in ` +
      `spec.clustering.${field}.caSecret. Only where spec.tls.mode is off do they need none.`,
  };
}

function wantedOf({ spec, tls }: BrokerContext): readonly Wanted[] {
  const { leafNodes, gateways } = spec.clustering ?? {};
  const credentials: readonly Wanted[] = [
    { secret: leafNodes?.credentialsSecret, key: 'credentials', link: 'leafCredentials' },
    { secret: gateways?.credentialsSecret, key: 'credentials', link: 'gatewayCredentials' },
  ];
  if (tls === 'off') return credentials;
  return [
    ...credentials,
    { secret: leafNodes?.caSecret, key: 'ca.crt', link: 'leafAuthority' },
    { secret: gateways?.caSecret, key: 'ca.crt', link: 'gatewayAuthority' },
  ];
}

async function read(
  deps: BrokerDeps,
  { names: { namespace } }: BrokerContext,
  { secret: name = '', key }: Wanted,
  signal: AbortSignal,
): Promise<string | undefined> {
  const text = secretText(await readSecret(deps, { namespace, name }, signal), key)?.trim();
  return key === 'ca.crt' && !isCertificate(text) ? undefined : text;
}

/** The servers would not start with anything else. */
function isCertificate(text: string | undefined): boolean {
  try {
    return text !== undefined && new X509Certificate(text).ca;
  } catch {
    return false;
  }
}

function credentialsMissing(missing: readonly Wanted[]): Outcome {
  const named = missing.map(({ secret, key }) => `${secret ?? ''} with ${descriptions[key]}`);
  return {
    type: 'waiting',
    reason: 'CredentialsMissing',
    message: `Make Secret ${named.join(' and Secret ')} in this namespace.`,
    afterMs: lookAgainMs,
  };
}
