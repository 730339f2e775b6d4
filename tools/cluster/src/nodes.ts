import { Resolver } from 'node:dns/promises';
import { type Say, step } from '../../setup/src/progress.ts';
import { resolveBinaries, resolveBinary } from '../../setup/src/binaries.ts';
import { cniPluginFolder } from '../../setup/src/debian-packages.ts';
import { findOnPath, runCommand, runCommandAnyway } from '../../setup/src/run-command.ts';
import { API_SERVICE_ADDRESS, type NodePlace, SERVICE_RANGE, networkOf, nodePlaces } from './addresses.ts';
import { type ApiClient, withApi } from './api-client.ts';
import { ensureCgroup } from './cgroups.ts';
import { applyClusterDns } from './cluster-dns.ts';
import { importComposed, nodeImages } from './images.ts';
import { adminKubeconfigPath } from './kubeconfig.ts';
import { hostNameServers, proxyKubeconfig, writeNodeFiles } from './node-config.ts';
import { type NodePaths, inNamespace, nodePaths } from './node-paths.ts';
import { type ProcessSpec, ensureProcess, logTail, pidOf } from './processes.ts';
import { ensureProvisioner } from './provisioner-process.ts';
import { assertNodesCanRun } from './requirements.ts';
import type { Cluster } from './state.ts';
import { waitFor } from './wait.ts';

const RUNTIME_TIMEOUT_MS = 90_000;
const READY_TIMEOUT_MS = 180_000;

type Programs = Record<'kubelet' | 'kube-proxy' | 'coredns' | 'pause', string>;

/** Starts what is not alive of a cluster's nodes, and waits until they run pods and answer names. */
export async function ensureNodes(cluster: Cluster, say: Say): Promise<void> {
  const { networkPolicies = false } = cluster.record;
  assertNodesCanRun(networkPolicies);
  const programs = await resolveBinaries(['kubelet', 'kube-proxy', 'coredns', 'pause'], { say });
  const places = nodePlaces(cluster.record.name, cluster.record.slot, cluster.record.nodes);
  await step(say, `cluster ${cluster.record.name}: ${String(places.length)} nodes`, async () => {
    const since = new Map(
      await Promise.all(places.map(async (place) => [place, await ensureNode(cluster, place, programs)] as const)),
    );
    await withApi(cluster, async (api) => {
      await applyClusterDns(api, hostNameServers());
      for (const place of places) await waitUntilNodeReady(api, cluster, place, since.get(place));
      if (networkPolicies) for (const place of places) await ensureFirewall(cluster, place);
    });
    await ensureProvisioner(cluster);
  });
  await step(say, `cluster ${cluster.record.name}: DNS`, () => withApi(cluster, (api) => waitUntilDnsReady(api)));
}

/** Gives the time (in milliseconds) at which the kubelet was started, undefined when it was alive. */
async function ensureNode(cluster: Cluster, node: NodePlace, programs: Programs): Promise<number | undefined> {
  const paths = nodePaths(cluster.dir, node);
  ensureCgroup(node);
  writeNodeFiles(cluster, node, paths, cniPluginFolder() ?? '');
  await ensureProcess(cluster.dir, containerdSpec(node, paths));
  await waitForRuntime(cluster, node, paths);
  await importMissing(paths, programs);
  await ensureProcess(cluster.dir, kubeProxySpec(cluster, node, programs['kube-proxy']));
  const kubelet = kubeletSpec(node, paths, programs.kubelet);
  const startedAt = pidOf(cluster.dir, kubelet.name) === undefined ? Date.now() : undefined;
  await ensureProcess(cluster.dir, kubelet);
  return startedAt;
}

function containerdSpec(node: NodePlace, paths: NodePaths): ProcessSpec {
  const command = inNamespace(node, findOnPath('containerd') ?? 'containerd', ['--config', paths.containerdConfig]);
  return { name: `containerd-${String(node.number)}`, ...command };
}

function kubeletSpec(node: NodePlace, paths: NodePaths, program: string): ProcessSpec {
  const command = inNamespace(node, program, [
    `--config=${paths.kubeletConfig}`,
    `--kubeconfig=${paths.kubeletKubeconfig}`,
    `--root-dir=${paths.kubeletRoot}`,
    `--cert-dir=${paths.kubeletRoot}/pki`,
    `--hostname-override=${node.name}`,
    `--node-ip=${node.address}`,
  ]);
  return { name: `kubelet-${String(node.number)}`, ...command };
}

function kubeProxySpec(cluster: Cluster, node: NodePlace, program: string): ProcessSpec {
  const command = inNamespace(node, program, [
    `--kubeconfig=${proxyKubeconfig(cluster.dir)}`,
    `--hostname-override=${node.name}`,
    `--cluster-cidr=${networkOf(cluster.record.slot).podRange}`,
    '--proxy-mode=iptables',
    '--iptables-min-sync-period=200ms',
    // The limits on tracked connections are the machine's, not the node's.
    '--conntrack-max-per-core=0',
    '--conntrack-tcp-timeout-established=0',
    '--conntrack-tcp-timeout-close-wait=0',
  ]);
  return { name: `kube-proxy-${String(node.number)}`, ...command };
}

/**
 * Makes NetworkPolicies hold, and does nothing else; the node must be known to the API server. Without the switch, pods
 * of one node pass its rules by.
 */
