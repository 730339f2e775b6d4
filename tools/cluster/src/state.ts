import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { ToolError } from '../../setup/src/tool-error.ts';

/** The TCP ports of a cluster's processes. */
export interface ClusterPorts {
  readonly apiServer: number;
  readonly etcdClient: number;
  readonly etcdPeer: number;
  readonly controllerManager: number;
  readonly scheduler: number;
}

/** A cluster and the folder it lives in. */
export interface Cluster {
  readonly dir: string;
  readonly record: ClusterRecord;
}

/** What is remembered of a cluster between commands. */
export interface ClusterRecord {
  readonly name: string;
  readonly nodes: number;
  /** NetworkPolicies hold on the nodes. */
  readonly networkPolicies?: boolean;
  /** Which of the address ranges is this cluster's: 0..62, different for every cluster. */
  readonly slot: number;
  readonly ports: ClusterPorts;
  /** A bearer token of group system:masters. */
  readonly adminToken: string;
  /** The controllers that run; none: no controller manager. */
  readonly controllers: readonly string[];
  readonly scheduler: boolean;
  /** Flags beside the usual ones, which they override. */
  readonly apiServerArgs: readonly string[];
  readonly etcdArgs: readonly string[];
}

const NAME = /^[a-z]([a-z0-9-]{0,22}[a-z0-9])?$/;
const RECORD = 'cluster.json';

/** Where all clusters keep their state: `$XDG_STATE_HOME/meshery/clusters`, or below `~/.local/state`. */
export function clustersRoot(): string {
  const home = process.env.XDG_STATE_HOME;
  return join(home === undefined || home === '' ? join(homedir(), '.local', 'state') : home, 'meshery', 'clusters');
}

/** The folder of one cluster. */
export function clusterDir(name: string): string {
  if (NAME.test(name)) return join(clustersRoot(), name);
  throw new ToolError(
    `"${name}" is no name for a cluster`,
    'Use 1 to 24 lower-case letters, digits and dashes that begin with a letter, for example --name demo',
  );
}

/** The names of all clusters that have a folder, sorted. */
export function clusterNames(): string[] {
  if (!existsSync(clustersRoot())) return [];
  const entries = readdirSync(clustersRoot(), { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && NAME.test(entry.name))
    .map((entry) => entry.name)
    .sort();
}

/** What is remembered in a cluster's folder; undefined when there is no cluster. */
export function readRecord(dir: string): ClusterRecord | undefined {
  const path = join(dir, RECORD);
  if (!existsSync(path)) return undefined;
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as ClusterRecord;
  } catch (error) {
    const remedy = `Remove the cluster: npm run cluster -- down --name ${basename(dir)}`;
    throw new ToolError(`${path} cannot be read`, remedy, { cause: error });
  }
}

/** Remembers a cluster; readable only by its owner, since the record holds a token. */
export function writeRecord(dir: string, record: ClusterRecord): void {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  writePrivately(join(dir, RECORD), `${JSON.stringify(record, undefined, 2)}\n`);
}

/** Writes a file of mode 0600 in one step: a reader sees the old text or the new one. */
export function writePrivately(path: string, text: string | Buffer): void {
  writeFileSync(`${path}.new`, text, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

/** The records of all clusters that can be read. */
export function allRecords(): ClusterRecord[] {
  return clusterNames().flatMap((name) => readRecord(join(clustersRoot(), name)) ?? []);
}
