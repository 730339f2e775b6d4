import { z } from 'zod';

/** Where a connection stands; one of them has a space on the wire. */
export const connectionStatuses = [
  'discovered',
  'registered',
  'connected',
  'ignored',
  'maintenance',
  'disconnected',
  'deleted',
  'not found',
] as const;
/** See `connectionStatuses`. */
export const connectionStatus = z.enum(connectionStatuses);
/** See `connectionStatuses`. */
export type ConnectionStatus = (typeof connectionStatuses)[number];

/** A status that a connection may go on to, and when that happens. */
export interface NextStatus {
  readonly nextState: ConnectionStatus;
  readonly description: string;
}

/** The life cycle of a kind: for each status the ones that may follow. What is not listed is illegal. */
export type TransitionMap = Readonly<Partial<Record<ConnectionStatus, readonly NextStatus[]>>>;

const maxReason = 1024;
const nextStatus = z.object({ nextState: connectionStatus, description: z.string().max(maxReason).default('') });

/** See `TransitionMap`. */
export const transitionMap = z.partialRecord(
  connectionStatus,
  z.array(nextStatus).max(connectionStatuses.length).readonly(),
) satisfies z.ZodType<TransitionMap>;

/** What a client asks to be done to a connection, in the words of the registration route, and where that leads. */
export const statusOfEvent = {
  discovery: 'discovered',
  register: 'registered',
  connect: 'connected',
  disconnect: 'disconnected',
  ignore: 'ignored',
  delete: 'deleted',
  'not found': 'not found',
} as const satisfies Readonly<Record<string, ConnectionStatus>>;
/** See `statusOfEvent`. */
export type ConnectionEvent = keyof typeof statusOfEvent;

/** True where the map lets a connection go from one status to the other; to stay is not to go. */
export function mayFollow(map: TransitionMap, from: ConnectionStatus, to: ConnectionStatus): boolean {
  return map[from]?.some(({ nextState }) => nextState === to) === true;
}

/** What one may be made as: its usual first status, and every one that its life leads to, but the end of it. */
export function firstStatuses(map: TransitionMap, usual: ConnectionStatus): readonly ConnectionStatus[] {
  const led = new Set(Object.values(map).flatMap((steps) => steps.map(({ nextState }) => nextState)));
  return connectionStatuses.filter((status) => status !== 'deleted' && (status === usual || led.has(status)));
}

/** Every status that a life comes to from its first one, that one included. */
export function lifeFrom(map: TransitionMap, first: ConnectionStatus): ReadonlySet<ConnectionStatus> {
  const reached = new Set([first]);
  // What is added while a set is walked is walked too.
  for (const status of reached) for (const { nextState } of map[status] ?? []) reached.add(nextState);
  return reached;
}

/** What is wrong about a life; undefined for one that can be gone through as it is. */
export function lifeFault(map: TransitionMap, first: ConnectionStatus): string | undefined {
  if (first === 'deleted') return 'cannot begin with "deleted"';
  if ((map.deleted ?? []).length > 0) return 'must not lead on from "deleted"';
  const reached = lifeFrom(map, first);
  const lost = connectionStatuses.find((status) => map[status] !== undefined && !reached.has(status));
  return lost === undefined || lost === 'deleted' ? undefined : `never leads from "${first}" to "${lost}"`;
}

/** The shortest legal way from one status to another, without the first; empty where there is none, or nothing to do. */
export function shortestWay(
  map: TransitionMap,
  from: ConnectionStatus,
  to: ConnectionStatus,
): readonly ConnectionStatus[] {
  const ways: (readonly ConnectionStatus[])[] = [[]];
  const seen = new Set([from]);
  for (const way of ways) {
    const last = way.at(-1) ?? from;
    if (last === to) return way;
    for (const { nextState } of map[last] ?? []) {
      if (nextState === 'deleted' || seen.has(nextState)) continue;
      seen.add(nextState);
      ways.push([...way, nextState]);
    }
  }
  return [];
}

/** One line of the history of a connection. */
export interface StatusChange {
  readonly connectionId: string;
  /** From 1, without gaps while lines are kept. */
  readonly position: number;
  /** Undefined for the line of its making. */
  readonly from?: ConnectionStatus | null;
  readonly to: ConnectionStatus;
  /** Id of a user, or "system". */
  readonly by: string;
  /** One sentence for people. */
  readonly why: string;
  /** False for a change that was refused; the connection stayed as it was. */
  readonly isDone: boolean;
  /** RFC 3339. */
  readonly at: string;
}
