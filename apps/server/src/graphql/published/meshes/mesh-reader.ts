import { MesheryError } from '@meshery/errors';
import type { Clock, RequestContext } from '@meshery/observability';
import type { InventoryQueries } from '../../../inventory/inventory-queries.ts';
import { discoveredObjects } from '../discovered-objects.ts';
import { addonNames } from './mesh-catalogue.ts';
import { meshPodOf, meshesOfAddon } from './mesh-objects.ts';
import type { MeshContainer, MeshFound, MeshMember } from './mesh-objects.ts';

/** What one cluster has of service meshes. */
export interface MeshFindings {
  readonly members: readonly MeshFound<MeshMember>[];
  readonly proxies: readonly MeshFound<MeshContainer>[];
  /** Names of Services. */
  readonly addons: readonly MeshFound<string>[];
}

/** Parts of MeshReader. */
export interface MeshReaderParts {
  readonly queries: InventoryQueries;
  readonly clock: Clock;
  readonly shutdown: AbortSignal;
}

/** Containers and Pods of meshes that are answered at most. */
export const mostFound = 5000;
const readingMs = 60_000;
/** However many ask, at most one part of the time in this many is spent with reading one cluster. */
const restFactor = 10;
const mostKept = 100;

interface Reading {
  readonly begun: number;
  readonly findings: Promise<MeshFindings>;
  /** When it was done; undefined while it goes on. */
  done?: number;
}

/** Looks through the Pods and Services of clusters for service meshes: once for all who ask at the same time. */
export class MeshReader {
  readonly #parts: MeshReaderParts;
  /** By cluster, oldest first. */
  readonly #readings = new Map<string, Reading>();

  constructor(parts: MeshReaderParts) {
    this.#parts = parts;
  }

  /** What a cluster has that the user may see. Rejects with `meshery-core-1006` when that is too much. */
  findings(ctx: RequestContext, clusterId: string): Promise<MeshFindings> {
    const last = this.#readings.get(clusterId);
    if (last !== undefined && this.#isFresh(last)) return last.findings;
    const reading: Reading = { begun: this.#parts.clock.monotonic(), findings: this.#read(ctx, clusterId) };
    this.#readings.delete(clusterId);
    this.#readings.set(clusterId, reading);
    const [oldest] = this.#readings.keys();
    if (this.#readings.size > mostKept && oldest !== undefined) this.#readings.delete(oldest);
    const end = (): void => {
      reading.done = this.#parts.clock.monotonic();
    };
    reading.findings.then(end, end);
    return reading.findings;
  }

  #isFresh({ begun, done }: Reading): boolean {
    return done === undefined || this.#parts.clock.monotonic() < done + (done - begun) * restFactor;
  }

  /** Others may wait for it too, so that it ends with the server and not with who asked first. */
  async #read(asked: RequestContext, clusterId: string): Promise<MeshFindings> {
    const signal = AbortSignal.any([this.#parts.shutdown, AbortSignal.timeout(readingMs)]);
    const ctx = { ...asked, signal };
    const clusterIds = [clusterId];
    const members: MeshFound<MeshMember>[] = [];
    const proxies: MeshFound<MeshContainer>[] = [];
    for await (const { json } of discoveredObjects(this.#parts.queries, ctx, { clusterIds, kinds: ['Pod'] })) {
      const pod = json === undefined ? undefined : meshPodOf(json);
      members.push(...(pod?.members ?? []));
      proxies.push(...(pod?.proxies ?? []));
      if (members.length + proxies.length > mostFound) throw tooMuch();
    }
    const places = new Map<string, Set<string>>();
    for (const { mesh, item } of members) places.set(mesh, (places.get(mesh) ?? new Set()).add(item.namespace));
    const addons: MeshFound<string>[] = [];
    for (const search of addonNames) {
      const filter = { clusterIds, kinds: ['Service'], search };
      for await (const service of discoveredObjects(this.#parts.queries, ctx, filter)) {
        if (service.name !== search) continue;
        addons.push(...meshesOfAddon(service, places).map((mesh) => ({ mesh, item: service.name })));
      }
    }
    return { members, proxies, addons };
  }
}

/** The error for more than is answered at once. */
export function tooMuch(): MesheryError {
  return new MesheryError('meshery-core-1006', `More than ${String(mostFound)} containers belong to service meshes.`, {
    probableCause: 'Published clients ask for all of them at once, and here they are too many for that.',
    remedy: 'Name fewer connections, or ask "resources" for the Pods of a namespace, page by page.',
  });
}
