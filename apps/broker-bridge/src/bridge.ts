import { toMesheryError } from '@meshery/errors';
import { IngestChannel, PushStream, ServeStream } from '@meshery/messaging/ingest-grpc';
import type { IngestChannelOptions, PushState } from '@meshery/messaging/ingest-grpc';
import type { Clock, Logger } from '@meshery/observability';
import type { BridgeMetrics } from './bridge-metrics.ts';
import type { ClusterState } from './clusters/server-cluster-list.ts';
import { ClusterLink } from './link/cluster-link.ts';
import type { LinkLimits } from './link/cluster-link.ts';
import type { LinkStatus } from './link/link-status.ts';
import { ByteBudget } from './native/byte-budget.ts';
import type { LinkShare } from './sharing/link-share.ts';
import type { LinkSource, LinkSpec, SourceCondition, SourceState } from './sources/link-source.ts';

/** What a Bridge needs. */
export interface BridgeDeps {
  /** An earlier source wins where two name the same broker. */
  readonly sources: readonly LinkSource[];
  /** Which links this replica runs. */
  readonly share: LinkShare;
  readonly server: IngestChannelOptions;
  readonly limits: LinkLimits;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: BridgeMetrics;
  /** Gives incarnations for published agents. */
  readonly ids: () => string;
}

interface Running {
  readonly link: ClusterLink;
  readonly spec: LinkSpec;
}

/** Runs one link for each broker that its sources name; adds, replaces and removes them as the sources change. */
export class Bridge {
  readonly #deps: BridgeDeps;
  readonly #channel: IngestChannel;
  readonly #requests: ServeStream;
  /** Pushes nothing: shows whether the server takes what links will push. */
  readonly #pulse: PushStream;
  readonly #budget = new ByteBudget(heldBytes);
  readonly #states = new Map<LinkSource, SourceState>();
  /** By identity. */
  readonly #links = new Map<string, Running>();
  readonly #stop = new AbortController();
  readonly #stopping = new Set<Promise<void>>();
  #conditions: ReadonlyMap<string, SourceCondition> = new Map();
  #done: Promise<unknown> = Promise.resolve();

