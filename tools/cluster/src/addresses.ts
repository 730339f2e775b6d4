import { ToolError } from '../../setup/src/tool-error.ts';

/** The range of Services; the same for every cluster, since it exists only inside of the nodes. */
export const SERVICE_RANGE = '10.96.0.0/16';
/** The Service of the API server: the first address of the range. */
export const API_SERVICE_ADDRESS = '10.96.0.1';
/** The Service of the cluster DNS. */
export const DNS_SERVICE_ADDRESS = '10.96.0.10';

/** How many clusters can live side by side: each takes a /22 of 10.244.0.0/16 for its pods. */
export const SLOTS = 63;
/** How many nodes a cluster can have. */
export const MAX_NODES = 3;

/** The addresses of one cluster, all derived from its slot. */
interface ClusterNetwork {
  /** The bridge on the host; at most 15 characters, as Linux demands. */
  readonly bridge: string;
  readonly hostAddress: string;
  readonly nodeRange: string;
  readonly podRange: string;
}

/** The smallest slot that no other cluster has. */
export function freeSlot(taken: ReadonlySet<number>): number {
  for (let slot = 0; slot < SLOTS; slot += 1) if (!taken.has(slot)) return slot;
  throw new ToolError(
    `there are ${String(SLOTS)} clusters on this machine, and there is no address range for one more`,
    'Remove those that are not needed any more: npm run cluster -- status shows them',
  );
}

/** The network of the cluster in a slot. */
export function networkOf(slot: number): ClusterNetwork {
  return {
    bridge: `meshery${String(slot)}`,
    hostAddress: `10.250.${String(slot)}.1`,
    nodeRange: `10.250.${String(slot)}.0/24`,
    podRange: `10.244.${String(slot * 4)}.0/22`,
  };
}

/** One node: its name, where it is, and which of the cluster's pods live there. */
export interface NodePlace {
  readonly name: string;
  /** 1..3 */
  readonly number: number;
  readonly address: string;
  readonly podRange: string;
  readonly podGateway: string;
  /** The host's end of the cable to the node. */
  readonly cable: string;
}

/** The nodes of a cluster. */
export function nodePlaces(cluster: string, slot: number, count: number): NodePlace[] {
  return Array.from({ length: count }, (_, index) => {
    const number = index + 1;
    const pods = `10.244.${String(slot * 4 + index)}`;
    return {
      name: `${cluster}-node-${String(number)}`,
      number,
      address: `10.250.${String(slot)}.${String(10 + number)}`,
      podRange: `${pods}.0/24`,
      podGateway: `${pods}.1`,
      cable: `meshery${String(slot)}n${String(number)}`,
    };
  });
}
