import { randomUUID } from 'node:crypto';
import { meshGroup, probeAnnotation } from '@meshery/contracts/crds';
import type { KubeClient, KubeObject, ResourceType } from '@meshery/kube/reconcile';
import type { Connection } from '@meshery/object-model';
import type { Clock, RequestContext } from '@meshery/observability';
import { brokers, meshSyncs, partsFromCluster } from '../../controllers/controller-objects.ts';
import { brokenHop } from './broken-hop.ts';
import { AskedDriver } from './asked-driver.ts';
import type { ProbeAnswer } from './connection-driver.ts';
import type { TiedCluster, TiedClusters } from './tied-cluster.ts';

/** What operators and agents are reached with. */
export interface PartDriverParts {
  readonly clusters: TiedClusters;
  readonly clock: Clock;
}

/** How long an operator may take to answer; it asks two others, each for two seconds at most. */
const answerMs = 7000;
const lookEveryMs = 200;

interface Probe {
  readonly id?: string;
  readonly hop?: string;
  readonly result?: string;
  readonly message?: string;
}

type Probed = KubeObject & { readonly status?: { readonly probe?: Probe } };

/** The operator, and MeshSync behind it: asked through the API server of their cluster, hop by hop. */
export class PartDriver extends AskedDriver {
  readonly #part: 'operator' | 'meshsync';
  readonly #parts: PartDriverParts;

  constructor(part: 'operator' | 'meshsync', parts: PartDriverParts) {
    super();
    this.#part = part;
    this.#parts = parts;
  }

  probe(ctx: RequestContext, connection: Connection): Promise<ProbeAnswer> {
    return this.#parts.clusters.use(ctx, connection, (cluster) => this.#probe(cluster, ctx.signal));
  }

  async #probe({ access, client }: TiedCluster, signal: AbortSignal): Promise<ProbeAnswer> {
    const { operator, meshSync, broker } = await partsFromCluster(access, this.#parts.clock, signal);
    const part = this.#part === 'operator' ? operator : meshSync;
    if (operator === undefined) throw failed('operator', 'it is not there');
    if (part === undefined) throw failed(this.#part, 'it is not there');
    const asked = [meshSync === undefined ? undefined : meshSyncs, broker === undefined ? undefined : brokers].find(
      (type) => type !== undefined,
    );
    // An operator that was given nothing to run has nothing to answer with: its Deployment says how it is.
    if (asked === undefined && !operator.isReady) throw failed('operator', 'none of its pods is ready');
    if (asked !== undefined) await this.#ask(client, asked, signal);
    return { version: part.version, facts: { version: part.version } };
  }

  async #ask(client: KubeClient, type: ResourceType, signal: AbortSignal): Promise<void> {
    const [first] = await client.list<Probed>(type, {}, signal);
    if (first === undefined) throw failed(this.#part, 'it was removed');
    const id = randomUUID();
    const patch = { metadata: { annotations: { [probeAnnotation]: id } } };
    await client.patch(type, first.metadata, { patch }, signal);
    const { hop, result, message = '' } = await this.#answer(client, { type, first, id }, signal);
    if (result === 'failed' && hop === this.#part) throw failed(this.#part, message);
  }

  async #answer(
    client: KubeClient,
    { type, first, id }: { readonly type: ResourceType; readonly first: Probed; readonly id: string },
    signal: AbortSignal,
  ): Promise<Probe> {
    const { clock } = this.#parts;
    const end = clock.monotonic() + answerMs;
    while (clock.monotonic() < end) {
      const probe = (await client.get<Probed>(type, first.metadata, signal))?.status?.probe;
      if (probe?.id === id) return probe;
      await clock.sleep(lookEveryMs, signal);
    }
    throw failed('operator', `it did not answer within ${String(answerMs / 1000)} s`);
  }
}

const names = { operator: 'operator', meshsync: 'MeshSync' } as const;

function failed(step: keyof typeof names, why: string): Error {
  return brokenHop({
    step,
    message: `The API server answers, but the ${names[step]} does not: ${why.replace(/\.$/, '')}.`,
    probableCause:
      step === 'operator'
        ? 'It was not deployed, its pods do not run, or it is one that knows no probes.'
        : 'Its pods do not run, or the operator cannot reach them.',
    remedy: `Look at its pods and at its resources: kubectl get pods,meshsyncs.${meshGroup},brokers.${meshGroup} -A.`,
  });
}