async function ensureFirewall(cluster: Cluster, node: NodePlace): Promise<void> {
  const filtered = inNamespace(node, 'sh', ['-c', 'echo 1 > /proc/sys/net/bridge/bridge-nf-call-iptables']);
  await runCommand(filtered.file, filtered.args);
  const command = inNamespace(node, await resolveBinary('kube-router'), [
    `--kubeconfig=${adminKubeconfigPath(cluster.dir)}`,
    `--hostname-override=${node.name}`,
    `--service-cluster-ip-range=${SERVICE_RANGE}`,
    '--run-firewall=true',
    '--run-router=false',
    '--run-service-proxy=false',
    '--run-loadbalancer=false',
    '--health-port=0',
    '--metrics-port=0',
  ]);
  const name = `kube-router-${String(node.number)}`;
  await ensureProcess(cluster.dir, { name, ...command });
  const rules = inNamespace(node, 'iptables', ['-w', '10', '-S', 'KUBE-ROUTER-FORWARD']);
  const explain = (): string => `last lines of its log:\n${logTail(cluster.dir, name)}`;
  await waitFor({ what: `the rules of ${name}`, timeoutMs: RUNTIME_TIMEOUT_MS, explain }, async () => {
    return (await runCommandAnyway(rules.file, rules.args)).code === 0 ? true : undefined;
  });
}

const ctr = (paths: NodePaths, args: readonly string[]) =>
  runCommandAnyway('ctr', ['--address', paths.containerdSocket, '--namespace', 'k8s.io', ...args], {
    timeoutMs: 10_000,
  });

async function waitForRuntime(cluster: Cluster, node: NodePlace, paths: NodePaths): Promise<void> {
  const name = `containerd-${String(node.number)}`;
  const explain = (): string => `last lines of its log:\n${logTail(cluster.dir, name)}`;
  await waitFor({ what: `${name} answering`, timeoutMs: RUNTIME_TIMEOUT_MS, explain }, async () => {
    if (pidOf(cluster.dir, name) === undefined) throw new Error(`${name} ended; ${explain()}`);
    return (await ctr(paths, ['version'])).code === 0 ? true : undefined;
  });
}

async function importMissing(paths: NodePaths, programs: Programs): Promise<void> {
  const { stdout } = await ctr(paths, ['images', 'list', '--quiet']);
  const there = new Set(stdout.split('\n'));
  await importComposed(
    paths,
    nodeImages(programs).filter((image) => !there.has(image.name)),
  );
}

/** What a kubelet said before it was started anew does not count. */
async function waitUntilNodeReady(api: ApiClient, cluster: Cluster, node: NodePlace, since = 0): Promise<void> {
  const path = `/api/v1/nodes/${node.name}`;
  const name = `kubelet-${String(node.number)}`;
  const explain = (): string => `last lines of ${name}'s log:\n${logTail(cluster.dir, name)}`;
  await waitFor({ what: `node ${node.name} being ready`, timeoutMs: READY_TIMEOUT_MS, explain }, async () => {
    if (pidOf(cluster.dir, name) === undefined) throw new Error(`${name} ended; ${explain()}`);
    const answer = await api.send({ path });
    return answer.status === 200 && isReadySince(answer.text, since) ? true : undefined;
  });
  const body = { spec: { podCIDR: node.podRange, podCIDRs: [node.podRange] } };
  await api.json({ method: 'PATCH', path, body, contentType: 'application/merge-patch+json' });
}

interface NodeStatus {
  readonly status?: { readonly conditions?: readonly { type: string; status: string; lastHeartbeatTime?: string }[] };
}

/** The API's times are whole seconds. */
function isReadySince(text: string, since: number): boolean {
  const { status } = JSON.parse(text) as NodeStatus;
  const ready = status?.conditions?.find((condition) => condition.type === 'Ready' && condition.status === 'True');
  return ready !== undefined && Date.parse(ready.lastHeartbeatTime ?? '') >= Math.floor(since / 1000) * 1000;
}

interface PodStatus {
  readonly status: NodeStatus['status'] & { readonly podIP?: string };
}

/** Waits until a pod of the cluster DNS is ready and answers the name of the API server's Service. */
async function waitUntilDnsReady(api: ApiClient): Promise<void> {
  const path = '/api/v1/namespaces/kube-system/pods?labelSelector=k8s-app%3Dkube-dns';
  await waitFor({ what: 'the cluster DNS answering', timeoutMs: READY_TIMEOUT_MS, everyMs: 200 }, async () => {
    const { items } = (await api.json({ path })) as { items: PodStatus[] };
    for (const { status } of items) {
      const ready = status.conditions?.some(({ type, status: value }) => type === 'Ready' && value === 'True') ?? false;
      if (ready && status.podIP !== undefined && (await answersNames(status.podIP))) return true;
    }
    return undefined;
  });
}

async function answersNames(server: string): Promise<boolean> {
  const resolver = new Resolver({ timeout: 1_000, tries: 1 });
  resolver.setServers([server]);
  try {
    return (await resolver.resolve4('kubernetes.default.svc.cluster.local')).includes(API_SERVICE_ADDRESS);
  } catch {
    // No answer, or not yet the right one: the wait has a deadline.
    return false;
  }
}
