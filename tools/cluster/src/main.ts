import { existsSync } from 'node:fs';
import { ToolError, describeError } from '../../setup/src/tool-error.ts';
import { type CliArguments, DEFAULT_NAME, USAGE, parseArguments } from './cli-arguments.ts';
import { down } from './down.ts';
import { adminKubeconfigPath } from './kubeconfig.ts';
import { clusterDir } from './state.ts';
import { formatStatus, status, statusOfAll } from './status.ts';
import { type UpOptions, up } from './up.ts';

async function main(args: readonly string[]): Promise<number> {
  const parsed = parseArguments(args);
  switch (parsed.command) {
    case 'help':
      console.log(USAGE);
      return 0;
    case 'up':
      console.log(await up(upOptions(parsed)));
      return 0;
    case 'down':
      await down({ name: parsed.name ?? DEFAULT_NAME });
      return 0;
    case 'status':
      return await showStatus(parsed);
    case 'kubeconfig':
      console.log(existingKubeconfig(parsed.name ?? DEFAULT_NAME));
      return 0;
  }
}

function upOptions({ name = DEFAULT_NAME, nodes, networkPolicies = false }: CliArguments): UpOptions {
  return { name, networkPolicies, ...(nodes === undefined ? {} : { nodes }) };
}

/** 0: healthy; 1: not; 3: there is no such cluster. */
async function showStatus({ name }: CliArguments): Promise<number> {
  const found = name === undefined ? await statusOfAll() : [await status(name)].filter((one) => one !== undefined);
  if (found.length === 0) {
    console.log(name === undefined ? 'there are no clusters' : `there is no cluster ${name}`);
    return 3;
  }
  console.log(formatStatus(found));
  return found.every((one) => one.healthy) ? 0 : 1;
}

function existingKubeconfig(name: string): string {
  const path = adminKubeconfigPath(clusterDir(name));
  if (existsSync(path)) return path;
  throw new ToolError(`there is no cluster ${name}`, `Bring it up: npm run cluster -- up --name ${name}`);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(describeError(error));
  process.exitCode = 1;
}
