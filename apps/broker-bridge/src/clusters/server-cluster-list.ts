import { createHash } from 'node:crypto';
import type { ClusterAssignment, ClusterReport } from '@meshery/contracts';
import { parseKubeconfig, resolveAccess } from '@meshery/kube';
import type { AccessOptions, ClusterAccess, ProxySettings } from '@meshery/kube';
import { FollowCall, serverFault } from '@meshery/messaging/ingest-grpc';
import type { IngestChannel } from '@meshery/messaging/ingest-grpc';
import type { Clock, Logger } from '@meshery/observability';
import { guardedLookup, requireEgressOf } from '@meshery/security/egress';
import { aborted } from '../sharing/replicas.ts';
import type { SourceCondition } from '../sources/link-source.ts';
import { anywhere } from './anywhere.ts';
import type { ClusterEntries, ClusterEntry, ClusterList } from './cluster-entry.ts';

/** Whether a bridge is subscribed to the broker of a cluster, and why not. */
export type ClusterState = Omit<ClusterReport, 'clusterId'>;

/** As uploaded by a user: it runs no program, reads no file of this machine, and leads to clusters only. */
async function accessFrom(kubeconfig: string, options: AccessOptions): Promise<ClusterAccess> {
  const access = await resolveAccess(parseKubeconfig(kubeconfig), options);
  requireEgressOf(access.server, anywhere);
  return { ...access, lookup: guardedLookup(anywhere) };
}

/** What a ServerClusterList needs. */
export interface ServerClusterListDeps {
  /** Closed when it is followed no more. */
  readonly channel: Pick<IngestChannel, 'follow' | 'close'>;
  /** Of this process: unique. */
  readonly instance: string;
  /** Asked with the name of a cluster that this list told. */
  readonly stateOf: (name: string) => ClusterState;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly proxy: ProxySettings;
}

interface Held {
  readonly leaseId: string;
  readonly entry: ClusterEntry;
}

const tickMs = 250;
const retryMs = 1000;
/** A server of an earlier version does not know the call; an update may bring it. */
const notKnown = 'meshery-core-1009';
const unknownRetryMs = 60_000;
/** The rest of a lease is for what serves the cluster to end. */
const usablePart = 2 / 3;

/**
 * The clusters that a server gives to this bridge. They are held under a lease: without renewals they are let go while
 * the lease lasts, so that no two bridges ever serve one cluster. A short break of the stream changes nothing.
 */
export class ServerClusterList implements ClusterList {
  readonly isAssigned = true;
  readonly #deps: ServerClusterListDeps;
  /** By id of the cluster. */
  readonly #held = new Map<string, Held>();
  readonly #reported = new Map<string, string>();
  #tell: () => Promise<void> = () => Promise.resolve();
  #call: FollowCall | undefined;
  #goodUntil = 0;
  #fault: SourceCondition | undefined;

  constructor(deps: ServerClusterListDeps) {
    this.#deps = deps;
  }

  async follow(onEntries: (entries: ClusterEntries) => Promise<void>, signal: AbortSignal): Promise<void> {
    this.#tell = () => onEntries(this.#entries());
    const ticking = this.#tick(signal);
    while (!signal.aborted) {
      const fault = await this.#followOnce(signal).catch((error: unknown) => error);
      if (fault === undefined) break;
      await this.#onFault(fault);
      const pause = this.#fault?.code === notKnown ? unknownRetryMs : retryMs;
      await this.#deps.clock.sleep(pause, signal).catch(() => undefined);
    }
    await ticking;
    this.#deps.channel.close();
  }

