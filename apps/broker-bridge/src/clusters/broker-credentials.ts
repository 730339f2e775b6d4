import { MesheryError } from '@meshery/errors';
import type { KubeClient, KubeObject, ResourceType } from '@meshery/kube/reconcile';
import type { BrokerObject } from './broker-object.ts';

/** What a link shows its broker, and how it recognises it. */
export interface BrokerCredentials {
  /** "user:password", or a token. */
  readonly token: string;
  /** PEM; undefined without TLS. */
  readonly ca: string | undefined;
}

interface Secret extends KubeObject {
  readonly data?: Readonly<Record<string, string>>;
}

const secrets: ResourceType = { group: '', version: 'v1', plural: 'secrets', kind: 'Secret', namespaced: true };

/**
 * Reads what the operator wrote for this bridge: its own user, else the token that a published operator gives everyone.
 * Rejects with `meshery-messaging-1508`, or an error of the API server.
 */
export async function readBrokerCredentials(
  client: KubeClient,
  { namespace, base, caSecret }: BrokerObject,
  signal: AbortSignal,
): Promise<BrokerCredentials> {
  const read = async (name: string, key: string): Promise<string | undefined> => {
    const secret = await client.get<Secret>(secrets, { namespace, name }, signal);
    const value = Buffer.from(secret?.data?.[key] ?? '', 'base64')
      .toString('utf8')
      .trim();
    return value === '' ? undefined : value;
  };
  const token = (await read(`${base}-bridge`, 'token')) ?? (await read(`${base}-auth`, 'token'));
  if (token === undefined) throw credentialsMissing(namespace, `${base}-bridge or ${base}-auth`, 'token');
  const ca = caSecret === undefined ? undefined : await read(caSecret, 'ca.crt');
  if (caSecret !== undefined && ca === undefined) throw credentialsMissing(namespace, caSecret, 'ca.crt');
  return { token, ca };
}

function credentialsMissing(namespace: string, name: string, key: string): MesheryError {
  return new MesheryError(
    'meshery-messaging-1508',
    `The Secret ${name} in namespace ${namespace} with the key ${key} is not there.`,
    {
      probableCause: 'The operator has not made the broker yet, or the Secret was deleted.',
      remedy: `Look at the operator and at its Broker: kubectl describe brokers.meshery.io -n ${namespace}.`,
      details: { namespace, name, key },
    },
  );
}
