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

/** What one may be made as: every status that its life leads to, but the end of it. */
export function firstStatuses(map: TransitionMap): readonly ConnectionStatus[] {
  const led = new Set(Object.values(map).flatMap((steps) => steps.map(({ nextState }) => nextState)));
  return connectionStatuses.filter((status) => status !== 'deleted' && (status === 'discovered' || led.has(status)));
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
