import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock } from '@meshery/observability';
import { EgressClient } from '../../egress/egress-client.ts';
import type { ResolveName } from '@meshery/security/egress';
import { KubernetesDriver } from './kubernetes-driver.ts';
import type { KubernetesDriverParts } from './kubernetes-driver.ts';

let far: Server;
let port: string;
let heard: string[];
beforeAll(async () => {
  const namespace = { metadata: { name: 'kube-system', uid: '00000000-0000-4000-8000-000000000009' } };
  far = createServer((request, response) => {
    heard.push(request.url ?? '');
    const answer = request.url === '/version' ? { gitVersion: 'v1.35.0' } : namespace;
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => far.listen(0, '127.0.0.1', resolve));
  port = String((far.address() as AddressInfo).port);
});
afterAll(() => new Promise((resolve) => far.close(resolve)));
beforeEach(() => {
  heard = [];
});

const { signal } = new AbortController();

/** A driver that looks at API servers alone. */
function driver(rule: { readonly allowsPrivate: boolean }, resolve: ResolveName): KubernetesDriver {
  const parts = { clock: systemClock, config: {}, egress: new EgressClient(rule, resolve) };
  return new KubernetesDriver(parts as unknown as KubernetesDriverParts);
}

function kubeconfig(): string {
  return JSON.stringify({
    clusters: [{ name: 'c', cluster: { server: `http://turns.example:${port}` } }],
    users: [{ name: 'u', user: { token: 'secret' } }],
    contexts: [{ name: 'c', context: { cluster: 'c', user: 'u' } }],
    'current-context': 'c',
  });
}

test('an API server whose name means this machine once it was checked is not dialled', async () => {
  const answers = ['192.0.2.1'];
  const rebinding = driver({ allowsPrivate: false }, (_name, _options, callback) => {
    callback(null, [{ address: answers.shift() ?? '127.0.0.1', family: 4 }]);
  });
  const access = await rebinding.accessFrom(kubeconfig());
  await expect(rebinding.probeAccess(access, signal)).rejects.toMatchObject({ code: 'meshery-connection-1704' });
  expect([answers, heard]).toEqual([[], []]);
});

test('an API server is dialled at the address that was looked at', async () => {
  const steady = driver({ allowsPrivate: true }, (_name, _options, callback) => {
    callback(null, [{ address: '127.0.0.1', family: 4 }]);
  });
  const answer = await steady.probeAccess(await steady.accessFrom(kubeconfig()), signal);
  expect(answer).toMatchObject({ version: 'v1.35.0' });
  expect(heard).toHaveLength(2);
});
