import { join } from 'node:path';
import { SERVICE_RANGE, networkOf } from './addresses.ts';
import { serverAddress } from './api-client.ts';
import { pkiPath } from './pki.ts';
import type { Cluster } from './state.ts';

/** The file of the administrator's bearer token, in the API server's form. */
export const tokenFile = (dir: string): string => join(dir, 'tokens.csv');

/** The kubeconfig of a component of the control plane. */
export const componentKubeconfig = (dir: string, component: string): string => join(dir, `${component}.kubeconfig`);

/** Flags of etcd: TLS on both ports, on loopback only; no fsync, since a local cluster need not survive a power cut. */
export function etcdArgs({ dir, record }: Cluster): string[] {
  const client = `https://127.0.0.1:${String(record.ports.etcdClient)}`;
  const peer = `https://127.0.0.1:${String(record.ports.etcdPeer)}`;
  return [
    '--name=meshery',
    `--data-dir=${join(dir, 'etcd')}`,
    `--listen-client-urls=${client}`,
    `--advertise-client-urls=${client}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=meshery=${peer}`,
    ...['', 'peer-'].flatMap((kind) => [
      `--${kind}cert-file=${pkiPath(dir, 'etcd.crt')}`,
      `--${kind}key-file=${pkiPath(dir, 'etcd.key')}`,
      `--${kind}trusted-ca-file=${pkiPath(dir, 'etcd-ca.crt')}`,
      `--${kind}client-cert-auth`,
    ]),
    '--unsafe-no-fsync',
    '--quota-backend-bytes=8589934592',
    '--log-level=warn',
    ...record.etcdArgs,
  ];
}

/** Flags of the API server; limits on concurrent requests are high, since benchmarks and storms are what it is for. */
export function apiServerArgs(cluster: Cluster): string[] {
  const { dir, record } = cluster;
  return [
    `--bind-address=${serverAddress(cluster)}`,
    `--secure-port=${String(record.ports.apiServer)}`,
    `--advertise-address=${networkOf(record.slot).hostAddress}`,
    `--service-cluster-ip-range=${SERVICE_RANGE}`,
    `--etcd-servers=https://127.0.0.1:${String(record.ports.etcdClient)}`,
    `--etcd-cafile=${pkiPath(dir, 'etcd-ca.crt')}`,
    `--etcd-certfile=${pkiPath(dir, 'apiserver-etcd-client.crt')}`,
    `--etcd-keyfile=${pkiPath(dir, 'apiserver-etcd-client.key')}`,
    `--client-ca-file=${pkiPath(dir, 'ca.crt')}`,
    `--tls-cert-file=${pkiPath(dir, 'apiserver.crt')}`,
    `--tls-private-key-file=${pkiPath(dir, 'apiserver.key')}`,
    `--kubelet-certificate-authority=${pkiPath(dir, 'ca.crt')}`,
    `--kubelet-client-certificate=${pkiPath(dir, 'apiserver-kubelet-client.crt')}`,
    `--kubelet-client-key=${pkiPath(dir, 'apiserver-kubelet-client.key')}`,
    '--kubelet-preferred-address-types=InternalIP',
    '--service-account-issuer=https://kubernetes.default.svc.cluster.local',
    `--service-account-key-file=${pkiPath(dir, 'service-account.pub')}`,
    `--service-account-signing-key-file=${pkiPath(dir, 'service-account.key')}`,
    `--token-auth-file=${tokenFile(dir)}`,
    `--requestheader-client-ca-file=${pkiPath(dir, 'front-proxy-ca.crt')}`,
    '--requestheader-allowed-names=front-proxy-client',
    '--requestheader-username-headers=X-Remote-User',
    '--requestheader-group-headers=X-Remote-Group',
    '--requestheader-extra-headers-prefix=X-Remote-Extra-',
    `--proxy-client-cert-file=${pkiPath(dir, 'front-proxy-client.crt')}`,
    `--proxy-client-key-file=${pkiPath(dir, 'front-proxy-client.key')}`,
    // The API server is on the host, where Services have no meaning but pods can be reached.
    '--enable-aggregator-routing=true',
    '--authorization-mode=Node,RBAC',
    '--enable-admission-plugins=NodeRestriction',
    '--allow-privileged=true',
    '--max-requests-inflight=4000',
    '--max-mutating-requests-inflight=2000',
    '--profiling=false',
    ...record.apiServerArgs,
  ];
}

/** Flags that the controller manager and the scheduler share. */
function componentArgs(dir: string, component: string, port: number): string[] {
  const kubeconfig = componentKubeconfig(dir, component);
  return [
    ...['kubeconfig', 'authentication-kubeconfig', 'authorization-kubeconfig'].map((flag) => `--${flag}=${kubeconfig}`),
    '--bind-address=127.0.0.1',
    `--secure-port=${String(port)}`,
    `--tls-cert-file=${pkiPath(dir, `${component}.crt`)}`,
    `--tls-private-key-file=${pkiPath(dir, `${component}.key`)}`,
    '--leader-elect=false',
    '--profiling=false',
    '--kube-api-qps=300',
    '--kube-api-burst=600',
  ];
}

/** Flags of the controller manager. */
export function controllerManagerArgs({ dir, record }: Cluster): string[] {
  return [
    ...componentArgs(dir, 'kube-controller-manager', record.ports.controllerManager),
    `--controllers=${record.controllers.join(',')}`,
    `--root-ca-file=${pkiPath(dir, 'ca.crt')}`,
    `--service-account-private-key-file=${pkiPath(dir, 'service-account.key')}`,
    `--cluster-signing-cert-file=${pkiPath(dir, 'ca.crt')}`,
    `--cluster-signing-key-file=${pkiPath(dir, 'ca.key')}`,
    '--use-service-account-credentials=true',
    '--allocate-node-cidrs=false',
  ];
}

/** Flags of the scheduler. */
export function schedulerArgs({ dir, record }: Cluster): string[] {
  return componentArgs(dir, 'kube-scheduler', record.ports.scheduler);
}
