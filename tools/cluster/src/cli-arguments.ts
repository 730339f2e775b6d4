import { parseArgs } from 'node:util';
import { ToolError } from '../../setup/src/tool-error.ts';

/** The commands of `npm run cluster`. */
const commands = ['up', 'down', 'status', 'kubeconfig'] as const;

/** One of the commands. */
type Command = (typeof commands)[number];

/** What the command line asks for. */
export interface CliArguments {
  readonly command: Command | 'help';
  /** Undefined when none was given. */
  readonly name: string | undefined;
  readonly nodes: number | undefined;
  readonly networkPolicies?: boolean;
}

/** The cluster that is meant when no name is given. */
export const DEFAULT_NAME = 'playground';

/** What the commands are and do. */
export const USAGE = `usage: npm run cluster -- COMMAND [--name NAME] [--nodes N] [--network-policies]

  up          bring a cluster up, or heal it; prints the path of its kubeconfig
  down        remove it with everything it made
  status      show how clusters are; exit code 0 when they are healthy
  kubeconfig  print the path of its kubeconfig

  --name NAME  which cluster (default: ${DEFAULT_NAME}; status: all)
  --nodes N    0 (default): a real control plane without nodes; 1 to 3: with nodes that
               run pods, which needs Linux and root
  --network-policies  they hold on the nodes of a new cluster; needs ipset`;

/** Reads the command line. */
export function parseArguments(args: readonly string[]): CliArguments {
  const { values, positionals } = parse(args);
  const [command, ...rest] = positionals;
  if (values.help === true || command === undefined) return { command: 'help', name: undefined, nodes: undefined };
  const known = commands.find((candidate) => candidate === command);
  if (known === undefined || rest.length > 0) throw usageError(`"${positionals.join(' ')}" is not understood`);
  const networkPolicies = values['network-policies'] === true ? { networkPolicies: true } : {};
  return { command: known, name: values.name, nodes: parseNodes(values.nodes), ...networkPolicies };
}

function parse(args: readonly string[]) {
  try {
    const options = {
      name: { type: 'string' },
      nodes: { type: 'string' },
      'network-policies': { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    } as const;
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw usageError(error instanceof Error ? error.message : String(error));
  }
}

function parseNodes(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[0-3]$/.test(text)) throw usageError(`--nodes is 0, 1, 2 or 3, not "${text}"`);
  return Number(text);
}

function usageError(message: string): ToolError {
  return new ToolError(message, USAGE);
}
