import { aptCommand } from '../../setup/src/apt.ts';
import { missingPackages, nodePackages, policyPackages } from '../../setup/src/debian-packages.ts';
import { ToolError } from '../../setup/src/tool-error.ts';

/** Throws, with the command that helps, unless this machine can run nodes. */
export function assertNodesCanRun(networkPolicies = false): void {
  if (process.platform !== 'linux') {
    throw new ToolError(
      `nodes need Linux; this is ${process.platform}`,
      'Use a cluster without nodes (--nodes 0), or a cluster of your container engine, for example: kind create cluster',
    );
  }
  if (process.getuid?.() !== 0) {
    throw new ToolError(
      'nodes need root, for network namespaces and containers',
      'Run the command with sudo, or use a cluster without nodes (--nodes 0)',
    );
  }
  const missing = missingPackages([...nodePackages, ...(networkPolicies ? policyPackages : [])]);
  if (missing.length === 0) return;
  throw new ToolError(
    `nodes need programs that are not here: ${missing.join(', ')}`,
    `Install them: ${aptCommand(missing)}`,
  );
}
