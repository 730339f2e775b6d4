import { readFileSync, readdirSync } from 'node:fs';

/**
 * What users name is called by the egress client, or at an address that it has looked at. Whatever else can open a
 * connection is here with who says where to: a new one is a decision.
 */
const known: Readonly<Record<string, string>> = {
  'adapters/adapter-client.ts': 'the address that the egress client looked at',
  'adapters/adapter-deployer.ts': 'the access of a connection, with the lookup of the egress client',
  'announce.ts': 'no connection: the browser of whoever started the server',
  'connections/kinds/broker-dial.ts': 'the addresses that the egress client looked at',
  'connections/kinds/kubernetes-driver.ts': 'the access of a connection, with the lookup of the egress client',
  'connections/kinds/tied-cluster.ts': 'the access of a connection, with the lookup of the egress client',
  'controllers/controller-objects.ts': 'the access of a connection, with the lookup of the egress client',
  'egress/egress-client.ts': 'the egress client',
  'events/publish/publish.module.ts': 'MESHERY_EVENTS_BROKER_URL',
  'graphql/playground-page.ts': 'no connection: a page that asks its own server',
  'identity/first-owner/admin-secret.ts': 'the cluster that the server runs in',
  'openapi/explorer-page.ts': 'no connection: a page that asks its own server',
  'operator-deployment/hosted-deployment.ts': 'the access of a connection, with the lookup of the egress client',
  'provider/kms/kms-client.ts': 'MESHERY_KMS_ENDPOINT',
  'provider/remote/provider-client.ts': 'PROVIDER_BASE_URLS',
  'registry/cluster/cluster-components.ts': 'the access of a connection, with the lookup of the egress client',
};

const opening: readonly RegExp[] = [
  /import \{[^}]*\b(?:request|connect|createConnection|get|createSocket)\b[^}]*\} from 'node:(?:http|https|http2|net|tls|dgram)'/,
  /(?<![.#\w])fetch\(/,
  /from '(?:undici|ws|nats|@nats-io\/[\w-]+|axios|got|node-fetch)'/,
  /new (?:WebSocket|EventSource|Client|NatsBroker)\(/,
  /NatsDial\.open\(|create(?:KubeTransport|\w+ServiceClient)\(|openWebSocket\(/,
  /from 'node:child_process'/,
];

test('nothing in the server opens a connection but what is known to', () => {
  const root = new URL('../', import.meta.url);
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
    .filter((name) => {
      const text = readFileSync(new URL(name, root), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
      return opening.some((way) => way.test(text));
    });
  expect(files.sort()).toEqual(Object.keys(known).sort());
});
