import type { AgentCondition } from '@meshery/discovery';
import { MesheryError } from '@meshery/errors';
import { createKubeTransport } from '@meshery/kube';
import type { ClusterAccess, KubeTransport } from '@meshery/kube';
import { KubeClient, LeaseElector } from '@meshery/kube/reconcile';
import type { LeaseElectorOptions } from '@meshery/kube/reconcile';
import type { Lead } from './lead.ts';

/** What a LeasedLead needs. */
export interface LeasedLeadDeps extends Omit<LeaseElectorOptions, 'client' | 'durationMs' | 'retryMs' | 'stands'> {
  readonly access: ClusterAccess;
}

/** With the time until it is seen and the run is opened, an agent that was killed is replaced within 15 s. */
const durationMs = 10_000;
const retryMs = 1000;

/** The agent that holds a Lease works. It works once: who loses the lead ends, and is started anew to stand by. */
export class LeasedLead implements Lead {
  readonly #transport: KubeTransport;
  readonly #elector: LeaseElector;
  readonly #name: string;

  constructor({ access, ...options }: LeasedLeadDeps) {
    const { clock, lease } = options;
    this.#name = `${lease.namespace}/${lease.name}`;
    this.#transport = createKubeTransport(access, { clock, userAgent: 'meshery-meshsync' });
    const client = new KubeClient({ transport: this.#transport, clock });
    this.#elector = new LeaseElector({ ...options, client, durationMs, retryMs });
  }

  get leading(): boolean {
    return this.#elector.leading;
  }

  conditions(): readonly AgentCondition[] {
    const { fault } = this.#elector;
    if (fault === undefined) return [];
    const { code, message, remedy = '' } = fault;
    const text = `The Lease ${this.#name} cannot be read or taken, so this agent may never work. ${code}: ${message} ${remedy}`;
    return [{ reason: 'LeaseUnusable', message: text.trim() }];
  }

  async run(signal: AbortSignal, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const over = new AbortController();
    const ended = Promise.withResolvers<void>();
    try {
      await this.#elector.run(AbortSignal.any([signal, over.signal]), async (lead) => {
        try {
          await work(lead);
          if (lead.aborted && !signal.aborted) throw leadLost(this.#name);
          ended.resolve();
        } catch (error) {
          ended.reject(error);
        } finally {
          over.abort();
        }
      });
      if (over.signal.aborted) await ended.promise;
    } finally {
      await this.#transport.close();
    }
  }
}

function leadLost(lease: string): MesheryError {
  return new MesheryError('meshery-discovery-1403', `Another agent may hold the Lease ${lease} by now.`, {
    probableCause: 'This agent was stopped for a while, or could not reach the API server to renew the Lease.',
    remedy: 'None, where this program is started anew by itself: it then stands by.',
  });
}
