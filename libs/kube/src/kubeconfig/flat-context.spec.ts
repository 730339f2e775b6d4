import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@meshery/observability';
import { flattenContext } from './flat-context.ts';
import type { FlattenOptions } from './flat-context.ts';
import { parseKubeconfig } from './parse-kubeconfig.ts';

const asUser: FlattenOptions = { trust: 'user-file', clock: systemClock };
const fromNetwork: FlattenOptions = { trust: 'network', clock: systemClock };

function kubeconfig(user: string, cluster = '', name = 'here'): string {
  return `
clusters: [{name: c, cluster: {server: "https://10.0.0.1:6443/", ${cluster}}}, {name: other, cluster: {server: "https://10.0.0.2"}}]
users: [{name: u, user: {${user}}}, {name: v, user: {token: other-secret}}]
contexts:
- {name: ${name}, context: {cluster: c, user: u, namespace: ns}}
- {name: there, context: {cluster: other, user: v}}
`;
}

const flat = (text: string, options = fromNetwork, name = 'here') =>
  flattenContext(parseKubeconfig(text), name, options);

test('a context comes out alone, and reads as a kubeconfig again', async () => {
  const context = await flat(kubeconfig('token: mine'));
  expect(context).toMatchObject({ name: 'here', server: 'https://10.0.0.1:6443' });
  expect(context.contextId).toMatch(/^[0-9a-f]{32}$/);
  expect(context.kubeconfig).not.toContain('other-secret');
  expect((await flat(context.kubeconfig)).contextId).toBe(context.contextId);
});

test('the id follows cluster, credential and name, and nothing else', async () => {
  const { contextId } = await flat(kubeconfig('token: mine'));
  const others = [
    await flat(kubeconfig('token: yours')),
    await flat(kubeconfig('token: mine', 'tls-server-name: x')),
    await flat(kubeconfig('token: mine', '', 'renamed'), fromNetwork, 'renamed'),
    await flat(kubeconfig('token: mine'), { ...fromNetwork, rename: 'renamed' }),
  ].map((context) => context.contextId);
  expect(new Set([contextId, ...others]).size).toBe(4);
  expect(others[2]).toBe(others[3]);
  const reordered = kubeconfig('token: mine').replace('clusters:', 'preferences: {}\nclusters:');
  expect((await flat(reordered)).contextId).toBe(contextId);
});

test('files of the own kubeconfig are taken in, and give the id of the same content inside', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'flat-'));
  try {
    await writeFile(join(folder, 'ca.pem'), 'authority');
    const withFile = await flat(kubeconfig('token: t', `certificate-authority: "${folder}/ca.pem"`), asUser);
    const data = Buffer.from('authority').toString('base64');
    const inside = await flat(kubeconfig('token: t', `certificate-authority-data: ${data}`));
    expect(withFile.contextId).toBe(inside.contextId);
    expect(withFile.kubeconfig).not.toContain(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test.each([
  ['an exec plugin', 'exec: {apiVersion: v1, command: /bin/sh}', ''],
  ['an exec plugin beside a token', 'token: t, exec: {apiVersion: v1, command: /bin/sh}', ''],
  ['an auth provider', 'auth-provider: {name: gcp}', ''],
  ['a token file', 'tokenFile: /etc/passwd', ''],
  ['a key file', 'client-certificate-data: YQ==, client-key: /etc/shadow', ''],
  ['an authority file', 'token: t', 'certificate-authority: /etc/passwd'],
  ['no verification', 'token: t', 'insecure-skip-tls-verify: true'],
  ['a proxy', 'token: t', 'proxy-url: "http://10.0.0.9"'],
])('from the network %s is refused', async (_what, user, cluster) => {
  await expect(flat(kubeconfig(user, cluster))).rejects.toMatchObject({ code: 'meshery-kube-1305' });
});
