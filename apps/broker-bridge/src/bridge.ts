import type { Clock, Logger } from '@meshery/observability';
import { ConnectionFolder } from './connections/connection-folder.ts';
import type { FolderState } from './connections/connection-folder.ts';
import type { BridgeMetrics } from './bridge-metrics.ts';
import { ClusterLink } from './link/cluster-link.ts';
import type { LinkLimits, LinkStatus } from './link/cluster-link.ts';
import type { IngestChannelOptions } from './push/ingest-channel.ts';

/** What a Bridge needs. */
export interface BridgeDeps {
  readonly folder: string;
  readonly server: IngestChannelOptions;
  readonly limits: LinkLimits;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: BridgeMetrics;
  /** Gives incarnations for published agents. */
  readonly ids: () => string;
  readonly pollMs?: number;
}

interface Running {
  readonly link: ClusterLink;
  readonly fingerprint: string;
}

/** Runs one link per connection file; adds, replaces and removes them as the files change. */
export class Bridge {
  readonly #deps: BridgeDeps;
  readonly #links = new Map<string, Running>();
  readonly #stop = new AbortController();
  readonly #stopping = new Set<Promise<void>>();
  #conditions: ReadonlyMap<string, string> = new Map();
  #done: Promise<void> = Promise.resolve();

  constructor(deps: BridgeDeps) {
    this.#deps = deps;
  }

  start(): void {
    const { folder, clock, logger, pollMs } = this.#deps;
    const onState = (state: FolderState): void => {
      this.#apply(state);
    };
    const watcher = new ConnectionFolder({
      path: folder,
      clock,
      logger,
      onState,
      ...(pollMs === undefined ? {} : { pollMs }),
    });
    this.#done = watcher.run(this.#stop.signal).catch((error: unknown) => {
      logger.error({ err: error }, 'connection files are not followed any more');
    });
  }

  /** Drains every link; resolves within their drain time. */
  async stop(): Promise<void> {
    this.#stop.abort();
    for (const name of [...this.#links.keys()]) this.#remove(name);
    await Promise.all([...this.#stopping, this.#done]);
  }

  statuses(): readonly LinkStatus[] {
    return [...this.#links.values()].map(({ link }) => link.status());
  }

  /** Why files are of no use, by file name. */
  conditions(): ReadonlyMap<string, string> {
    return this.#conditions;
  }

  /**
   * Ready: the folder can be read, and every link has its broker and a server that answers. Parked messages are said
   * as a reason and change nothing: the rest flows.
   */
  readiness(): { readonly ready: boolean; readonly reason?: string } {
    const folder = this.#conditions.get('.');
    if (folder !== undefined) return { ready: false, reason: folder };
    const bad = this.statuses().filter((status) => !status.brokerConnected || !status.serverAnswers);
    if (bad.length > 0) return { ready: false, reason: inWords(bad, ({ reason }) => reason) };
    const parked = this.statuses().filter((status) => status.parked !== '');
    return parked.length === 0 ? { ready: true } : { ready: true, reason: inWords(parked, (status) => status.parked) };
  }

  #apply(state: FolderState): void {
    if (this.#stop.signal.aborted) return;
    this.#conditions = state.conditions;
    for (const [name, running] of this.#links) {
      if (state.connections.get(name)?.fingerprint !== running.fingerprint) this.#remove(name);
    }
    for (const [name, entry] of state.connections) {
      if (!this.#links.has(name)) this.#add(name, entry);
    }
  }

  #add(
    name: string,
    entry: {
      readonly connection: ConstructorParameters<typeof ClusterLink>[0]['connection'];
      readonly fingerprint: string;
    },
  ): void {
    const { server, limits, clock, logger, metrics, ids } = this.#deps;
    try {
      const link = new ClusterLink({ connection: entry.connection, server, limits, clock, logger, metrics, ids });
      link.start();
      this.#links.set(name, { link, fingerprint: entry.fingerprint });
      logger.info({ link: name }, 'a cluster link was added');
    } catch (error) {
      this.#conditions = new Map([...this.#conditions, [name, 'a file that it names cannot be read']]);
      logger.warn({ err: error, link: name }, 'a cluster link cannot be made; trying again');
    }
  }

  #remove(name: string): void {
    const running = this.#links.get(name);
    if (running === undefined) return;
    this.#links.delete(name);
    this.#deps.logger.info({ link: name }, 'a cluster link ends');
    const stopped = running.link.stop().catch((error: unknown) => {
      this.#deps.logger.error({ err: error, link: name }, 'a cluster link did not end well');
    });
    this.#stopping.add(stopped);
    stopped.finally(() => this.#stopping.delete(stopped)).catch(() => undefined);
  }
}

const maxWords = 500;

function inWords(statuses: readonly LinkStatus[], words: (status: LinkStatus) => string): string {
  return statuses
    .map((status) => `${status.name}: ${words(status)}`)
    .join('; ')
    .slice(0, maxWords);
}
