import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '@meshery/observability';
import { systemClock } from '@meshery/observability';
import { resolveAccess } from './cluster-access.ts';
import type { AccessOptions } from './cluster-access.ts';
import { fileTokenCredential } from './credential.ts';
import { inClusterAccess } from './in-cluster.ts';
import { kubeconfigFiles, loadKubeconfig } from './load-kubeconfig.ts';
import { parseKubeconfig } from './parse-kubeconfig.ts';
import { proxyFor } from './proxy.ts';

const pem = Buffer.from('-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n').toString('base64');

function kubeconfig(user: string, cluster = ''): string {
  return `
apiVersion: v1
kind: Config
current-context: here
clusters: [{name: c, cluster: {server: "https://10.0.0.1:6443/", ${cluster}}}]
users: [{name: u, user: {${user}}}]
contexts:
- {name: here, context: {cluster: c, user: u, namespace: ns}}
- {name: there, context: {cluster: missing, user: u}}
`;
}

const asUser: AccessOptions = { trust: 'user-file', clock: systemClock };
const fromNetwork: AccessOptions = { trust: 'network', clock: systemClock };

function access(text: string, options: AccessOptions = asUser) {
  return resolveAccess(parseKubeconfig(text), options);
}

describe('kubeconfig', () => {
  let dir: string;

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'kubeconfig-'));
  });

  afterEach(async () => {
    await rm(dir, { recursive: true });
  });

  test('reads what a context needs', async () => {
    const cluster = `certificate-authority-data: ${pem}, tls-server-name: kubernetes, proxy-url: "http://proxy:3128"`;
    const found = await access(kubeconfig('token: abc', cluster));
    expect(found).toMatchObject({
      contextName: 'here',
      server: 'https://10.0.0.1:6443',
      tlsServerName: 'kubernetes',
      proxyUrl: 'http://proxy:3128',
      insecureSkipTlsVerify: false,
      ca: expect.stringContaining('BEGIN CERTIFICATE') as unknown,
    });
    expect(await found.credential.authorization()).toBe('Bearer abc');
  });

  test('sends basic authentication', async () => {
    const found = await access(kubeconfig('username: me, password: "p:w"'));
    expect(await found.credential.authorization()).toBe(`Basic ${Buffer.from('me:p:w').toString('base64')}`);
  });

  test('merges the files of KUBECONFIG: the first entry of a name wins, missing files are skipped', async () => {
    const one = join(dir, 'one');
    const two = join(dir, 'two');
    await writeFile(one, 'clusters: [{name: c, cluster: {server: "https://one"}}]\nusers: []\ncontexts: []\n');
    await writeFile(two, kubeconfig('token: abc, tokenFile: tok'));
    const merged = await loadKubeconfig({ kubeconfigVariable: `${join(dir, 'none')}:${one}:${two}` });
    expect(merged.clusters.get('c')?.server).toBe('https://one');
    expect(merged.currentContext).toBe('here');
    expect(merged.users.get('u')?.tokenFile).toBe(join(dir, 'tok'));
  });

  test('looks at the named file, then KUBECONFIG, then the home folder', () => {
    expect(kubeconfigFiles({ file: 'f', kubeconfigVariable: 'k', home: '/h' })).toEqual(['f']);
    expect(kubeconfigFiles({ kubeconfigVariable: 'a::b', home: '/h' })).toEqual(['a', 'b']);
    expect(kubeconfigFiles({ kubeconfigVariable: '', home: '/h' })).toEqual(['/h/.kube/config']);
  });

  test('says which file cannot be read', async () => {
    await expect(loadKubeconfig({ file: join(dir, 'none') })).rejects.toMatchObject({
      code: 'meshery-kube-1300',
      message: expect.stringContaining(join(dir, 'none')) as unknown,
      remedy: expect.any(String) as unknown,
    });
  });

  test.each([
    ['not YAML', ': ['],
    ['a text', 'hello'],
    ['no server', 'clusters: [{name: c, cluster: {}}]'],
    ['a server that is no URL', 'clusters: [{name: c, cluster: {server: "10.0.0.1:6443"}}]'],
    ['a user that is a list', 'users: [{name: u, user: []}]'],
    ['a context without a cluster', 'contexts: [{name: x, context: {user: u}}]'],
  ])('calls it malformed: %s', (_, text) => {
    expect(() => parseKubeconfig(text)).toThrow(expect.objectContaining({ code: 'meshery-kube-1301' }) as Error);
  });

  test('names no value of a malformed file', () => {
    const text = 'users: [{name: u, user: {token: [topsecret]}}]';
    expect(() => parseKubeconfig(text)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('topsecret') as unknown }) as Error,
    );
  });

  test('names the known contexts', async () => {
    await expect(access(kubeconfig(''), { ...asUser, context: 'nowhere' })).rejects.toMatchObject({
      code: 'meshery-kube-1302',
      message: expect.stringContaining('here, there') as unknown,
    });
    await expect(access(kubeconfig(''), { ...asUser, context: 'there' })).rejects.toMatchObject({
      code: 'meshery-kube-1301',
    });
  });

  const exec = 'exec: {apiVersion: client.authentication.k8s.io/v1, command: aws, args: [eks]}';

  test.each([
    ['an exec plugin', exec, ''],
    ['a token file', 'tokenFile: /etc/passwd', ''],
    ['a certificate file', 'client-certificate: /etc/passwd, client-key: /etc/passwd', ''],
    ['a CA file', 'token: abc', 'certificate-authority: /etc/passwd'],
    ['a proxy', 'token: abc', 'proxy-url: "http://169.254.169.254"'],
    ['no verification', 'token: abc', 'insecure-skip-tls-verify: true'],
  ])('refuses %s from the network', async (_, user, cluster) => {
    await expect(access(kubeconfig(user, cluster), fromNetwork)).rejects.toMatchObject({
      code: 'meshery-kube-1305',
      remedy: expect.any(String) as unknown,
    });
  });

  test('runs an exec plugin of the user, and from the network only when it is allowed', async () => {
    const ran: string[] = [];
    const runner: AccessOptions['exec'] = (plugin) => {
      ran.push(plugin.command);
      return Promise.resolve({
        cert: undefined,
        key: undefined,
        credential: { authorization: () => Promise.resolve('Bearer x'), invalidate: () => undefined },
      });
    };
    await access(kubeconfig(exec), { ...asUser, exec: runner });
    await access(kubeconfig(exec), { ...fromNetwork, exec: runner, allow: { execCommands: ['aws'] } });
    await expect(
      access(kubeconfig(exec), { ...fromNetwork, exec: runner, allow: { execCommands: ['gcloud'] } }),
    ).rejects.toMatchObject({ code: 'meshery-kube-1305' });
    await expect(access(kubeconfig(exec), asUser)).rejects.toMatchObject({ code: 'meshery-kube-1305' });
    expect(ran).toEqual(['aws', 'aws']);
  });

  test('reads a token file again after half a minute and after a rejection', async () => {
    const path = join(dir, 'token');
    let now = 0;
    const clock: Clock = { ...systemClock, monotonic: () => now };
    const credential = fileTokenCredential(path, clock);
    await expect(credential.authorization()).rejects.toMatchObject({ code: 'meshery-kube-1300' });
    await writeFile(path, 'one\n');
    expect(await credential.authorization()).toBe('Bearer one');
    await writeFile(path, 'two\n');
    expect(await credential.authorization()).toBe('Bearer one');
    now = 31_000;
    expect(await credential.authorization()).toBe('Bearer two');
    await writeFile(path, 'three\n');
    credential.invalidate();
    expect(await credential.authorization()).toBe('Bearer three');
    await rm(path);
    credential.invalidate();
    expect(await credential.authorization()).toBe('Bearer three');
  });

  test('uses the service account of a pod', async () => {
    await writeFile(join(dir, 'ca.crt'), 'the CA');
    await writeFile(join(dir, 'token'), 'tok');
    const found = await inClusterAccess({ host: 'fd00::1', port: '443', serviceAccountDir: dir, clock: systemClock });
    expect(found).toMatchObject({ server: 'https://[fd00::1]:443', ca: 'the CA' });
    expect(await found.credential.authorization()).toBe('Bearer tok');
  });
});

test.each([
  ['https://api.example.com', '', 'http://p:1'],
  ['https://api.example.com', 'example.com', undefined],
  ['https://api.example.com', '.example.com', undefined],
  ['https://api.example.com:6443', 'api.example.com:443', 'http://p:1'],
  ['https://10.1.2.3:6443', '10.0.0.0/8', undefined],
  ['https://11.1.2.3:6443', '10.0.0.0/8', 'http://p:1'],
  ['https://api.example.com', '*', undefined],
  ['https://127.0.0.1:6443', '', undefined],
  ['http://api.example.com', '', undefined],
])('proxy for %s without %j is %s', (target, noProxy, expected) => {
  expect(proxyFor(target, { httpsProxy: 'p:1', noProxy })).toBe(expected);
});
