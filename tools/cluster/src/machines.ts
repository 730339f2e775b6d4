import { runCommand } from '../../setup/src/run-command.ts';
import { networkOf } from './addresses.ts';
import { clusterDir, readRecord } from './state.ts';

/** The last number of the address of the one machine that can be beside the nodes. */
const MACHINE = 200;

/**
 * Connects a network namespace to the network of a cluster's nodes, as a machine beside them: it reaches NodePorts and
 * the API server, and runs no pods. Answers its address. The cable goes with the namespace, whose owner removes it.
 */
export async function connectMachine(name: string, namespace: string): Promise<string> {
  const record = readRecord(clusterDir(name));
  if (record === undefined || record.nodes === 0) throw new RangeError(`cluster ${name} has no network of nodes`);
  const { bridge, hostAddress } = networkOf(record.slot);
  const address = hostAddress.replace(/\d+$/, String(MACHINE));
  const cable = `${bridge}m`;
  const ip = (...args: string[]): Promise<string> => runCommand('ip', args);
  await ip('link', 'add', cable, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', namespace);
  await ip('link', 'set', cable, 'master', bridge, 'up');
  await ip('-n', namespace, 'address', 'add', `${address}/24`, 'dev', 'eth0');
  await ip('-n', namespace, 'link', 'set', 'eth0', 'up');
  await ip('-n', namespace, 'route', 'add', 'default', 'via', hostAddress);
  return address;
}
