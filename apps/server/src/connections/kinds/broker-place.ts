import { meshGroup } from '@meshery/contracts/crds';
import type { BrokerStatus } from '@meshery/contracts/crds';
import type { KubeClient, KubeObject, ResourceType } from '@meshery/kube/reconcile';
import { brokers } from '../../controllers/controller-objects.ts';
import { brokenHop } from './broken-hop.ts';

/** Where a broker is, and what it is shown. */
export interface BrokerPlace {
  /** "nats://host:port", or tls:// where nothing else will do. */
  readonly url: string;
  /** A token, or USER:PASSWORD; empty when there is none. */
  readonly token: string;
  /** PEM of the authority that signed its certificate; undefined where everybody knows it. */
  readonly ca: string | undefined;
  /** The name that its certificate has, where that is not the host of the URL. */
  readonly servername?: string;
}

type Broker = KubeObject & { readonly status?: BrokerStatus };
type Secret = KubeObject & { readonly data?: Readonly<Record<string, string>> };

const secrets: ResourceType = { group: '', version: 'v1', plural: 'secrets', kind: 'Secret', namespaced: true };
/** The only Broker that published operators know; what belongs to it is not named after it. */
const publishedName = 'meshery-broker';

/**
 * The exposed endpoint of the broker of a cluster, with the credentials that its operator made for server and bridge.
 * Rejects with `meshery-connection-1718`, or with an error of the API server.
 */
export async function brokerOfCluster(client: KubeClient, signal: AbortSignal): Promise<BrokerPlace> {
  const [broker] = await client.list<Broker>(brokers, {}, signal);
  const { endpoint, tls } = broker?.status ?? {};
  const address = [endpoint?.external, endpoint?.internal].find((one) => one !== undefined && one !== '');
  if (broker === undefined || address === undefined) throw withoutEndpoint();
  const { name, namespace = 'default' } = broker.metadata;
  const base = name === publishedName ? 'meshery-nats' : `${name}-nats`;
  const read = async (secret: string, key: string): Promise<string> => {
    const found = await client.get<Secret>(secrets, { namespace, name: secret }, signal);
    return textOf(found?.data?.[key]);
  };
  const token = await read(`${base}-bridge`, 'token');
  const caSecret = caSecretOf(tls);
  return {
    url: `${tls?.mode === 'required' ? 'tls' : 'nats'}://${address}`,
    // A published operator gives everyone the same.
    token: token === '' ? await read(`${base}-auth`, 'token') : token,
    ca: caSecret === undefined ? undefined : await read(caSecret, 'ca.crt'),
    servername: `${base}.${namespace}.svc`,
  };
}

function caSecretOf(tls: BrokerStatus['tls']): string | undefined {
  return tls?.mode === 'off' ? undefined : tls?.caSecret;
}

function textOf(base64 = ''): string {
  return Buffer.from(base64, 'base64').toString('utf8').trim();
}

function withoutEndpoint(): Error {
  return brokenHop({
    step: 'broker',
    message: 'The cluster has no broker that says where it is.',
    probableCause: 'It was not deployed, or the operator has not exposed it yet.',
    remedy: `Look at its conditions: kubectl describe brokers.${meshGroup} -A.`,
  });
}
