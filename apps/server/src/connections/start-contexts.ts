import { toMesheryError } from '@meshery/errors';
import { backoffDelay } from '@meshery/kube';
import type { Connection } from '@meshery/object-model';
import { backgroundContext } from '@meshery/observability';
import type { Clock, Logger, RequestContext } from '@meshery/observability';
import type { ServerConfig } from '../config.ts';
import { clusterSources } from '../discovery/cluster-sources.ts';
import type { StartSource } from '../discovery/cluster-sources.ts';
import type { ClusterCondition } from '../inventory/cluster-conditions.ts';
import { firstOrganizationId } from '../provider/local/first-records.ts';
import type { Providers } from '../provider/providers.ts';
import type { ConnectionLife } from './connection-life.ts';
import { everyConnection } from './every-connection.ts';
import type { KubernetesDriver } from './kinds/kubernetes-driver.ts';
import { isLeftBySystem } from './left-by-system.ts';

const retryDelay = { minMs: 1000, maxMs: 30_000 };

/** What the contexts of the start are made connections with. */
export interface StartContextsParts {
  readonly config: ServerConfig;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly random: () => number;
  readonly providers: Providers;
  readonly life: ConnectionLife;
  readonly kubernetes: KubernetesDriver;
}

/**
 * Makes every context that the server was started for a connection, connected unless somebody said otherwise since. A
 * kubeconfig that cannot be read is a condition, and tried again.
 */
export class StartContexts {
  readonly #parts: StartContextsParts;
  #fault: ClusterCondition | undefined;

  constructor(parts: StartContextsParts) {
    this.#parts = parts;
  }

  /** Resolves when every context is a connection, or the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, logger, random } = this.#parts;
    for (let failures = 1; !signal.aborted; failures += 1) {
      try {
        await this.#adoptAll(signal);
        this.#fault = undefined;
        return;
      } catch (thrown) {
        const { code, message, remedy = '' } = toMesheryError(thrown);
        if (this.#fault === undefined) logger.warn({ code, err: thrown }, 'no cluster can be discovered');
        const since = this.#fault?.since ?? new Date(clock.now()).toISOString();
        const base = { name: 'kubeconfig', apiServerUrl: '', reason: code, since };
        this.#fault = { ...base, message: `${message} ${remedy}`.trim() };
        await clock.sleep(backoffDelay(failures, retryDelay, random), signal).catch(() => undefined);
      }
    }
  }

  /** What keeps the contexts from being known. */
  conditions(): readonly ClusterCondition[] {
    return this.#fault === undefined ? [] : [this.#fault];
  }

  async #adoptAll(signal: AbortSignal): Promise<void> {
    const { config, clock, logger } = this.#parts;
    const sources = await clusterSources(config, clock);
    const ctx = backgroundContext(logger, signal, 'start');
    const earlier = await this.#earlier(ctx);
    const adopted = new Set<string>();
    for (const source of sources) adopted.add(await this.#adopt(ctx, source, earlier));
    for (const connection of earlier) {
      if (adopted.has(connection.id) || connection.status !== 'connected') continue;
      const why = 'The server was started without this context.';
      await this.#parts.life.move(ctx, connection.id, { to: 'disconnected', why });
    }
  }

  /** The connections that earlier starts made. */
  async #earlier(ctx: RequestContext): Promise<readonly Connection[]> {
    const filter = { organizationId: firstOrganizationId, kind: ['kubernetes'] };
    const earlier: Connection[] = [];
    for await (const connection of everyConnection(ctx, this.#parts.providers.of(ctx).connections, filter)) {
      const { origin, credentialId } = connection;
      if (origin === 'start' && typeof credentialId !== 'string') earlier.push(connection);
    }
    return earlier;
  }

  async #adopt(ctx: RequestContext, source: StartSource, earlier: readonly Connection[]): Promise<string> {
    const { providers, life, kubernetes } = this.#parts;
    const all = providers.of(ctx).connections;
    // Where files of the context cannot be read, its name has to do.
    const contextId = await source.contextId().catch(() => `name:${source.name}`);
    const known =
      (await all.ofContext(ctx, firstOrganizationId, contextId)) ?? earlier.find(({ name }) => name === source.name);
    const connection =
      known ?? (await all.create(ctx, this.#draft(source, contextId), 'The server was started for it.'));
    if (connection.contextId !== contextId) await all.update(ctx, connection.id, { contextId });
    kubernetes.adopt(connection.id, source);
    if (connection.status === 'connected') await life.refresh(ctx, connection.id);
    else if (await isLeftBySystem(all, ctx, connection)) {
      const why = 'The server was started for it again.';
      await life.move(ctx, connection.id, { to: 'connected', why, isTrusted: true });
    }
    return connection.id;
  }

  #draft({ name }: StartSource, contextId: string) {
    const kind = { kind: 'kubernetes', type: 'platform', subType: 'orchestration', status: 'connected' } as const;
    const metadata = {
      id: contextId,
      name,
      meshsyncDeploymentMode: this.#parts.config.meshsyncMode,
      deploymentType: deployment(contextId),
    };
    const texts = { description: 'A context of the kubeconfig that the server was started with.', url: '' };
    const organizationId = firstOrganizationId;
    return { ...kind, ...texts, name, organizationId, metadata, styles: {}, origin: 'start', contextId } as const;
  }
}

function deployment(contextId: string): string {
  return contextId === 'in-cluster' ? 'in_cluster' : 'out_of_cluster';
}
