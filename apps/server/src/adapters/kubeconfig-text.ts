import type { ClusterAccess } from '@meshery/kube';

/** A kubeconfig of one context, as JSON, with everything that it needs inside of it. Holds secrets: never log it. */
export async function kubeconfigText(access: ClusterAccess): Promise<string> {
  const { contextName: name, server, ca, tlsServerName, insecureSkipTlsVerify, proxyUrl } = access;
  const cluster = {
    server,
    ...(ca === undefined ? {} : { 'certificate-authority-data': base64(ca) }),
    ...(tlsServerName === undefined ? {} : { 'tls-server-name': tlsServerName }),
    ...(insecureSkipTlsVerify ? { 'insecure-skip-tls-verify': true } : {}),
    ...(proxyUrl === undefined ? {} : { 'proxy-url': proxyUrl }),
  };
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster }],
    users: [{ name, user: await userOf(access) }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    'current-context': name,
  });
}

async function userOf({ cert, key, credential }: ClusterAccess): Promise<object> {
  const certificate =
    cert === undefined || key === undefined
      ? {}
      : { 'client-certificate-data': base64(cert), 'client-key-data': base64(key) };
  const [scheme = '', value = ''] = (await credential.authorization())?.split(' ', 2) ?? [];
  if (scheme === 'Bearer') return { ...certificate, token: value };
  if (scheme !== 'Basic') return certificate;
  const [username = '', ...password] = Buffer.from(value, 'base64').toString('utf8').split(':');
  return { ...certificate, username, password: password.join(':') };
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}
