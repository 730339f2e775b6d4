import { probeAnnotation } from '@meshery/contracts/crds';
import { keyOf } from '@meshery/kube/reconcile';
import type { Clock } from '@meshery/observability';
import { secretText } from '../broker/broker-context.ts';
import type { BrokerContext } from '../broker/broker-context.ts';
import { brokerNames } from '../broker/broker-names.ts';
import type { ClusterWatches } from '../cluster/cluster-watches.ts';
import { kinds } from '../cluster/kinds.ts';
import type { Broker, MeshSync, Secret } from '../cluster/kinds.ts';
import type { OwnedObjects } from '../cluster/owned-objects.ts';
import { meshSyncNames, meshSyncSelector, nativeBrokerOf } from '../meshsync/meshsync-context.ts';
import type { MeshSyncContext } from '../meshsync/meshsync-context.ts';
import { brokerCondition } from '../meshsync/steps/agent-step.ts';
import type { AgentAnswer, MeshSyncDeps } from '../meshsync/steps/meshsync-deps.ts';
import { askBroker } from './broker-hop.ts';
import type { ProbeResult } from './probe-result.ts';

/** What a Prober needs. */
export interface ProberDeps {
  readonly owned: Pick<OwnedObjects, 'get'>;
  readonly clock: Clock;
  readonly askAgent: MeshSyncDeps['askAgent'];
  readonly watches: Pick<ClusterWatches, 'brokers' | 'meshSyncs'>;
}

/** Longest probe of one hop: all three together stay below 5 s. */
const hopMs = 2000;

/** Asks the broker; answers why that is not possible. */
type BrokerQuestion = () => Promise<string | undefined> | undefined;

/**
 * Asks hop by hop when an annotation wants it: the operator (that it writes the answer), MeshSync, the broker. The first
 * that does not answer is the one that is named; MeshSync, too, when it does not reach a broker that answers.
 */
export class Prober {
  readonly #deps: ProberDeps;

  constructor(deps: ProberDeps) {
    this.#deps = deps;
  }

  /** Fills in `context.probe` when the Broker asks for it; its agents are asked first. */
  async ofBroker(context: BrokerContext, signal: AbortSignal): Promise<void> {
    const { broker } = context;
    const id = wantedProbe(broker, broker.status?.probe?.id);
    if (id === undefined) return;
    context.probe = await this.#probe(id, this.#agentsOf(broker), () => this.#brokerFails(broker, signal), signal);
  }

  /** Fills in `context.probe` when the MeshSync asks for it; its broker is asked last. Of others only its agent knows. */
  async ofMeshSync(context: MeshSyncContext, signal: AbortSignal): Promise<void> {
    const { meshSync } = context;
    const id = wantedProbe(meshSync, meshSync.status?.probe?.id);
    if (id === undefined) return;
    if (meshSync.spec?.server !== undefined) {
      context.probe = this.#result(id, 'meshsync', whyNotSending(context.agent));
      return;
    }
    context.probe = await this.#probe(id, [meshSync], () => this.#brokerOfFails(meshSync, signal), signal);
  }

  async #probe(
    id: string,
    agents: readonly MeshSync[],
    askBroker: BrokerQuestion,
    signal: AbortSignal,
  ): Promise<ProbeResult> {
    let apart: string | undefined;
    for (const agent of agents) {
      const answer = await this.#ask(agent, signal);
      if (answer.type === 'silent' && answer.alive !== true) return this.#result(id, 'meshsync', answer.reason);
      if (answer.type === 'answered') apart ??= whyNotSending(answer.status);
    }
    const why = await askBroker();
    if (why !== undefined) return this.#result(id, 'broker', why);
    return this.#result(id, apart === undefined ? 'broker' : 'meshsync', apart);
  }

  #result(id: string, hop: ProbeResult['hop'], why: string | undefined): ProbeResult {
    const time = new Date(Math.floor(this.#deps.clock.now() / 1000) * 1000).toISOString().replace('.000Z', 'Z');
    if (why === undefined) return { id, hop, result: 'ok', time };
    return { id, hop, result: 'failed', message: why.slice(0, 1024), time };
  }

  async #ask({ metadata }: MeshSync, signal: AbortSignal): Promise<AgentAnswer> {
    const names = meshSyncNames(metadata);
    const limit = AbortSignal.any([signal, AbortSignal.timeout(hopMs)]);
    try {
      return await this.#deps.askAgent(names.namespace, meshSyncSelector(names), limit);
    } catch (error) {
      return { type: 'silent', reason: error instanceof Error ? error.message : 'The agent cannot be asked.' };
    }
  }

  #brokerOfFails(meshSync: MeshSync, signal: AbortSignal): ReturnType<BrokerQuestion> {
    const ref = nativeBrokerOf(meshSync);
    if (ref === undefined && (meshSync.spec?.broker?.custom?.url ?? '') !== '') return undefined;
    const broker = ref === undefined ? undefined : this.#deps.watches.brokers.get(keyOf(ref));
    return broker === undefined ? Promise.resolve('There is no Broker to ask.') : this.#brokerFails(broker, signal);
  }

  async #brokerFails(broker: Broker, signal: AbortSignal): Promise<string | undefined> {
    const names = brokerNames(broker.metadata);
    const { endpoint, tls } = broker.status ?? {};
    if (endpoint?.internal === undefined) return 'The Broker has no endpoint yet.';
    const read = (name: string, key: string): string | undefined =>
      secretText(this.#deps.owned.get<Secret>(kinds.secret, { namespace: names.namespace, name }), key);
    const fault = await askBroker(
      {
        address: endpoint.internal,
        token: read(names.auth, 'token'),
        ca: read(names.ca, 'ca.crt'),
        tls: tls?.mode === 'required',
        clock: this.#deps.clock,
      },
      AbortSignal.any([signal, AbortSignal.timeout(hopMs)]),
    );
    return fault?.message;
  }

  #agentsOf(broker: Broker): readonly MeshSync[] {
    const key = keyOf(broker.metadata);
    return this.#deps.watches.meshSyncs.list().filter((meshSync) => {
      const ref = nativeBrokerOf(meshSync);
      return ref !== undefined && keyOf(ref) === key;
    });
  }
}

function whyNotSending(agent: MeshSyncContext['agent']): string | undefined {
  if (agent === undefined) return 'No agent says how it is.';
  const { status, message } = brokerCondition(agent);
  return status === 'True' ? undefined : message;
}

function wantedProbe({ metadata }: Broker | MeshSync, answered: string | undefined): string | undefined {
  const id = metadata.annotations?.[probeAnnotation];
  return id === undefined || id === '' || id === answered ? undefined : id.slice(0, 253);
}
