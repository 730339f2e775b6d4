import { createServer as createPlainServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { Server, ServerOptions } from 'node:https';
import type { AddressInfo, LookupFunction } from 'node:net';
import { connect } from 'node:net';
import { X509Certificate } from 'node:crypto';
import { MesheryError } from '@meshery/errors';
import { systemClock } from '@meshery/observability';
import { issue, newAuthority } from '../../../../tools/cluster/src/x509.ts';
import { createApiDiscovery } from '../api/api-discovery.ts';
import { readClusterId } from '../api/cluster-id.ts';
import type { ClusterAccess } from '../kubeconfig/cluster-access.ts';
import { checkClientCertificate } from '../kubeconfig/cluster-access.ts';
import { staticTokenCredential } from '../kubeconfig/credential.ts';
import { createKubeTransport } from './kube-transport.ts';
import type { TransportOptions } from './kube-transport.ts';

const authority = newAuthority('ours');
const names = { subject: { commonName: 'api' }, names: ['127.0.0.1', 'kubernetes'] };

/** A certificate that was made in 2010 for ten years. */
function expired(make: () => ReturnType<typeof issue>): ReturnType<typeof issue> {
  const { now } = Date;
  Date.now = () => Date.UTC(2010, 0, 1);
  try {
    return make();
  } finally {
    Date.now = now;
  }
}

describe('KubeTransport', () => {
  let server: Server;
  const closers: (() => unknown)[] = [];
  const { signal } = new AbortController();

  async function listen(
    options: ServerOptions,
    body: (path: string) => { status: number; body: unknown },
  ): Promise<string> {
    server = createServer(options, (request, response) => {
      const answer = body(request.url ?? '');
      response.writeHead(answer.status, { etag: '"1"' }).end(JSON.stringify(answer.body));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closers.push(() => {
      server.closeAllConnections();
      server.close();
    });
    return `https://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  }

  function transport(url: string, change: Partial<ClusterAccess> = {}, options: Partial<TransportOptions> = {}) {
    const access: ClusterAccess = {
      contextName: 't',
      clusterName: 't',
      server: url,
      ca: authority.certificatePem,
      cert: undefined,
      key: undefined,
      tlsServerName: undefined,
      insecureSkipTlsVerify: false,
      proxyUrl: undefined,
      credential: staticTokenCredential('abc'),
      ...change,
    };
    const made = createKubeTransport(access, { clock: systemClock, ...options });
    closers.push(() => made.close());
    return made;
  }

  test('a call that waited for a connection does not go out when it may not any more', async () => {
    const seen: string[] = [];
    const first = Promise.withResolvers<ServerResponse>();
    const plain = createPlainServer((request, response) => {
      seen.push(request.url ?? '');
      if (seen.length === 1) first.resolve(response);
      else response.end('{}');
    });
    await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
    closers.push(() => plain.close());
    const url = `http://127.0.0.1:${String((plain.address() as AddressInfo).port)}`;
    const one = transport(url, {}, { maxCallConnections: 1 });
    let may = true;
    const beforeSend = (): void => {
      if (!may) throw new MesheryError('meshery-kube-1315', 'no');
    };
    const calls = ['/a', '/b'].map((path) => one.send(path, { method: 'POST', signal, beforeSend }));
    const response = await first.promise;
    may = false;
    response.end('{}');
    await expect(calls[0]).resolves.toMatchObject({ status: 200 });
    await expect(calls[1]).rejects.toMatchObject({ code: 'meshery-kube-1315' });
    expect((await one.get('/c', { signal })).status).toBe(200);
    expect(seen).toEqual(['/a', '/c']);
  });

  const tls = (pair: ReturnType<typeof issue>): ServerOptions => ({ key: pair.keyPem, cert: pair.certificatePem });
  const ok = () => ({ status: 200, body: {} });

  afterEach(async () => {
    for (const close of closers.splice(0)) await close();
  });

  test('reaches a server whose certificate the CA signed, below a path, with the credential', async () => {
    const seen: string[] = [];
    const url = await listen(tls(issue(authority, names)), (path) => {
      seen.push(path);
      return ok();
    });
    server.on('request', (request) => seen.push(request.headers.authorization ?? ''));
    const answer = await transport(`${url}/k8s/clusters/c-1`).get('/api?x=1', { signal });
    expect(answer.status).toBe(200);
    expect(seen).toEqual(['/k8s/clusters/c-1/api?x=1', 'Bearer abc']);
  });

  test('does not trust another CA, and says what to do', async () => {
    const url = await listen(tls(issue(newAuthority('theirs'), names)), ok);
    await expect(transport(url).get('/', { signal })).rejects.toMatchObject({
      code: 'meshery-kube-1309',
      remedy: expect.stringContaining('certificate-authority-data') as unknown,
    });
    await expect(transport(url, { insecureSkipTlsVerify: true }).get('/', { signal })).resolves.toMatchObject({
      status: 200,
    });
  });

  test('does not trust a certificate for another name, unless the kubeconfig names it', async () => {
    const pair = issue(authority, { subject: { commonName: 'api' }, names: ['kubernetes'] });
    const url = await listen(tls(pair), ok);
    await expect(transport(url).get('/', { signal })).rejects.toMatchObject({
      code: 'meshery-kube-1309',
      remedy: expect.stringContaining('tls-server-name') as unknown,
    });
    await expect(transport(url, { tlsServerName: 'kubernetes' }).get('/', { signal })).resolves.toMatchObject({
      status: 200,
    });
  });

  test('says when the certificate of the server expired', async () => {
    const pair = expired(() => issue(authority, names));
    const url = await listen(tls(pair), ok);
    const until = new X509Certificate(pair.certificatePem).validToDate.toISOString();
    await expect(transport(url).get('/', { signal })).rejects.toMatchObject({
      code: 'meshery-kube-1304',
      message: `The certificate of the API server expired at ${until}.`,
    });
  });

  test('looks at an expired certificate where the address was looked at, and nowhere else', async () => {
    const pair = expired(() => issue(authority, names));
    const url = (await listen(tls(pair), ok)).replace('127.0.0.1', 'kubernetes');
    const lookup: LookupFunction = (_name, { all }, callback) => {
      if (all === true) callback(null, [{ address: '127.0.0.1', family: 4 }]);
      else callback(null, '127.0.0.1', 4);
    };
    const until = new X509Certificate(pair.certificatePem).validToDate.toISOString();
    await expect(transport(url, { lookup }).get('/', { signal })).rejects.toMatchObject({
      message: `The certificate of the API server expired at ${until}.`,
    });
  });

  test('says when the client certificate expired', () => {
    const pair = expired(() => issue(authority, { subject: { commonName: 'me' } }));
    expect(() => {
      checkClientCertificate(pair.certificatePem, systemClock);
    }).toThrow(
      expect.objectContaining({
        code: 'meshery-kube-1304',
        message: expect.stringContaining('expired at 20') as unknown,
      }) as Error,
    );
  });

  test('refuses certificates that are no PEM with a coded error', () => {
    expect(() => transport('https://127.0.0.1:1', { ca: 'nonsense', cert: 'x', key: 'y' })).toThrow(
      expect.objectContaining({ code: 'meshery-kube-1301' }) as Error,
    );
  });

  test('says that nothing listens', async () => {
    await expect(transport('https://127.0.0.1:1').get('/', { signal })).rejects.toMatchObject({
      code: 'meshery-kube-1303',
      message: expect.stringContaining('ECONNREFUSED') as unknown,
    });
  });

  test('goes through the proxy of the kubeconfig', async () => {
    const url = await listen(tls(issue(authority, names)), ok);
    const tunnels: string[] = [];
    const proxy = createPlainServer();
    proxy.on('connect', (request, socket) => {
      tunnels.push(request.url ?? '');
      const upstream = connect(Number(new URL(url).port), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        upstream.pipe(socket).pipe(upstream);
      });
      upstream.on('error', () => socket.destroy());
      socket.on('error', () => upstream.destroy());
      closers.push(() => {
        upstream.destroy();
        socket.destroy();
      });
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    closers.push(() => proxy.close());
    const proxyUrl = `http://127.0.0.1:${String((proxy.address() as AddressInfo).port)}`;
    await expect(transport(url, { proxyUrl }).get('/', { signal })).resolves.toMatchObject({ status: 200 });
    expect(tunnels).toEqual([new URL(url).host]);
  });

  test('reads the identity of a cluster, and only a real one', async () => {
    let answer: { status: number; body: unknown } = { status: 200, body: { metadata: { uid: 'the-uid' } } };
    const url = await listen(tls(issue(authority, names)), () => answer);
    const made = transport(url);
    expect(await readClusterId(made, signal)).toBe('the-uid');
    answer = { status: 401, body: {} };
    await expect(readClusterId(made, signal)).rejects.toMatchObject({ code: 'meshery-kube-1304' });
    for (answer of [
      { status: 403, body: {} },
      { status: 200, body: 'odd' },
      { status: 200, body: { metadata: { uid: '' } } },
    ]) {
      await expect(readClusterId(made, signal)).rejects.toMatchObject({ code: 'meshery-kube-1306' });
    }
  });

  test('finds the same kinds in aggregated and in classic documents', async () => {
    const verbs = ['list', 'watch'];
    const aggregated: Record<string, unknown> = {
      '/api': {
        kind: 'APIGroupDiscoveryList',
        items: [
          {
            metadata: { name: '' },
            versions: [
              {
                version: 'v1',
                resources: [
                  {
                    resource: 'pods',
                    responseKind: { kind: 'Pod' },
                    scope: 'Namespaced',
                    singularResource: 'pod',
                    verbs,
                  },
                ],
              },
            ],
          },
        ],
      },
      '/apis': {
        kind: 'APIGroupDiscoveryList',
        items: [
          {
            metadata: { name: 'g.io' },
            versions: [
              {
                version: 'v2',
                resources: [
                  {
                    resource: 'things',
                    responseKind: { kind: 'Thing' },
                    scope: 'Cluster',
                    singularResource: 'thing',
                    verbs,
                  },
                ],
              },
              {
                version: 'v1',
                resources: [
                  {
                    resource: 'things',
                    responseKind: { kind: 'Thing' },
                    scope: 'Cluster',
                    singularResource: 'thing',
                    verbs,
                  },
                  {
                    resource: 'olds',
                    responseKind: { kind: 'Old' },
                    scope: 'Namespaced',
                    singularResource: 'old',
                    verbs,
                  },
                  {
                    resource: 'reviews',
                    responseKind: { kind: 'Review' },
                    scope: 'Cluster',
                    singularResource: 'review',
                    verbs: ['create'],
                  },
                ],
              },
            ],
          },
        ],
      },
    };
    const list = (...resources: [string, string, boolean, string[]?][]) => ({
      resources: resources.map(([name, kind, namespaced, allowed = verbs]) => ({
        name,
        kind,
        namespaced,
        singularName: kind.toLowerCase(),
        verbs: allowed,
      })),
    });
    const classic: Record<string, unknown> = {
      '/api': { kind: 'APIVersions', versions: ['v1'] },
      '/apis': {
        kind: 'APIGroupList',
        groups: [
          { name: 'g.io', versions: [{ version: 'v1' }, { version: 'v2' }], preferredVersion: { version: 'v2' } },
        ],
      },
      '/api/v1': list(['pods', 'Pod', true], ['pods/status', 'Pod', true]),
      '/apis/g.io/v2': list(['things', 'Thing', false]),
      '/apis/g.io/v1': list(
        ['things', 'Thing', false],
        ['olds', 'Old', true],
        ['reviews', 'Review', false, ['create']],
      ),
    };
    let documents = aggregated;
    const url = await listen(tls(issue(authority, names)), (path) => ({ status: 200, body: documents[path] }));
    const one = await createApiDiscovery(transport(url)).read(signal);
    documents = classic;
    const two = await createApiDiscovery(transport(url)).read(signal);
    expect(one.resources.map(({ plural, version, group }) => `${plural}.${version}.${group}`)).toEqual([
      'pods.v1.',
      'things.v2.g.io',
      'olds.v1.g.io',
    ]);
    expect(two.resources).toEqual(one.resources);
  });
});
