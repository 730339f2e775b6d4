import { existsSync, readFileSync, readdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { type CommandResult, runCommand, runCommandAnyway } from '../../setup/src/run-command.ts';
import { MAX_NODES, type NodePlace, SERVICE_RANGE, freeSlot, networkOf, nodePlaces } from './addresses.ts';
import { inNamespace, namespaceOf } from './node-paths.ts';
import type { ClusterRecord } from './state.ts';

const NAMESPACES = '/run/netns';
const ip = (...args: string[]): Promise<string> => runCommand('ip', args);

/**
 * Chooses a slot for a cluster with nodes and makes its bridge, which is what tells every other cluster of this machine
 * that the slot is taken: also those of another user or state folder, whose records are not seen from here.
 */
export async function takeSlot(known: ReadonlySet<number>): Promise<number> {
  const taken = new Set(known);
  for (;;) {
    const slot = freeSlot(taken);
    taken.add(slot);
    if (hasInterfaceOf(slot)) continue;
    const { bridge } = networkOf(slot);
    const made = await runCommandAnyway('ip', ['link', 'add', bridge, 'type', 'bridge']);
    if (made.code === 0) return slot;
    if (!hasInterface(bridge)) throw new Error(`the bridge ${bridge} cannot be made: ${made.stderr.trim()}`);
  }
}

/** Makes what is missing of a cluster's network: a bridge on the host and, for each node, a namespace with a cable to it. */
export async function ensureNetwork(record: ClusterRecord): Promise<void> {
  const network = networkOf(record.slot);
  const nodes = nodePlaces(record.name, record.slot, record.nodes);
  if (!hasInterface(network.bridge)) await ip('link', 'add', network.bridge, 'type', 'bridge');
  await ip('address', 'replace', `${network.hostAddress}/24`, 'dev', network.bridge);
  await ip('link', 'set', network.bridge, 'up');
  // What comes from a node may go on to another cluster, whether or not the machine forwards anything else.
  writeFileSync(`/proc/sys/net/ipv4/conf/${network.bridge}/forwarding`, '1');
  for (const node of nodes) {
    await ensureNode(node, network.bridge, network.hostAddress);
    await ensureNodeRules(node, record.slot);
  }
  for (const node of nodes) {
    await ip('route', 'replace', node.podRange, 'via', node.address);
    for (const other of nodes.filter((candidate) => candidate !== node)) {
      await ip('-n', namespaceOf(node), 'route', 'replace', other.podRange, 'via', other.address);
    }
  }
  for (const rule of hostRules(record)) await ensureRule(rule);
}

async function ensureNode(node: NodePlace, bridge: string, gateway: string): Promise<void> {
  const namespace = namespaceOf(node);
  if (!existsSync(`${NAMESPACES}/${namespace}`)) await ip('netns', 'add', namespace);
  if (!hasInterface(node.cable)) {
    await ip('link', 'add', node.cable, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', namespace);
  }
  await ip('link', 'set', node.cable, 'master', bridge, 'up');
  await ip('-n', namespace, 'link', 'set', 'lo', 'up');
  await ip('-n', namespace, 'address', 'replace', `${node.address}/24`, 'dev', 'eth0');
  await ip('-n', namespace, 'link', 'set', 'eth0', 'up');
  await ip('-n', namespace, 'route', 'replace', 'default', 'via', gateway);
  const enter = inNamespace(node, 'sh', ['-c', 'echo 1 > /proc/sys/net/ipv4/ip_forward']);
  await runCommand(enter.file, enter.args);
}

/**
 * The rules of a node beside kube-proxy's. Pods reach other networks under their node's address, while pods and nodes
 * of the cluster see each other as they are. A Service that kube-proxy does not know yet is refused at once: packets
 * that vanish would cost a client that starts together with its node a timeout of half a minute.
 */
async function ensureNodeRules(node: NodePlace, slot: number): Promise<void> {
  const { podRange, nodeRange } = networkOf(slot);
  const egress = ['-t', 'nat', '-A', 'MESHERY'];
  const plan = [
    ['-t', 'nat', '-N', 'MESHERY'],
    [...egress, '-d', podRange, '-j', 'RETURN'],
    [...egress, '-d', nodeRange, '-j', 'RETURN'],
    [...egress, '-j', 'MASQUERADE'],
    ['-t', 'nat', '-A', 'POSTROUTING', '-s', node.podRange, '-j', 'MESHERY'],
    ['-A', 'FORWARD', '-d', SERVICE_RANGE, '-j', 'REJECT'],
    ['-A', 'OUTPUT', '-d', SERVICE_RANGE, '-j', 'REJECT'],
  ];
  for (const rule of plan) {
    const present = await inNode(node, 'iptables', [
      '-w',
      '10',
      ...rule.map((arg) => (arg === '-A' ? '-C' : arg === '-N' ? '-S' : arg)),
    ]);
    if (present.code === 0) continue;
    const added = await inNode(node, 'iptables', ['-w', '10', ...rule]);
    if (added.code !== 0)
      throw new Error(`iptables ${rule.join(' ')} failed in ${namespaceOf(node)}: ${added.stderr.trim()}`);
  }
}

function inNode(node: NodePlace, program: string, args: readonly string[]): Promise<CommandResult> {
  const command = inNamespace(node, program, args);
  return runCommandAnyway(command.file, command.args);
}

/** True while a bridge or a cable of the slot is there, also one that was left behind. */
function hasInterfaceOf(slot: number): boolean {
  const cables = nodePlaces('', slot, MAX_NODES).map((node) => node.cable);
  return [networkOf(slot).bridge, ...cables].some(hasInterface);
}

function hasInterface(name: string): boolean {
  return existsSync(`/sys/class/net/${name}`);
}

/** Takes a node's cable out (false) or puts it back (true): what a broken network looks like to the cluster. */
export async function setCable(node: NodePlace, up: boolean): Promise<void> {
  await ip('link', 'set', node.cable, up ? 'up' : 'down');
}

/** A rule of the host's iptables. */
interface Rule {
  readonly table: string;
  readonly chain: string;
  readonly match: readonly string[];
}

/**
 * The only rules on the host: traffic on the bridge passes (a container engine's policy drops it, where bridged
 * packets go through iptables), and leaves for other networks under the host's address, so that images can be pulled.
 */
function hostRules(record: ClusterRecord): Rule[] {
  const { bridge, nodeRange } = networkOf(record.slot);
  const comment = ['-m', 'comment', '--comment', `meshery-cluster-${record.name}`];
  return [
    { table: 'filter', chain: 'FORWARD', match: ['-i', bridge, ...comment, '-j', 'ACCEPT'] },
    { table: 'filter', chain: 'FORWARD', match: ['-o', bridge, ...comment, '-j', 'ACCEPT'] },
    { table: 'nat', chain: 'POSTROUTING', match: ['-s', nodeRange, '!', '-o', bridge, ...comment, '-j', 'MASQUERADE'] },
  ];
}

const iptablesArgs = (action: string, rule: Rule): string[] => [
  '-w',
  '10',
  '-t',
  rule.table,
  action,
  rule.chain,
  ...rule.match,
];

async function ensureRule(rule: Rule): Promise<void> {
  const check = await runCommandAnyway('iptables', iptablesArgs('-C', rule));
  if (check.code !== 0) await runCommand('iptables', iptablesArgs('-I', rule));
}

/** Removes the cluster's namespaces, cables, bridge, routes and rules; what is not there is passed over. */
export async function removeNetwork(record: ClusterRecord): Promise<void> {
  if (record.nodes === 0) return;
  for (const rule of hostRules(record)) await removeRule(rule);
  for (const node of nodePlaces(record.name, record.slot, record.nodes)) {
    if (hasInterface(node.cable)) await ip('link', 'delete', node.cable);
    if (existsSync(`${NAMESPACES}/${namespaceOf(node)}`)) await ip('netns', 'delete', namespaceOf(node));
  }
  const { bridge } = networkOf(record.slot);
  // The routes to the pods go with the bridge that they lead through.
  if (hasInterface(bridge)) await ip('link', 'delete', bridge);
  await removeEmptyNamespaceFolder();
}

async function removeRule(rule: Rule): Promise<void> {
  const present = async (): Promise<boolean> =>
    (await runCommandAnyway('iptables', iptablesArgs('-C', rule))).code === 0;
  for (let times = 0; times < 10 && (await present()); times += 1)
    await runCommand('iptables', iptablesArgs('-D', rule));
}

/** `ip netns add` leaves a mount behind that nobody needs when the last namespace is gone. */
async function removeEmptyNamespaceFolder(): Promise<void> {
  if (!existsSync(NAMESPACES) || readdirSync(NAMESPACES).length > 0) return;
  const mounted = readFileSync('/proc/self/mounts', 'utf8')
    .split('\n')
    .some((line) => line.split(' ')[1] === NAMESPACES);
  if (mounted) await runCommand('umount', [NAMESPACES]);
  rmdirSync(NAMESPACES);
}
