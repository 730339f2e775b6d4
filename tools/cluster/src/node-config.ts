import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { DNS_SERVICE_ADDRESS, type NodePlace } from './addresses.ts';
import { serverUrl } from './api-client.ts';
import { PAUSE_IMAGE } from './images.ts';
import { writeKubeconfig } from './kubeconfig.ts';
import { type NodePaths, cgroupOf } from './node-paths.ts';
import { pkiPath } from './pki.ts';
import type { Cluster } from './state.ts';

/** The kubeconfig of every kube-proxy. */
export const proxyKubeconfig = (dir: string): string => join(dir, 'kube-proxy.kubeconfig');

/** Writes every file that the node's programs read; the same input gives the same files. */
export function writeNodeFiles(cluster: Cluster, node: NodePlace, paths: NodePaths, cniPlugins: string): void {
  for (const folder of [paths.cniConfig, paths.kubeletRoot, paths.podLogs]) mkdirSync(folder, { recursive: true });
  const server = serverUrl(cluster);
  writeKubeconfig(paths.kubeletKubeconfig, cluster.dir, { name: node.name, server, certificate: node.name });
  writeKubeconfig(proxyKubeconfig(cluster.dir), cluster.dir, { name: 'kube-proxy', server, certificate: 'kube-proxy' });
  writeFileSync(paths.containerdConfig, containerdConfig(paths, cniPlugins));
  writeJson(join(paths.cniConfig, '10-meshery.conflist'), cniConfig(node, paths));
  writeFileSync(
    join(paths.dir, 'resolv.conf'),
    hostNameServers()
      .map((address) => `nameserver ${address}\n`)
      .join(''),
  );
  writeJson(paths.kubeletConfig, kubeletConfig(cluster.dir, node, paths));
}

function writeJson(path: string, value: unknown): void {
  writeFileSync(path, `${JSON.stringify(value, undefined, 2)}\n`);
}

/** The host's name servers that can be reached from a node: a resolver on the host's loopback cannot. */
export function hostNameServers(): string[] {
  const files = ['/run/systemd/resolve/resolv.conf', '/etc/resolv.conf'].filter((file) => existsSync(file));
  const lines = files.flatMap((file) => readFileSync(file, 'utf8').split('\n'));
  const addresses = lines.flatMap((line) => /^nameserver\s+(\S+)/.exec(line)?.[1] ?? []);
  return [...new Set(addresses)].filter((address) => isIP(address) === 4 && !address.startsWith('127.')).slice(0, 3);
}

/** containerd's configuration, all of its folders below the node's. */
function containerdConfig(paths: NodePaths, cniPlugins: string): string {
  const cri = 'plugins."io.containerd.grpc.v1.cri"';
  return `version = 2
root = "${paths.containerdRoot}"
state = "${paths.containerdState}"
disabled_plugins = [
  "io.containerd.internal.v1.opt",
  "io.containerd.snapshotter.v1.aufs",
  "io.containerd.snapshotter.v1.btrfs",
  "io.containerd.snapshotter.v1.devmapper",
  "io.containerd.snapshotter.v1.zfs",
]

[grpc]
  address = "${paths.containerdSocket}"

[${cri}]
  sandbox_image = "${PAUSE_IMAGE}"
  netns_mounts_under_state_dir = true
  # Without CAP_SYS_RESOURCE, as in many containers, nobody may lower a process's OOM score.
  restrict_oom_score_adj = true
  [${cri}.cni]
    bin_dir = "${cniPlugins}"
    conf_dir = "${paths.cniConfig}"
  [${cri}.containerd]
    default_runtime_name = "runc"
    snapshotter = "overlayfs"
    [${cri}.containerd.runtimes.runc]
      runtime_type = "io.containerd.runc.v2"
      [${cri}.containerd.runtimes.runc.options]
        Root = "${paths.runcRoot}"
        SystemdCgroup = false
`;
}

/** A bridge for the node's pods. Addresses are rewritten only for traffic that leaves the cluster's nodes and pods. */
function cniConfig(node: NodePlace, paths: NodePaths): unknown {
  const ranges = [[{ subnet: node.podRange, gateway: node.podGateway }]];
  const routes = [{ dst: '0.0.0.0/0' }];
  return {
    cniVersion: '0.4.0',
    name: `meshery-${node.name}`,
    plugins: [
      {
        type: 'bridge',
        bridge: 'cni0',
        isGateway: true,
        hairpinMode: true,
        // kube-proxy's own rules and the node's (see network.ts) rewrite; the plugin's would hide pods from other nodes.
        ipMasq: false,
        ipam: { type: 'host-local', dataDir: paths.cniData, ranges, routes },
      },
      { type: 'portmap', capabilities: { portMappings: true } },
    ],
  };
}

/** The kubelet's configuration (kubelet.config.k8s.io/v1beta1). */
function kubeletConfig(clusterDir: string, node: NodePlace, paths: NodePaths): unknown {
  return {
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    authentication: {
      anonymous: { enabled: false },
      webhook: { enabled: true },
      x509: { clientCAFile: pkiPath(clusterDir, 'ca.crt') },
    },
    authorization: { mode: 'Webhook' },
    tlsCertFile: pkiPath(clusterDir, `${node.name}.crt`),
    tlsPrivateKeyFile: pkiPath(clusterDir, `${node.name}.key`),
    containerRuntimeEndpoint: `unix://${paths.containerdSocket}`,
    cgroupDriver: 'cgroupfs',
    // A changed Secret reaches its pods that soon.
    syncFrequency: '10s',
    cgroupRoot: `/${cgroupOf(node)}`,
    failCgroupV1: false,
    failSwapOn: false,
    clusterDNS: [DNS_SERVICE_ADDRESS],
    clusterDomain: 'cluster.local',
    resolvConf: join(paths.dir, 'resolv.conf'),
    podLogsDir: paths.podLogs,
    volumePluginDir: join(paths.dir, 'volume-plugins'),
    // A developer's disk is rarely half empty: evict only when nothing works any more.
    evictionHard: {
      'memory.available': '50Mi',
      'nodefs.available': '0%',
      'nodefs.inodesFree': '0%',
      'imagefs.available': '0%',
      'imagefs.inodesFree': '0%',
    },
    imageGCHighThresholdPercent: 100,
    imageGCLowThresholdPercent: 99,
    maxPods: 200,
    nodeStatusUpdateFrequency: '5s',
    oomScoreAdj: 0,
    serializeImagePulls: false,
  };
}
