import type { AgentStatusDocument } from '@meshery/contracts';
import type { KubeClient } from '@meshery/kube/reconcile';
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
import type { MeshSyncDeps } from '../meshsync/steps/meshsync-deps.ts';
import { askBroker } from './broker-hop.ts';
import { probeAnnotation } from './probe-result.ts';
import type { ProbeResult } from './probe-result.ts';

/** What a Prober needs. */
export interface ProberDeps {
  readonly client: KubeClient;
  readonly owned: OwnedObjects;
  readonly clock: Clock;
  readonly askAgent: MeshSyncDeps['askAgent'];
  readonly watches: ClusterWatches;
}

/** Longest probe of one hop: all three together stay below 5 s. */
const hopMs = 2000;

/**
 * Asks hop by hop when an annotation wants it: the operator (that it writes the answer), MeshSync, the broker. The first
 * that does not answer is the one that is named.
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
    if (id !== undefined) context.probe = await this.#probe(id, this.#agentsOf(broker), broker, signal);
  }

  /** Fills in `context.probe` when the MeshSync asks for it; its broker is asked last. Of a server only its agent knows. */
  async ofMeshSync(context: MeshSyncContext, signal: AbortSignal): Promise<void> {
    const { meshSync } = context;
    const id = wantedProbe(meshSync, meshSync.status?.probe?.id);
    if (id === undefined) return;
    if (meshSync.spec?.server !== undefined) {
      context.probe = this.#result(id, 'meshsync', whyNotSending(context.agent));
      return;
    }
    const ref = nativeBrokerOf(meshSync);
    const broker = ref === undefined ? undefined : this.#deps.watches.brokers.get(keyOf(ref));
    context.probe = await this.#probe(id, [meshSync], broker, signal);
  }

  async #probe(
    id: string,
    agents: readonly MeshSync[],
    broker: Broker | undefined,
    signal: AbortSignal,
  ): Promise<ProbeResult> {
    for (const agent of agents) {
      const why = await this.#agentFails(agent, signal);
      if (why !== undefined) return this.#result(id, 'meshsync', why);
    }
    const why = broker === undefined ? 'There is no Broker to ask.' : await this.#brokerFails(broker, signal);
    return this.#result(id, 'broker', why);
  }

  #result(id: string, hop: ProbeResult['hop'], why: string | undefined): ProbeResult {
    const time = new Date(Math.floor(this.#deps.clock.now() / 1000) * 1000).toISOString().replace('.000Z', 'Z');
    if (why === undefined) return { id, hop, result: 'ok', time };
    return { id, hop, result: 'failed', message: why.slice(0, 1024), time };
  }

  async #agentFails({ metadata }: MeshSync, signal: AbortSignal): Promise<string | undefined> {
    const names = meshSyncNames(metadata);
    const limit = AbortSignal.any([signal, AbortSignal.timeout(hopMs)]);
    try {
      const answer = await this.#deps.askAgent(names.namespace, meshSyncSelector(names), limit);
      return answer.type === 'answered' ? undefined : answer.reason;
    } catch (error) {
      return error instanceof Error ? error.message : 'The agent cannot be asked.';
    }
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

function whyNotSending(agent: AgentStatusDocument | undefined): string | undefined {
  if (agent === undefined) return 'No agent says how it is.';
  if (agent.server?.connected === true) return undefined;
  return `The agent is not connected to the server: ${agent.server?.reason ?? 'it does not say why'}`;
}

function wantedProbe({ metadata }: Broker | MeshSync, answered: string | undefined): string | undefined {
  const id = metadata.annotations?.[probeAnnotation];
  return id === undefined || id === '' || id === answered ? undefined : id.slice(0, 253);
}
