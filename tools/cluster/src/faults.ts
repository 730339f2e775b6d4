import { nodePlaces } from './addresses.ts';
import { setCable } from './network.ts';
import { clusterDir, readRecord } from './state.ts';

/** Cuts a node (by its number, from 1) off from the rest of its cluster, or connects it again: for fault tests. Needs root. */
export async function setNodeConnected(name: string, number: number, connected: boolean): Promise<void> {
  const record = readRecord(clusterDir(name));
  const places = record === undefined ? [] : nodePlaces(record.name, record.slot, record.nodes);
  const place = places.find((candidate) => candidate.number === number);
  if (place === undefined) throw new RangeError(`cluster ${name} has no node ${String(number)}`);
  await setCable(place, connected);
}