  constructor(deps: BridgeDeps) {
    this.#deps = deps;
    this.#channel = new IngestChannel(deps.server);
    const { clock, logger } = deps;
    this.#requests = new ServeStream({ open: () => this.#channel.serve(), clock, logger });
    this.#pulse = new PushStream({
      open: () => this.#channel.push(),
      whenReady: () => this.#channel.whenReady(readyTimeoutMs),
      onReset: () => undefined,
      clock,
      logger,
    });
  }

  start(): void {
    const { sources, share } = this.#deps;
    const onChange = async (): Promise<void> => {
      this.#reconcile();
      await Promise.all(this.#stopping);
    };
    const sharing = share.run(onChange, this.#stop.signal);
    const pulse = this.#pulse.run(this.#stop.signal);
    this.#done = Promise.all([sharing, pulse, this.#tick(), ...sources.map((source) => this.#follow(source))]);
  }

  /** Drains every link; resolves within their drain time. */
  async stop(): Promise<void> {
    this.#stop.abort();
    for (const identity of [...this.#links.keys()]) this.#remove(identity);
    await Promise.all([...this.#stopping, this.#done]);
    await this.#requests.close();
    this.#channel.close();
  }

  statuses(): readonly LinkStatus[] {
    return [...this.#links.values()].map(({ link }) => link.status());
  }

  /** Why something that a source names is of no use, by file, cluster or link. */
  conditions(): ReadonlyMap<string, SourceCondition> {
    return this.#conditions;
  }

  /** Whether a link of a cluster has its broker, by the name that a source gave to the cluster. */
  clusterState(clusterName: string): ClusterState {
    const links = [...this.#links.values()].filter(({ spec }) => spec.clusterName === clusterName);
    const statuses = links.map(({ link }) => link.status());
    if (statuses.some(({ brokerConnected }) => brokerConnected)) return { brokerReached: true, code: '', message: '' };
    const isOf = (name: string): boolean => name === clusterName || name.startsWith(`${clusterName}/`);
    const condition = [...this.#conditions].find(([name]) => isOf(name))?.[1];
    const [status] = statuses;
    const { code, reason } = condition ?? (status === undefined ? noBroker : lostBroker(status.reason));
    return { brokerReached: false, code, message: reason };
  }

  /**
   * Ready: every source can be read, this replica knows its share, and every link has its broker and a server that answers. What a source names and
   * is of no use, and parked messages, are said as a reason and change nothing: the rest flows.
   */
  readiness(): { readonly ready: boolean; readonly reason?: string } {
    const failures = [this.#deps.share, ...this.#states.values()].flatMap(({ failure }) => failure ?? []);
    const bad = this.statuses().filter((status) => !status.brokerConnected || !status.serverAnswers);
    const ready = failures.length === 0 && bad.length === 0;
    const words = [
      ...failures.map(({ reason }) => reason),
      ...bad.map(({ name, reason }) => `${name}: ${reason}`),
      ...[...this.#conditions].map(([name, { code, reason }]) => `${name}: ${code}: ${reason}`),
      ...this.statuses().flatMap(({ name, parked }) => (parked === '' ? [] : `${name}: ${parked}`)),
    ];
    return words.length === 0 ? { ready } : { ready, reason: words.join('; ').slice(0, maxWords) };
  }

  async #follow(source: LinkSource): Promise<void> {
    const onState = async (state: SourceState): Promise<void> => {
      this.#states.set(source, state);
      this.#reconcile();
      await Promise.all(this.#stopping);
    };
    try {
      await source.run(onState, this.#stop.signal);
    } catch (error) {
      if (!this.#stop.signal.aborted) this.#deps.logger.error({ err: error }, 'a source is not followed any more');
    }
  }

  /** One timer for all links: hundreds of idle ones must cost little. */
  async #tick(): Promise<void> {
    const { signal } = this.#stop;
    for (let turn = 1; !signal.aborted; turn += 1) {
      await this.#deps.clock.sleep(tickMs, signal).catch(() => undefined);
      for (const { link } of this.#links.values()) link.tick(turn % workingEvery === 0);
    }
  }

  #reconcile(): void {
    if (this.#stop.signal.aborted) return;
    const wanted = this.#wanted();
    for (const [identity, { spec }] of this.#links) {
      const { name, fingerprint } = wanted.get(identity) ?? {};
      if (name !== spec.name || fingerprint !== spec.fingerprint) this.#remove(identity);
    }
    for (const [identity, spec] of wanted) {
      if (!this.#links.has(identity)) this.#add(spec);
    }
  }

  #wanted(): ReadonlyMap<string, LinkSpec> {
    const links = new Map<string, LinkSpec>();
    const conditions = new Map<string, SourceCondition>();
    const assigned = new Set<string>();
    for (const source of this.#deps.sources) {
      const state = this.#states.get(source);
      for (const [name, condition] of state?.conditions ?? []) conditions.set(name, condition);
      for (const spec of state?.links.values() ?? []) {
        const same = links.get(spec.identity);
        if (same === undefined && source.isAssigned === true) assigned.add(spec.identity);
        if (same === undefined) links.set(spec.identity, spec);
        else conditions.set(spec.name, sameBroker(same.name));
      }
    }
    this.#report(conditions);
    return new Map([...links].filter(([identity]) => assigned.has(identity) || this.#deps.share.claim(identity)));
  }

  #report(conditions: ReadonlyMap<string, SourceCondition>): void {
    for (const [name, { code, reason }] of conditions) {
      if (this.#conditions.get(name)?.reason === reason) continue;
      this.#deps.logger.warn({ name, code, reason }, 'a source names something of no use');
    }
    this.#conditions = conditions;
  }

  #add(spec: LinkSpec): void {
    const { logger } = this.#deps;
    try {
      const pulse = (): PushState => this.#pulse.state();
      const parts = { channel: this.#channel, server: this.#requests, budget: this.#budget, pulse };
      const link = new ClusterLink({ ...this.#deps, ...parts, spec });
      link.start();
      this.#links.set(spec.identity, { link, spec });
      logger.info({ link: spec.name }, 'a cluster link was added');
    } catch (error) {
      const { code, message } = toMesheryError(error);
      this.#report(new Map([...this.#conditions, [spec.name, { code, reason: message }]]));
    }
  }

  #remove(identity: string): void {
    const running = this.#links.get(identity);
    if (running === undefined) return;
    const { name } = running.spec;
    this.#links.delete(identity);
    this.#deps.logger.info({ link: name }, 'a cluster link ends');
    const stopped = running.link.stop().catch((error: unknown) => {
      this.#deps.logger.error({ err: error, link: name }, 'a cluster link did not end well');
    });
    this.#stopping.add(stopped);
    stopped.finally(() => this.#stopping.delete(stopped)).catch(() => undefined);
  }
}

const maxWords = 500;
const readyTimeoutMs = 5000;
const tickMs = 250;
const workingEvery = 40;
/** Bytes of batches that all links together hold, beside the few that each may hold in any case. */
const heldBytes = 8 * 1024 ** 2;

const noBroker: SourceCondition = { code: 'meshery-messaging-1509', reason: 'no Broker was found in the cluster yet' };

function lostBroker(reason: string): SourceCondition {
  return { code: 'meshery-messaging-1500', reason };
}

/** Two links would take the messages from each other. */
function sameBroker(name: string): SourceCondition {
  return { code: 'meshery-core-1007', reason: `${name} is the same broker of the same cluster already` };
}
