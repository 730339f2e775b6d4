/** Where the status of an agent is served, beside its health. */
export const agentStatusPath = '/statusz';

/** Most kinds that a status lists with their problems. */
export const mostAgentProblems = 50;

/** Something that is not as it should be: status False of this condition type. */
export interface AgentFault {
  /** Configured: what is to be discovered; Discovering: the way to the cluster; Publishing: the way to the far side. */
  readonly type: 'Configured' | 'Discovering' | 'Publishing';
  /** CamelCase. */
  readonly reason: string;
  /** For people, with the remedy. */
  readonly message: string;
}

/** A kind that is not in sync. */
export interface KindProblem {
  /** Resource key, for example "secrets.v1.". */
  readonly kind: string;
  readonly state: 'forbidden' | 'unsupported' | 'lagging';
  /** What the API server did not answer; absent when it is not about the API server. */
  readonly verb?: 'list' | 'watch';
  /** CamelCase. */
  readonly reason: string;
  readonly message: string;
  /** What a person can do. */
  readonly remedy: string;
}

/** The connection to where what is found goes. */
export interface FarSideStatus {
  readonly connected: boolean;
  /** Why not, with code and remedy. */
  readonly reason?: string;
}

/** What an agent says about itself on its health port. It holds no secret. */
export interface AgentStatusDocument {
  readonly version: string;
  /** Uid of namespace kube-system; absent until it was read. */
  readonly clusterId?: string;
  /** The run; absent until there is one. */
  readonly incarnation?: string;
  /** Absent where the agent has no broker, and while it stands by. */
  readonly broker?: FarSideStatus;
  /** The server that the agent dials; absent where it has a broker, and while it stands by. */
  readonly server?: FarSideStatus;
  /** standby: another agent works, and this one takes over when that ends. */
  readonly phase: 'idle' | 'standby' | 'connecting' | 'opening' | 'running' | 'stopped';
  readonly conditions: readonly AgentFault[];
  readonly kinds: {
    /** Watched kinds, those with problems included. */
    readonly total: number;
    readonly inSync: number;
    /** The first of them, those first that a person has to do something about. */
    readonly problems: readonly KindProblem[];
  };
}

const phases = ['idle', 'standby', 'connecting', 'opening', 'running', 'stopped'] as const;
const types = ['Configured', 'Discovering', 'Publishing'] as const;
const states = ['forbidden', 'unsupported', 'lagging'] as const;
const verbs = ['list', 'watch'] as const;

/** Reads a status; undefined for anything that is not one. Unknown fields and entries are left out. */
export function parseAgentStatus(text: string): AgentStatusDocument | undefined {
  const root = fieldsOf(parseJson(text));
  const kinds = fieldsOf(root?.['kinds']);
  const phase = wordOf(root?.['phase'], phases);
  const total = countOf(kinds?.['total']);
  const inSync = countOf(kinds?.['inSync']);
  if (root === undefined || phase === undefined || total === undefined || inSync === undefined) return undefined;
  return {
    version: textOf(root['version']) ?? '',
    ...optional('clusterId', textOf(root['clusterId'])),
    ...optional('incarnation', textOf(root['incarnation'])),
    ...optional('broker', farSideOf(fieldsOf(root['broker']))),
    ...optional('server', farSideOf(fieldsOf(root['server']))),
    phase,
    conditions: entriesOf(root['conditions'], faultOf),
    kinds: { total, inSync, problems: entriesOf(kinds?.['problems'], problemOf).slice(0, mostAgentProblems) },
  };
}

type Fields = Readonly<Record<string, unknown>>;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function countOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

function wordOf<W extends string>(value: unknown, words: readonly W[]): W | undefined {
  return words.find((word) => word === value);
}

function optional<K extends string, T>(key: K, value: T | undefined): { readonly [P in K]?: T } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [P in K]: T });
}

function entriesOf<T>(value: unknown, read: (fields: Fields) => T | undefined): readonly T[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry: unknown) => {
    const fields = fieldsOf(entry);
    const known = fields === undefined ? undefined : read(fields);
    return known === undefined ? [] : [known];
  });
}

function farSideOf(fields: Fields | undefined): FarSideStatus | undefined {
  const connected = fields?.['connected'];
  if (typeof connected !== 'boolean') return undefined;
  return { connected, ...optional('reason', textOf(fields?.['reason'])) };
}

function faultOf(fields: Fields): AgentFault | undefined {
  const type = wordOf(fields['type'], types);
  const reason = textOf(fields['reason']);
  if (type === undefined || reason === undefined) return undefined;
  return { type, reason, message: textOf(fields['message']) ?? '' };
}

function problemOf(fields: Fields): KindProblem | undefined {
  const kind = textOf(fields['kind']);
  const state = wordOf(fields['state'], states);
  if (kind === undefined || state === undefined) return undefined;
  return {
    kind,
    state,
    ...optional('verb', wordOf(fields['verb'], verbs)),
    reason: textOf(fields['reason']) ?? '',
    message: textOf(fields['message']) ?? '',
    remedy: textOf(fields['remedy']) ?? '',
  };
}
