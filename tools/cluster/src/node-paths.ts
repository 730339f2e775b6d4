import { join } from 'node:path';
import { ToolError } from '../../setup/src/tool-error.ts';
import type { NodePlace } from './addresses.ts';

/** Linux's limit on the path of a Unix socket, without the closing zero. */
const SOCKET_PATH_LIMIT = 107;

/** Where one node keeps its things; everything is below the cluster's folder. */
export interface NodePaths {
  readonly dir: string;
  readonly containerdConfig: string;
  readonly containerdRoot: string;
  readonly containerdState: string;
  readonly containerdSocket: string;
  readonly runcRoot: string;
  readonly cniConfig: string;
  readonly cniData: string;
  readonly kubeletConfig: string;
  readonly kubeletRoot: string;
  readonly kubeletKubeconfig: string;
  readonly podLogs: string;
}

/** The paths of a node; throws when the folder is too deep for the sockets in it. */
export function nodePaths(clusterDir: string, node: NodePlace): NodePaths {
  const dir = join(clusterDir, `n${String(node.number)}`);
  const paths = {
    dir,
    containerdConfig: join(dir, 'containerd.toml'),
    containerdRoot: join(dir, 'containerd'),
    containerdState: join(dir, 'run'),
    containerdSocket: join(dir, 'containerd.sock'),
    runcRoot: join(dir, 'runc'),
    cniConfig: join(dir, 'cni'),
    cniData: join(dir, 'cni-data'),
    kubeletConfig: join(dir, 'kubelet.json'),
    kubeletRoot: join(dir, 'kubelet'),
    kubeletKubeconfig: join(dir, 'kubelet.kubeconfig'),
    podLogs: join(dir, 'logs'),
  };
  const deepest = join(paths.kubeletRoot, 'pod-resources', 'kubelet.sock');
  if (deepest.length > SOCKET_PATH_LIMIT) {
    const remedy =
      'Choose a shorter --name, or a shorter folder for state: XDG_STATE_HOME=/var/lib npm run cluster -- ..';
    throw new ToolError(`${deepest} is too long for a socket (${String(SOCKET_PATH_LIMIT)} characters)`, remedy);
  }
  return paths;
}

/** The name of a node's network namespace. */
export const namespaceOf = (node: NodePlace): string => `meshery-${node.name}`;

/** The name of a node's cgroup, the same below every controller. */
export const cgroupOf = (node: NodePlace): string => `meshery-${node.name}`;

/** The command line that runs a program in a node's network namespace, and in the machine's other namespaces. */
export function inNamespace(
  node: NodePlace,
  program: string,
  args: readonly string[],
): { file: string; args: string[] } {
  return { file: 'nsenter', args: [`--net=/run/netns/${namespaceOf(node)}`, '--', program, ...args] };
}
