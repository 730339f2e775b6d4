import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import type { ResolveName } from '@meshery/security/egress';
import { chooseWay } from './broker-endpoint.ts';
import type { BrokerWay } from './broker-endpoint.ts';
import type { BrokerObject } from './broker-object.ts';

let listening: Server;
let port: string;

beforeAll(async () => {
  listening = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  port = String((listening.address() as AddressInfo).port);
});
afterAll(() => new Promise((resolve) => listening.close(resolve)));

const names: Readonly<Record<string, readonly string[]>> = {
  'here.example': ['127.0.0.1'],
  'metadata.example': ['169.254.169.254'],
  'both.example': ['127.0.0.1', '169.254.169.254'],
};
const resolveName: ResolveName = (hostname, _options, callback) => {
  callback(
    null,
    (names[hostname] ?? []).map((address) => ({ address, family: 4 })),
  );
};

const broker: BrokerObject = {
  key: 'shop/meshery-broker',
  namespace: 'shop',
  resourceVersion: '1',
  base: 'meshery-nats',
  internal: undefined,
  external: undefined,
  caSecret: undefined,
};

function way(endpoint: string, { inCluster = false, mayForward = false } = {}): Promise<BrokerWay> {
  const place = inCluster ? { internal: endpoint } : { external: endpoint };
  return chooseWay({ ...broker, ...place }, { inCluster, mayForward, probeMs: 60_000 }, resolveName);
}

test.each([['127.0.0.1'], ['here.example']])('%s is dialled at the address that answered', async (host) => {
  expect(await way(`${host}:${port}`)).toEqual({ type: 'direct', endpoint: `127.0.0.1:${port}` });
});

test.each([
  ['169.254.169.254', {}],
  ['[fd00:ec2::254]', {}],
  ['[::ffff:169.254.169.254]', {}],
  ['metadata.example', {}],
  ['both.example', {}],
  ['169.254.169.254', { inCluster: true }],
])('%s is never dialled (%j), and what is said against it is what helps', async (host, place) => {
  await expect(way(`${host}:${port}`, place)).rejects.toMatchObject({
    code: 'meshery-connection-1704',
    remedy: expect.stringContaining('spec.service') as string,
  });
});

test('a broker whose endpoint is refused is reached through the API server where that is allowed', async () => {
  expect(await way(`metadata.example:${port}`, { mayForward: true })).toEqual({ type: 'forward' });
});

test('without another way, the remedy names the setting that the bridge has', async () => {
  await expect(way(`metadata.example:${port}`)).rejects.toMatchObject({
    remedy: expect.stringContaining('MESHERY_MANAGED_BROKER_PORTFORWARD') as string,
  });
});

test('within a cluster a name is left to the cluster, which knows its Services', async () => {
  const endpoint = 'meshery-nats.shop.svc:4222';
  expect(await way(endpoint, { inCluster: true })).toEqual({ type: 'direct', endpoint });
});
