import { KindState, mostAgentProblems } from '@meshery/contracts';
import type { AgentFault, AgentStatusDocument, KindProblem } from '@meshery/contracts';
import type { AgentCondition, AgentStatus, KindStatus } from '@meshery/discovery';

/** What a status is made of. */
export interface StatusParts {
  readonly version: string;
  readonly agent: Omit<AgentStatus, 'phase'> & Pick<AgentStatusDocument, 'phase'>;
  /** Absent where there is no broker. */
  readonly broker: AgentStatusDocument['broker'];
  /** Absent where the agent does not dial the server. */
  readonly server: AgentStatusDocument['server'];
  /** Faults of the resource that the agent follows, and of its Lease. */
  readonly resource: readonly AgentCondition[];
  /** Why batches are not stored; absent while they are. */
  readonly unstored: AgentCondition | undefined;
}

/** States of kinds that somebody has to know about; the first needs somebody most. */
const problemStates = new Map<KindState, KindProblem['state']>([
  [KindState.KIND_STATE_FORBIDDEN, 'forbidden'],
  [KindState.KIND_STATE_LAGGING, 'lagging'],
  [KindState.KIND_STATE_UNSUPPORTED, 'unsupported'],
]);

/** Kinds that nobody watches. */
const silent: ReadonlySet<KindState> = new Set([KindState.KIND_STATE_EXCLUDED, KindState.KIND_STATE_REMOVED]);

/** Types of the conditions of the discovery engine; all others are about the way to the cluster. */
const types: Readonly<Record<string, AgentFault['type']>> = {
  InvalidWatchList: 'Configured',
  NothingToWatch: 'Configured',
  RunNotOpened: 'Publishing',
  ObjectsParked: 'Publishing',
};

/** The status as it is served. */
export function statusDocument(parts: StatusParts): AgentStatusDocument {
  const { version, agent, broker, server, resource, unstored } = parts;
  const { clusterId, incarnation, phase } = agent;
  const watched = agent.kinds.filter(({ state }) => !silent.has(state));
  return {
    version,
    ...(clusterId === undefined ? {} : { clusterId }),
    ...(incarnation === undefined ? {} : { incarnation }),
    ...(broker === undefined ? {} : { broker }),
    ...(server === undefined ? {} : { server }),
    phase,
    conditions: [
      ...resource.map((condition) => ({ type: 'Configured' as const, ...condition })),
      ...agent.conditions.map((condition) => ({ type: types[condition.reason] ?? 'Discovering', ...condition })),
      ...(unstored === undefined ? [] : [{ type: 'Publishing' as const, ...unstored }]),
    ],
    kinds: {
      total: watched.length,
      inSync: watched.filter(({ state }) => state === KindState.KIND_STATE_SYNCED).length,
      problems: problemsOf(watched),
    },
  };
}

function problemsOf(kinds: readonly KindStatus[]): readonly KindProblem[] {
  const problems = [...problemStates].flatMap(([state, word]) =>
    kinds.filter((kind) => kind.state === state).map((kind) => problemOf(kind, word)),
  );
  return problems.slice(0, mostAgentProblems);
}

function problemOf(kind: KindStatus, state: KindProblem['state']): KindProblem {
  const { resource, reason, message, verb } = kind;
  const remedy = remedyOf(kind, state);
  return { kind: resource, state, ...(verb === undefined ? {} : { verb }), reason, message, remedy };
}

function remedyOf({ resource, reason }: KindStatus, state: KindProblem['state']): string {
  if (reason === 'Unauthorized') return 'Renew the credential of the agent.';
  if (state === 'forbidden') return grantOf(resource);
  if (state === 'unsupported')
    return `Nothing, if no program serves ${resource} any more; else look at its API server.`;
  if (reason === 'SendFailed')
    return 'Look at the broker and its stream, or at the server; the agent tries again by itself.';
  return 'Look at the API server; the agent tries again by itself.';
}

/** The rule in words that people find again in a manifest. */
function grantOf(resource: string): string {
  const [plural = '', , ...group] = resource.split('.');
  const apiGroup = group.join('.') === '' ? '"" (the core group)' : `"${group.join('.')}"`;
  return `Add to the ClusterRole of the agent a rule with apiGroups ${apiGroup}, resources "${plural}" and verbs "list" and "watch".`;
}
