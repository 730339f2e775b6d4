import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { API_SERVICE_ADDRESS, type NodePlace, networkOf } from './addresses.ts';
import { type Authority, type CertificateRequest, issue, newAuthority, newKeyPair } from './x509.ts';

/** The files of a cluster's folder `pki`: `NAME.crt` and `NAME.key`. */
export function pkiPath(dir: string, file: string): string {
  return join(dir, 'pki', file);
}

/** Makes every key and certificate of a cluster, once; a half-made folder of a crashed run is made anew. */
export function ensurePki(dir: string, slot: number, nodes: readonly NodePlace[]): void {
  if (existsSync(join(dir, 'pki'))) return;
  const making = join(dir, 'pki.new');
  rmSync(making, { recursive: true, force: true });
  mkdirSync(making, { recursive: true, mode: 0o700 });
  const cluster = newAuthority('meshery-cluster');
  write(making, 'ca', cluster);
  for (const [name, request] of clusterRequests(slot, nodes)) write(making, name, issue(cluster, request));
  writeEtcdPki(making);
  const frontProxy = newAuthority('meshery-front-proxy');
  write(making, 'front-proxy-ca', frontProxy);
  write(making, 'front-proxy-client', issue(frontProxy, { subject: { commonName: 'front-proxy-client' } }));
  const serviceAccount = newKeyPair();
  writeFileSync(join(making, 'service-account.key'), serviceAccount.privatePem, { mode: 0o600 });
  writeFileSync(join(making, 'service-account.pub'), serviceAccount.publicPem, { mode: 0o600 });
  renameSync(making, join(dir, 'pki'));
}

function clusterRequests(slot: number, nodes: readonly NodePlace[]): [string, CertificateRequest][] {
  const serverNames = [
    'kubernetes',
    'kubernetes.default',
    'kubernetes.default.svc',
    'kubernetes.default.svc.cluster.local',
    'localhost',
  ];
  const serverAddresses = ['127.0.0.1', API_SERVICE_ADDRESS, networkOf(slot).hostAddress];
  const component = (name: string): [string, CertificateRequest] => [
    name,
    { subject: { commonName: `system:${name}` }, names: ['localhost', '127.0.0.1'] },
  ];
  return [
    ['apiserver', { subject: { commonName: 'kube-apiserver' }, names: [...serverNames, ...serverAddresses] }],
    [
      'apiserver-kubelet-client',
      { subject: { commonName: 'kube-apiserver-kubelet-client', organization: 'system:masters' } },
    ],
    ['admin', { subject: { commonName: 'admin', organization: 'system:masters' } }],
    component('kube-controller-manager'),
    component('kube-scheduler'),
    ['kube-proxy', { subject: { commonName: 'system:kube-proxy' } }],
    ...nodes.map((node): [string, CertificateRequest] => [
      node.name,
      {
        subject: { commonName: `system:node:${node.name}`, organization: 'system:nodes' },
        names: [node.name, 'localhost', node.address, '127.0.0.1'],
      },
    ]),
  ];
}

/** etcd has an authority of its own: a certificate of the cluster must not open the database. */
function writeEtcdPki(folder: string): void {
  const authority = newAuthority('meshery-etcd');
  write(folder, 'etcd-ca', authority);
  write(folder, 'etcd', issue(authority, { subject: { commonName: 'etcd' }, names: ['localhost', '127.0.0.1'] }));
  write(folder, 'apiserver-etcd-client', issue(authority, { subject: { commonName: 'kube-apiserver' } }));
}

function write(folder: string, name: string, pair: Pick<Authority, 'keyPem' | 'certificatePem'>): void {
  writeFileSync(join(folder, `${name}.crt`), pair.certificatePem, { mode: 0o600 });
  writeFileSync(join(folder, `${name}.key`), pair.keyPem, { mode: 0o600 });
}