  /** What ended it; undefined when the signal did. */
  async #followOnce(signal: AbortSignal): Promise<unknown> {
    const { channel, clock, instance } = this.#deps;
    const call = new FollowCall(channel.follow(), clock, {
      onAssign: (assignment) => {
        this.#onAssign(assignment);
      },
      onWithdraw: (clusterId, leaseId) => {
        this.#inBackground(this.#onWithdraw(call, clusterId, leaseId));
      },
      onRenewed: (since, leaseMs) => {
        this.#onRenewed(since + leaseMs * usablePart);
      },
      reports: () => this.#reports(),
    });
    this.#reported.clear();
    this.#call = call;
    call.begin({ instance, clusterIds: [...this.#held.keys()] });
    const fault = await Promise.race([call.ended, aborted(signal)]);
    if (fault === undefined) await this.#handBack(call);
    this.#call = undefined;
    return fault;
  }

  async #handBack(call: FollowCall): Promise<void> {
    const held = [...this.#held];
    this.#held.clear();
    await this.#tell();
    for (const [clusterId, { leaseId }] of held) call.release(clusterId, leaseId);
    await call.end();
  }

  async #tick(signal: AbortSignal): Promise<void> {
    const { clock } = this.#deps;
    while (!signal.aborted) {
      this.#call?.tick();
      if (this.#held.size > 0 && clock.monotonic() >= this.#goodUntil) await this.#letGo();
      await clock.sleep(tickMs, signal).catch(() => undefined);
    }
  }

  async #letGo(): Promise<void> {
    this.#deps.logger.warn({ clusters: this.#held.size }, 'leases were not renewed: their clusters are let go');
    this.#held.clear();
    this.#call?.cut(new Error('the leases were not renewed'));
    await this.#tell();
  }

  #onAssign({ clusterId, leaseId, connectionId, name, kubeconfig }: ClusterAssignment): void {
    const { clock, proxy } = this.#deps;
    const entry: ClusterEntry = {
      name: entryName(name, connectionId),
      fingerprint: createHash('sha256').update(kubeconfig).digest('base64'),
      inCluster: false,
      clusterId,
      access: () => accessFrom(kubeconfig, { trust: 'network', clock, proxy }),
    };
    this.#held.set(clusterId, { leaseId, entry });
    this.#inBackground(this.#tell());
  }

  async #onWithdraw(call: FollowCall, clusterId: string, leaseId: string): Promise<void> {
    const held = this.#held.get(clusterId);
    if (held !== undefined && (leaseId === '' || leaseId === held.leaseId)) {
      this.#held.delete(clusterId);
      await this.#tell();
    }
    call.release(clusterId, leaseId);
  }

  #onRenewed(goodUntil: number): void {
    this.#goodUntil = goodUntil;
    if (this.#fault === undefined) return;
    this.#fault = undefined;
    this.#inBackground(this.#tell());
  }

  async #onFault(thrown: unknown): Promise<void> {
    const { code, message } = serverFault(thrown);
    if (this.#fault?.reason !== message) {
      this.#deps.logger.warn(
        { code, reason: message },
        'the server does not say which clusters to serve; trying again',
      );
    }
    this.#fault = { code, reason: message };
    await this.#tell();
  }

  #reports(): ClusterReport[] {
    const reports: ClusterReport[] = [];
    for (const [clusterId, { entry }] of this.#held) {
      const report = { clusterId, ...this.#deps.stateOf(entry.name) };
      const text = JSON.stringify(report);
      if (this.#reported.get(clusterId) !== text) reports.push(report);
      this.#reported.set(clusterId, text);
    }
    for (const clusterId of this.#reported.keys()) if (!this.#held.has(clusterId)) this.#reported.delete(clusterId);
    return reports;
  }

  /** A server that does not know the call has no clusters for anybody: nothing is wrong with this bridge. */
  #entries(): ClusterEntries {
    const entries = [...this.#held.values()].map(({ entry }) => entry);
    if (this.#fault === undefined) return { entries, conditions: new Map() };
    const { code, reason } = this.#fault;
    if (code === notKnown) return { entries, conditions: new Map([['server', { code, reason }]]) };
    return { entries, conditions: new Map(), failure: { code, reason: `clusters of the server: ${reason}` } };
  }

  #inBackground(work: Promise<void>): void {
    work.catch((error: unknown) => {
      this.#deps.logger.error({ err: error }, 'a change of the clusters of the server was not taken up');
    });
  }
}

/** "<name>.<id of the connection>"; the dot keeps it apart from "in-cluster". */
function entryName(name: string, connectionId: string): string {
  const clean = name
    .toLowerCase()
    .replace(/[^a-z0-9.-]+/g, '-')
    .replace(/^[.-]+|[.-]+$/g, '');
  return `${clean.slice(0, 80)}.${connectionId}`;
}
