import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { closeServer, portOf } from '@meshery/testing';
import { Caller } from './caller.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/**
 * Every way in which a user can have this server call an address, against something on this machine that is not for
 * users: it hears nothing, whatever the address is written like.
 */

const connections = '/api/integrations/connections';
/** An address that is not called, or a kubeconfig that wants a proxy of its own called. */
const refusals = /^meshery-(connection-1704|kube-1305)$/;

let server: TestServer;
let owner: Caller;
let inside: Server;
let port: string;
let heard = 0;
beforeAll(async () => {
  server = await startTestServer({ env: { MESHERY_EGRESS_PRIVATE: 'false' } });
  owner = Caller.owner(server);
  inside = createServer((socket) => {
    heard += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => inside.listen(0, '::', resolve));
  port = String(portOf(inside));
}, 60_000);
afterAll(async () => {
  await server.stop();
  await closeServer(inside);
});
beforeEach(() => {
  heard = 0;
});

interface Said {
  readonly status: number;
  readonly body: Readonly<{ id?: string; code?: string; result?: string; totalCount?: number }>;
}

const post = (path: string, body?: object): Promise<Said> => owner.post(path, body);
const get = (path: string): Promise<Said> => owner.get(path);
const put = (path: string, body: object): Promise<Said> => owner.put(path, body);

interface Target {
  readonly host: string;
  readonly port: string;
}

function kubeconfig({ host, port: at }: Target, cluster: object = {}): string {
  return JSON.stringify({
    clusters: [{ name: 'c', cluster: { server: `https://${host}:${at}`, ...cluster } }],
    users: [{ name: 'c', user: { token: 't' } }],
    contexts: [{ name: 'c', context: { cluster: 'c', user: 'c' } }],
    'current-context': 'c',
  });
}

function form(text: string): FormData {
  const data = new FormData();
  data.set('k8sfile', new Blob([text]), 'config.yaml');
  return data;
}

const urlOf = ({ host, port: at }: Target, scheme = 'http'): string => `${scheme}://${host}:${at}`;

async function discovered(fields: object): Promise<string> {
  const { status, body } = await post(connections, { name: 'c', status: 'discovered', ...fields });
  expect([status, body]).toEqual([201, expect.anything()]);
  return body.id ?? '';
}

async function withKubeconfig(text: string): Promise<string> {
  const { body } = await post('/api/integrations/credentials', {
    name: 'k',
    type: 'kubernetes',
    secret: { kubeconfig: text },
  });
  return discovered({ kind: 'kubernetes', credentialId: body.id });
}

type Way = readonly [name: string, ask: (target: Target) => Promise<Said>];

const kindsByUrl = [
  ['prometheus', 'http'],
  ['grafana', 'http'],
  ['github', 'http'],
  ['adapter', 'http'],
  ['broker', 'nats'],
] as const;

const pinged = (kind: string, scheme: string): Way => [
  `the test of a connection of kind ${kind}`,
  async (target) => post(`${connections}/${await discovered({ kind, url: urlOf(target, scheme) })}/ping`),
];

const connected = (kind: string, scheme: string): Way => [
  `a connection of kind ${kind} that is made connected`,
  (target) => post(connections, { name: 'c', kind, status: 'connected', url: urlOf(target, scheme) }),
];

const telemetry = (path: string): Way => [
  `GET /api/telemetry/${path}`,
  async (target) => {
    const [kind = '', rest = ''] = path.split('/:id/');
    const id = await discovered({ kind, url: urlOf(target) });
    return get(`/api/telemetry/${kind}/${id}/${rest}`);
  },
];

const ways: readonly Way[] = [
  ...kindsByUrl.flatMap(([kind, scheme]) => [pinged(kind, scheme), connected(kind, scheme)]),
  ...['prometheus/:id/ping', 'prometheus/:id/query?query=up', 'grafana/:id/ping', 'grafana/:id/boards'].map(telemetry),
  [
    'the registration of a connection',
    (target) => post(`${connections}/register`, { kind: 'grafana', url: urlOf(target), status: 'connect' }),
  ],
  [
    'the check of a broker',
    async (target) => {
      const { body } = await post(
        `${connections}/${await discovered({ kind: 'broker', url: urlOf(target, 'nats') })}/check`,
      );
      return { status: body.result === 'failed' ? 400 : 200, body };
    },
  ],
  [
    'an adapter that is added',
    (target) => post('/api/system/adapter/manage', { meshLocationURL: `${target.host}:${target.port}` }),
  ],
  ['the kubeconfig of a credential', async (target) => pingOf(await withKubeconfig(kubeconfig(target)))],
  [
    'the proxy of the kubeconfig of a credential',
    async (target) => pingOf(await withKubeconfig(kubeconfig({ host: '192.0.2.1', port: '1' }, proxyOf(target)))),
  ],
  [
    'a kubeconfig whose cluster is read for the registry',
    (target) => owner.upload('/api/system/kubernetes/register', form(kubeconfig(target))),
  ],
  ['an uploaded kubeconfig', (target) => uploaded(kubeconfig(target))],
  [
    'the proxy of an uploaded kubeconfig',
    (target) => uploaded(kubeconfig({ host: '192.0.2.1', port: '1' }, proxyOf(target))),
  ],
];

const proxyOf = (target: Target): object => ({ 'proxy-url': urlOf(target) });

const pingOf = (id: string): Promise<Said> => post(`${connections}/${id}/ping`);

/** Each context is judged by itself. */
async function uploaded(text: string): Promise<Said> {
  const { body } = await owner.upload('/api/system/kubernetes/contexts', form(text));
  const [{ error }] = body as [{ error?: Said['body'] }];
  return { status: error === undefined ? 200 : 400, body: error ?? {} };
}

test.each(ways)(
  '%s does not call this machine, however it is written',
  async (_name, ask) => {
    for (const host of ['127.0.0.1', 'localhost', '127.1', '0x7f.1', '2130706433', '[::1]', '[::ffff:127.0.0.1]']) {
      const { status, body } = await ask({ host, port });
      expect([host, body.code]).toEqual([host, expect.stringMatching(refusals)]);
      expect([host, status >= 400 && status < 500, heard]).toEqual([host, true, 0]);
    }
  },
  60_000,
);

test.each(ways)(
  '%s does not call a metadata service',
  async (_name, ask) => {
    for (const host of ['169.254.169.254', '[::ffff:a9fe:a9fe]', '[64:ff9b::a9fe:a9fe]', '2852039166']) {
      const { status, body } = await ask({ host, port: '80' });
      expect([host, body.code]).toEqual([host, expect.stringMatching(refusals)]);
      expect([host, status >= 400 && status < 500]).toEqual([host, true]);
    }
  },
  60_000,
);

test.each([
  'file:///etc/passwd',
  'gopher://127.0.0.1:1',
  'unix:/run/docker.sock',
  'http://a@b',
  'http://a:b@c',
  'x',
  '//b',
])('a URL such as %s is refused by every kind, and keeps nothing', async (url) => {
  for (const [kind] of kindsByUrl) {
    const { status, body } = await post(connections, { name: 'odd', kind, status: 'discovered', url });
    expect([kind, status, body.code]).toEqual([kind, 400, 'meshery-core-1001']);
  }
  expect((await get(`${connections}?search=odd`)).body.totalCount).toBe(0);
});

test('a URL that is put in later is looked at like the first one', async () => {
  const id = await discovered({ kind: 'prometheus', url: 'http://192.0.2.1' });
  expect((await put(`${connections}/${id}`, { url: `http://127.0.0.1:${port}` })).status).toBe(200);
  expect((await pingOf(id)).body.code).toBe('meshery-connection-1704');
  expect((await put(`${connections}/${id}`, { url: 'file:///etc/passwd' })).status).toBe(400);
  expect(heard).toBe(0);
});
