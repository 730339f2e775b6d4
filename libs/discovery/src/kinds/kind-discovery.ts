import { createApiDiscovery, ResourceStream, backoffDelay } from '@meshery/kube';
import type { ApiCatalog, ApiDiscovery } from '@meshery/kube';
import type { RunContext } from '../agent/run-context.ts';
import { ChangeTracker } from './change-tracker.ts';
import type { Expectation } from './change-tracker.ts';
import { DefinitionSink } from './definition-sink.ts';

/**
 * Delays between looks after a definition changed, in ms: the API server shows a new kind a little after its definition
 * is accepted. Unchanged documents cost a 304 each.
 */
const burstMs = [0, 100, 200, 400, 800, 1600, 3200, 6400] as const;

/** Keeps the catalog of kinds up to date: at the start, when definitions change, and now and then without a reason. */
export class KindDiscovery {
  readonly #context: RunContext;
  readonly #onCatalog: (catalog: ApiCatalog) => Promise<void>;
  readonly #api: ApiDiscovery;
  readonly #tracker: ChangeTracker;
  readonly #crds: DefinitionSink;

  constructor(context: RunContext, onCatalog: (catalog: ApiCatalog) => Promise<void>) {
    this.#context = context;
    this.#onCatalog = onCatalog;
    this.#api = createApiDiscovery(context.transport);
    this.#tracker = new ChangeTracker(context.clock);
    this.#crds = new DefinitionSink('crd', this.#tracker);
  }

  /** Reads the catalog, then follows changes until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    const { tasks, config } = this.#context;
    await this.#readUntilDone(signal);
    const services = new DefinitionSink('api-service', this.#tracker);
    tasks.own(this.#follow('/apis/apiextensions.k8s.io/v1/customresourcedefinitions', this.#crds, signal));
    tasks.own(this.#follow('/apis/apiregistration.k8s.io/v1/apiservices', services, signal));
    while (!signal.aborted) {
      const interval = this.#crds.live ? config.rediscoverMs : config.rediscoverBlindMs;
      const expected = await this.#tracker.wait(interval, signal);
      await this.#readUntilSeen(expected, signal);
    }
  }

  #follow(path: string, sink: DefinitionSink, signal: AbortSignal): Promise<void> {
    const { transport, gate, clock, random, config, snapshots } = this.#context;
    const options = {
      transport,
      gate,
      clock,
      random,
      config: config.stream,
      snapshots,
      path,
      metadataOnly: true,
      sink,
    };
    return new ResourceStream(options).run(signal);
  }

  async #readUntilDone(signal: AbortSignal): Promise<ApiCatalog> {
    const { gate, clock, random, config, logger, setCondition } = this.#context;
    for (let failures = 1; ; failures += 1) {
      try {
        await gate.wait(signal);
        const catalog = await this.#api.read(signal);
        setCondition('DiscoveryFailed', undefined);
        await this.#onCatalog(catalog);
        return catalog;
      } catch (error) {
        signal.throwIfAborted();
        logger.warn({ err: error }, 'cannot read the discovery documents, trying again');
        setCondition('DiscoveryFailed', error instanceof Error ? error.message : String(error));
        await clock.sleep(
          backoffDelay(failures, { minMs: config.retryMinMs, maxMs: config.retryMaxMs }, random),
          signal,
        );
      }
    }
  }

  async #readUntilSeen(expected: ReadonlyMap<string, Expectation>, signal: AbortSignal): Promise<void> {
    for (const delay of burstMs) {
      if (delay > 0) await this.#context.clock.sleep(delay, signal);
      const catalog = await this.#readUntilDone(signal);
      if (isSeen(catalog, expected)) return;
    }
  }
}

/** True when the catalog shows every expected change. A changed spec shows nowhere: the whole burst is used for it. */
function isSeen(catalog: ApiCatalog, expected: ReadonlyMap<string, Expectation>): boolean {
  if (expected.size === 0) return true;
  const served = new Set(catalog.resources.map((resource) => `${resource.plural}.${resource.group}`));
  return [...expected].every(([name, expectation]) => {
    if (expectation === 'changed') return false;
    return served.has(name) === (expectation === 'served');
  });
}
