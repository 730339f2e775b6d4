import { request } from 'node:http';
import { agentStatusPath, parseAgentStatus } from '@meshery/contracts';
import type { KubeClient, KubeObject } from '@meshery/kube/reconcile';
import { kinds } from '../cluster/kinds.ts';
import { agentPort } from '../meshsync/objects/deployment.ts';
import type { AgentAnswer, MeshSyncDeps } from '../meshsync/steps/meshsync-deps.ts';

interface Pod extends KubeObject {
  readonly status?: { readonly podIP?: string; readonly phase?: string };
}

const timeoutMs = 2000;
const maxBytes = 256 * 1024;
/** As many agents as a MeshSync may have. */
const maxAgents = 10;

/** Asks the agents of a MeshSync how they are; of several, the one that works answers for all. */
export function askAgent({ client }: { readonly client: KubeClient }): MeshSyncDeps['askAgent'] {
  return async (namespace, labels, signal) => {
    const labelSelector = Object.entries(labels)
      .map(([key, value]) => `${key}=${value}`)
      .join(',');
    const pods = await client.list<Pod>(kinds.pod, { namespace, labelSelector }, signal);
    const addresses = pods.map(({ status }) => status?.podIP).filter((ip) => ip !== undefined);
    if (addresses.length === 0) return { type: 'silent', reason: 'No pod of the agent has an address yet.' };
    const answers = await Promise.all(addresses.slice(0, maxAgents).map((address) => ask(address, signal)));
    return best(answers);
  };
}

function best(answers: readonly AgentAnswer[]): AgentAnswer {
  const silent: AgentAnswer = { type: 'silent', reason: 'No pod of the agent answers.' };
  return answers.reduce((before, answer) => (rank(answer) > rank(before) ? answer : before), answers[0] ?? silent);
}

/** Those that stand by know nothing of how the work goes. */
function rank(answer: AgentAnswer): number {
  if (answer.type === 'silent') return 0;
  if (answer.status.phase === 'standby') return 1;
  return answer.status.phase === 'running' ? 3 : 2;
}

/** They have no status: that they live is all there is to know. */
const published: AgentAnswer = {
  type: 'silent',
  reason: 'The agent is a published one, which does not say how it is.',
  alive: true,
};

async function ask(address: string, signal: AbortSignal): Promise<AgentAnswer> {
  const host = address.includes(':') ? `[${address}]` : address;
  const where = `http://${host}:${String(agentPort)}${agentStatusPath}`;
  try {
    const { status, text } = await fetchText(where, AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]));
    if (status === 404) return published;
    const agent = status === 200 ? parseAgentStatus(text) : undefined;
    if (agent !== undefined) return { type: 'answered', status: agent };
    return { type: 'silent', reason: `The agent answered ${where} with status ${String(status)}.` };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'no answer in time';
    return { type: 'silent', reason: `The agent does not answer at ${where} (${code}).` };
  }
}

/** A plain request without a pool: an agent is asked twice a minute. */
function fetchText(url: string, signal: AbortSignal): Promise<{ readonly status: number; readonly text: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; text: string }>();
  const outgoing = request(url, { signal, agent: false }, (incoming) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    incoming.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > maxBytes) incoming.destroy(new Error('the answer is too long'));
      else chunks.push(chunk);
    });
    incoming.on('end', () => {
      resolve({ status: incoming.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') });
    });
    incoming.on('error', reject);
  });
  outgoing.on('error', reject);
  outgoing.end();
  return promise;
}
