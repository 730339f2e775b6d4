import { existsSync, lstatSync, readFileSync, readdirSync, readlinkSync, rmSync, rmdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { runCommand, runCommandAnyway } from '../../setup/src/run-command.ts';
import { nodePlaces } from './addresses.ts';
import { removeCgroup } from './cgroups.ts';
import { removeNetwork } from './network.ts';
import { cgroupOf } from './node-paths.ts';
import { stopMarkedProcesses } from './processes.ts';
import { type Cluster, allRecords } from './state.ts';

/** Removes what nodes leave outside of the cluster's folder, and every mount inside of it. Their programs have ended. */
export async function removeNodes(cluster: Cluster): Promise<void> {
  const nodes = nodePlaces(cluster.record.name, cluster.record.slot, cluster.record.nodes);
  if (nodes.length === 0) return;
  await stopMarkedProcesses(cluster.dir);
  for (const node of nodes) await removeCgroup(cgroupOf(node));
  await unmountBelow(cluster.dir);
  await removeNetwork(cluster.record);
  await removeDeadShimSockets();
  removeNetworkResults(cluster.dir);
  removeLogLinks(cluster.dir);
  removeDevicePluginSocket(cluster);
  removeEmptyFolders();
}

/** containerd's shims listen below /run, whatever its configuration says; a socket that nobody answers is left over. */
async function removeDeadShimSockets(): Promise<void> {
  const folder = '/run/containerd/s';
  for (const file of existsSync(folder) ? readdirSync(folder) : []) {
    if (await isRefused(join(folder, file))) rmSync(join(folder, file), { force: true });
  }
}

function isRefused(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = connect(socket);
    connection.setTimeout(1_000, () => connection.destroy());
    connection.once('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code === 'ECONNREFUSED');
    });
    connection.once('connect', () => connection.destroy());
    connection.once('close', () => {
      resolve(false);
    });
  });
}

/** Takes away every mount in the folder, the latest first. */
async function unmountBelow(dir: string): Promise<void> {
  const points = (): string[] => {
    const lines = readFileSync('/proc/self/mountinfo', 'utf8').split('\n');
    return lines.map((line) => unescape(line.split(' ')[4] ?? '')).filter((point) => point.startsWith(`${dir}/`));
  };
  for (const point of points().reverse()) {
    const gentle = await runCommandAnyway('umount', [point]);
    if (gentle.code !== 0 && points().includes(point)) await runCommand('umount', ['--lazy', point]);
  }
}

/** The kernel writes blanks in paths as octal numbers. */
function unescape(path: string): string {
  return path.replaceAll(/\\(\d{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}

/** The CNI library keeps results in a folder of the machine; each names the namespace it is about, which is in ours. */
function removeNetworkResults(dir: string): void {
  const folder = '/var/lib/cni/results';
  for (const file of existsSync(folder) ? readdirSync(folder) : []) {
    const path = join(folder, file);
    if (readFileSync(path, 'utf8').includes(`${dir}/`)) rmSync(path);
  }
}

/** The kubelet's socket for device plugins has a fixed place; it goes with the last of our kubelets. */
function removeDevicePluginSocket(own: Cluster): void {
  const socket = '/var/lib/kubelet/device-plugins/kubelet.sock';
  const others = allRecords().some((record) => record.name !== own.record.name && record.nodes > 0);
  const listening = readFileSync('/proc/net/unix', 'utf8').includes(socket);
  if (!others && !listening) rmSync(socket, { force: true });
}

const SHARED_FOLDERS = [
  '/run/containerd/s',
  '/run/containerd',
  '/var/lib/cni/results',
  '/var/lib/cni',
  '/var/lib/kubelet/device-plugins',
  '/var/lib/kubelet',
  '/var/log/containers',
];

/** Folders of the machine in which nothing is left. */
function removeEmptyFolders(): void {
  for (const folder of SHARED_FOLDERS) {
    if (existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder);
  }
}

/** The kubelet links every container's log in a folder of the machine. */
function removeLogLinks(dir: string): void {
  const folder = '/var/log/containers';
  for (const file of existsSync(folder) ? readdirSync(folder) : []) {
    const link = join(folder, file);
    if (lstatSync(link).isSymbolicLink() && readlinkSync(link).startsWith(`${dir}/`)) rmSync(link);
  }
}
