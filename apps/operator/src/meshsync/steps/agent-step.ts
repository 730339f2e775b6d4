import type { AgentStatusDocument, KindProblem } from '@meshery/contracts';
import type { Judgement, Outcome, Step } from '@meshery/kube/reconcile';
import { kinds } from '../../cluster/kinds.ts';
import type { Workload } from '../../cluster/kinds.ts';
import { roleOf } from '../objects/access.ts';
import { agentDeployment } from '../objects/deployment.ts';
import { meshSyncSelector } from '../meshsync-context.ts';
import type { MeshSyncContext } from '../meshsync-context.ts';
import type { AgentAnswer, MeshSyncDeps } from './meshsync-deps.ts';

/** How often a running agent is asked how it is. */
const askAgainMs = 30_000;

/** The agents, and how they are. */
export function agentStep(deps: MeshSyncDeps): Step<MeshSyncContext> {
  return {
    name: 'agent',
    run: async (context, signal) => {
      const { owned, askAgent } = deps;
      const now = await owned.apply<Workload>(kinds.deployment, agentDeployment(context), signal);
      const { status, metadata } = now;
      if ((status?.replicas ?? 0) > 0) {
        const answer = await askAgent(context.names.namespace, meshSyncSelector(context.names), signal);
        judge(context, answer);
      }
      return rollout(context, status, status?.observedGeneration === metadata.generation);
    },
  };
}

function rollout({ size, spec, conditions }: MeshSyncContext, status: Workload['status'], seen: boolean): Outcome {
  const ready = status?.readyReplicas ?? 0;
  const updated = (status?.updatedReplicas ?? 0) >= size && (status?.replicas ?? 0) === size;
  if (seen && updated && ready > 0) return { type: 'done', afterMs: askAgainMs };
  return { type: 'waiting', ...whyWaiting(spec, conditions), afterMs: 5000, available: ready > 0 };
}

function whyWaiting({ server }: MeshSyncContext['spec'], conditions: readonly Judgement[]) {
  const why = conditions.find(({ type, status }) => type === 'BrokerConnected' && status === 'False');
  if (why !== undefined)
    return { reason: server === undefined ? 'BrokerUnreachable' : 'ServerUnreachable', message: why.message };
  const message = 'The agent is not ready yet; if this lasts, look at: kubectl describe pods -l component=meshsync';
  return { reason: 'AgentStarting', message };
}

/** What the agent says of itself, as conditions. */
function judge(context: MeshSyncContext, answer: AgentAnswer): void {
  if (answer.type === 'silent') {
    context.conditions.push({ type: 'AgentAnswers', status: 'False', reason: 'Silent', message: answer.reason });
    return;
  }
  const { status } = answer;
  context.agent = status;
  context.conditions.push(
    { type: 'AgentAnswers', status: 'True', reason: 'Answered', message: 'The agent says how it is.' },
    brokerCondition(status),
    accessCondition(context, status),
    configuredCondition(status),
    ...publishingCondition(status),
  );
}

/** Whether the agent reaches its broker, or the server where it dials that. */
export function brokerCondition({ broker, server, phase }: AgentStatusDocument): Judgement {
  if (phase === 'standby') {
    const message = 'All agents stand by; one begins to work within 15 s.';
    return { type: 'BrokerConnected', status: 'Unknown', reason: 'StandingBy', message };
  }
  const farSide = server ?? broker;
  if (farSide?.connected === true) {
    return { type: 'BrokerConnected', status: 'True', reason: 'Connected', message: 'The agent publishes.' };
  }
  const name = server === undefined ? 'broker' : 'server';
  const message = `The agent is not connected to the ${name}: ${farSide?.reason ?? 'it does not say why'}`;
  return { type: 'BrokerConnected', status: 'False', reason: 'NotConnected', message };
}

/** What `meshery-reader-core` leaves out on purpose. */
const leftOut: ReadonlySet<string> = new Set(['secrets.v1.']);

function accessCondition(context: MeshSyncContext, { kinds: watched }: AgentStatusDocument): Judgement {
  const all = watched.problems.filter(({ state }) => state === 'forbidden');
  const denied = roleOf(context) === 'meshery-reader-core' ? all.filter(({ kind }) => !leftOut.has(kind)) : all;
  if (denied.length > 0)
    return { type: 'Authorized', status: 'False', reason: 'Forbidden', message: deniedText(denied) };
  const message =
    all.length === 0
      ? 'The agent may read what it looks for.'
      : 'The agent may read what it looks for but Secrets; spec.clusterRole meshery-reader-all adds their metadata.';
  return { type: 'Authorized', status: 'True', reason: all.length === 0 ? 'AllKinds' : 'AllButSecrets', message };
}

function deniedText(denied: readonly KindProblem[]): string {
  const said = denied.slice(0, 10).map(({ kind, verb, remedy }) => `${verb ?? 'read'} ${kind}: ${remedy}`);
  const more = denied.length > 10 ? ` And ${String(denied.length - 10)} more kinds.` : '';
  return `The agent may not read some kinds. ${said.join(' ')}${more}`;
}

function configuredCondition({ conditions }: AgentStatusDocument): Judgement {
  const wrong = conditions.find(({ type }) => type === 'Configured');
  return wrong === undefined
    ? { type: 'Configured', status: 'True', reason: 'Valid', message: 'The agent does what the spec says.' }
    : { type: 'Configured', status: 'False', reason: wrong.reason, message: wrong.message };
}

/** A connection alone stores nothing. An agent that does not work yet has nothing to store. */
function publishingCondition({ conditions, phase }: AgentStatusDocument): readonly Judgement[] {
  const wrong = conditions.find(({ type }) => type === 'Publishing');
  if (wrong !== undefined)
    return [{ type: 'Publishing', status: 'False', reason: wrong.reason, message: wrong.message }];
  if (phase !== 'running') return [];
  return [{ type: 'Publishing', status: 'True', reason: 'Stored', message: 'What the agent finds is stored.' }];
}
