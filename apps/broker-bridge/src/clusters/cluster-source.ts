import type { LinkSource, SourceState } from '../sources/link-source.ts';
import type { ClusterEntries, ClusterEntry, ClusterList } from './cluster-entry.ts';
import { ClusterWatch } from './cluster-watch.ts';
import type { ClusterWatchDeps } from './cluster-watch.ts';

interface Watched {
  readonly watch: ClusterWatch;
  readonly fingerprint: string;
  readonly stop: AbortController;
}

/** One link for each Broker resource of each cluster that a list names; clusters share nothing. */
export class ClusterSource implements LinkSource {
  readonly #list: ClusterList;
  readonly #deps: ClusterWatchDeps;
  readonly #watched = new Map<string, Watched>();
  readonly #running = new Set<Promise<void>>();
  #entries: ClusterEntries = { entries: [], conditions: new Map() };

  constructor(list: ClusterList, deps: ClusterWatchDeps) {
    this.#list = list;
    this.#deps = deps;
  }

  get isAssigned(): boolean {
    return this.#list.isAssigned ?? false;
  }

  async run(onState: (state: SourceState) => Promise<void>, signal: AbortSignal): Promise<void> {
    const tell = (): Promise<void> => onState(this.#state());
    const onEntries = (entries: ClusterEntries): Promise<void> => {
      this.#entries = entries;
      this.#reconcile(tell, signal);
      return tell();
    };
    await this.#list.follow(onEntries, signal);
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  #reconcile(onChange: () => Promise<void>, signal: AbortSignal): void {
    const wanted = new Map(this.#entries.entries.map((entry) => [entry.name, entry]));
    for (const [name, { fingerprint, stop }] of this.#watched) {
      if (wanted.get(name)?.fingerprint === fingerprint) continue;
      this.#watched.delete(name);
      stop.abort();
    }
    for (const [name, entry] of wanted) if (!this.#watched.has(name)) this.#start(entry, onChange, signal);
  }

  #start(entry: ClusterEntry, onChange: () => Promise<void>, signal: AbortSignal): void {
    const { logger } = this.#deps;
    const watch = new ClusterWatch(entry, this.#deps, () => void onChange());
    const stop = new AbortController();
    this.#watched.set(entry.name, { watch, fingerprint: entry.fingerprint, stop });
    const running = watch.run(AbortSignal.any([signal, stop.signal])).catch((error: unknown) => {
      logger.error({ err: error, cluster: entry.name }, 'a cluster is not followed any more');
    });
    this.#running.add(running);
    running.finally(() => this.#running.delete(running)).catch(() => undefined);
  }

  #state(): SourceState {
    const { conditions, failure } = this.#entries;
    // In the order of their names, so that of two ways to one broker always the same one wins.
    const watches = [...this.#watched].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, { watch }]) => watch);
    const links = watches.flatMap((watch) => watch.links());
    return {
      links: new Map(links.map((link) => [link.name, link])),
      conditions: new Map([...conditions, ...watches.flatMap((watch) => watch.conditions())]),
      ...(failure === undefined ? {} : { failure }),
    };
  }
}
