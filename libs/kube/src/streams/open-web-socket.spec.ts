import { once } from 'node:events';
import { createServer as createPlainServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo, LookupFunction, Server as NetServer } from 'node:net';
import { connect } from 'node:net';
import { TLSSocket } from 'node:tls';
import { WebSocketServer } from 'ws';
import { issue, newAuthority } from '../../../../tools/cluster/src/x509.ts';
import type { ClusterAccess } from '../kubeconfig/cluster-access.ts';
import { staticTokenCredential } from '../kubeconfig/credential.ts';
import { openWebSocket } from './open-web-socket.ts';

const authority = newAuthority('ours');
const server = issue(authority, { subject: { commonName: 'api' }, names: ['kubernetes'] });
const client = issue(authority, { subject: { commonName: 'me' } });
const request = { path: '/exec?x=1', protocols: ['v4.channel.k8s.io'], what: 'try' };
const never = new AbortController().signal;
const closers: (() => unknown)[] = [];

async function listen(listener: NetServer): Promise<number> {
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  closers.push(() => listener.close());
  return (listener.address() as AddressInfo).port;
}

/** A server that takes every WebSocket; gives its port and the requests it saw. */
async function startServer() {
  const seen: IncomingMessage[] = [];
  const tls = { key: server.keyPem, cert: server.certificatePem, ca: authority.certificatePem, requestCert: true };
  const https = createServer({ ...tls, rejectUnauthorized: false });
  const sockets = new WebSocketServer({ server: https });
  sockets.on('connection', (socket, upgrade) => {
    seen.push(upgrade);
    closers.push(() => {
      socket.terminate();
    });
  });
  return { seen, port: await listen(https) };
}

function access(port: number, change: Partial<ClusterAccess> = {}): ClusterAccess {
  return {
    contextName: 't',
    clusterName: 't',
    server: `https://127.0.0.1:${String(port)}/k8s`,
    ca: authority.certificatePem,
    cert: client.certificatePem,
    key: client.keyPem,
    tlsServerName: 'kubernetes',
    insecureSkipTlsVerify: false,
    proxyUrl: undefined,
    credential: staticTokenCredential('abc'),
    ...change,
  };
}

afterEach(() => {
  for (const close of closers.splice(0).reverse()) close();
});

test('shows token, client certificate and whom to impersonate, below a path', async () => {
  const { seen, port } = await startServer();
  const impersonate = { user: 'u', groups: ['g', 'h'] };
  const socket = await openWebSocket(access(port), { ...request, impersonate }, never);
  const [upgrade] = seen;
  expect(upgrade?.url).toBe('/k8s/exec?x=1');
  expect(upgrade?.headers.authorization).toBe('Bearer abc');
  expect(upgrade?.headersDistinct).toMatchObject({ 'impersonate-user': ['u'], 'impersonate-group': ['g', 'h'] });
  const peer = upgrade?.socket;
  expect(peer instanceof TLSSocket && peer.authorized && peer.getPeerCertificate().subject.CN).toBe('me');
  socket.terminate();
});

test('trusts the CA of the kubeconfig only, for the name it says', async () => {
  const { port } = await startServer();
  const foreign = access(port, { ca: newAuthority('theirs').certificatePem });
  await expect(openWebSocket(foreign, request, never)).rejects.toMatchObject({ code: 'meshery-kube-1309' });
  const unnamed = access(port, { tlsServerName: undefined });
  await expect(openWebSocket(unnamed, request, never)).rejects.toMatchObject({ code: 'meshery-kube-1309' });
});

test('goes through the proxy of the kubeconfig', async () => {
  const { port } = await startServer();
  const tunnels: (string | undefined)[] = [];
  const proxy = createPlainServer();
  proxy.on('connect', (asked: IncomingMessage, near) => {
    tunnels.push(asked.url);
    const far = connect(port, '127.0.0.1', () => {
      near.write('HTTP/1.1 200 OK\r\n\r\n');
      near.pipe(far).pipe(near);
    });
    far.on('error', () => near.destroy());
    near.on('error', () => far.destroy());
  });
  const proxyUrl = `http://127.0.0.1:${String(await listen(proxy))}`;
  const socket = await openWebSocket(access(port, { proxyUrl }), request, never);
  expect(tunnels).toEqual([`127.0.0.1:${String(port)}`]);
  socket.terminate();
  await once(socket, 'close');
});

test('dials the address that its access finds for the name, and none when that is refused', async () => {
  const { port } = await startServer();
  const named = { server: `https://api.invalid:${String(port)}` };
  const lookup: LookupFunction = (_name, _options, found) => {
    found(null, [{ address: '127.0.0.1', family: 4 }]);
  };
  const socket = await openWebSocket(access(port, { ...named, lookup }), request, never);
  socket.terminate();
  const refusing: LookupFunction = (_name, _options, found) => {
    found(new Error('not this one'), '');
  };
  const refused = openWebSocket(access(port, { ...named, lookup: refusing }), request, never);
  await expect(refused).rejects.toMatchObject({ code: 'meshery-kube-1303' });
});

test('says that nothing listens, and stops when it shall', async () => {
  await expect(openWebSocket(access(1), request, never)).rejects.toMatchObject({ code: 'meshery-kube-1303' });
  const silent = await listen(createPlainServer().on('connection', (socket) => closers.push(() => socket.destroy())));
  const stop = new AbortController();
  const opening = openWebSocket(access(silent), request, stop.signal);
  setImmediate(() => {
    stop.abort(new Error('enough'));
  });
  await expect(opening).rejects.toThrow('enough');
});
