import type { MesheryError } from '@meshery/errors';
import { clusterNotServed } from './request-faults.ts';
import type { AgentLink } from './agent-link.ts';

/** Which links serve which clusters; of several the newest gets the requests, as during an update of an agent. */
export class AgentLinks {
  readonly #byCluster = new Map<string, readonly AgentLink[]>();
  readonly #all = new Set<AgentLink>();

  add(link: AgentLink): void {
    this.#all.add(link);
  }

  /** The link is over. */
  remove(link: AgentLink): void {
    this.#all.delete(link);
    for (const clusterId of this.#byCluster.keys()) this.setServed(link, clusterId, false);
  }

  setServed(link: AgentLink, clusterId: string, served: boolean): void {
    const others = (this.#byCluster.get(clusterId) ?? []).filter((other) => other !== link);
    const links = served ? [...others, link] : others;
    if (links.length === 0) this.#byCluster.delete(clusterId);
    else this.#byCluster.set(clusterId, links);
  }

  /** Throws `meshery-core-1008` when nobody serves the cluster. */
  of(clusterId: string): AgentLink {
    const link = this.#byCluster.get(clusterId)?.at(-1);
    if (link === undefined) throw clusterNotServed(clusterId);
    return link;
  }

  /** Ends all. */
  end(reason: MesheryError): void {
    for (const link of [...this.#all]) link.end(reason);
  }
}
