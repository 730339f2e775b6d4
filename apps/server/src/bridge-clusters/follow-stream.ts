import type { ServerDuplexStream } from '@grpc/grpc-js';
import { isSubjectToken } from '@meshery/contracts';
import type { FollowBegin, FollowRequest, FollowResponse, LeaseRenewal } from '@meshery/contracts';
import type { Logger } from '@meshery/observability';
import { grpcError } from '../grpc/grpc-errors.ts';
import type { Caller } from '../ingest/bridge-bindings.ts';
import type { BridgeReports } from './bridge-reports.ts';
import type { ClusterLeases } from './cluster-leases.ts';
import { cutOff, notBegun, tooManyBridges, tooSlow } from './follow-faults.ts';
import type { Follower, Lease } from './lease.ts';
import type { OperatorCluster } from './operator-cluster.ts';
import { maxClusters } from './operator-clusters.ts';

/** The Follow stream of a server. */
export type FollowServerCall = ServerDuplexStream<FollowRequest, FollowResponse>;

/** What a FollowStream needs. */
export interface FollowStreamDeps {
  readonly caller: Caller;
  /** Looks again who calls: a binding may be withdrawn while the stream lasts. */
  readonly identify: () => Promise<Caller>;
  readonly leases: ClusterLeases;
  readonly reports: BridgeReports;
  readonly logger: Logger;
}

const maxStreams = 100;
/** Bytes that may wait to be sent: every cluster once, with the largest kubeconfig. */
const maxWaiting = 65 * 1024 * 1024;

/** One Follow stream: tells a bridge its clusters, and hears that it is there. */
export class FollowStream implements Follower {
  readonly #call: FollowServerCall;
  readonly #deps: FollowStreamDeps;
  #caller: Caller;
  #instance: string | undefined;
  #waiting = 0;
  #isOver = false;

  constructor(call: FollowServerCall, deps: FollowStreamDeps) {
    this.#call = call;
    this.#deps = deps;
    this.#caller = deps.caller;
  }

  get instance(): string {
    return this.#instance ?? '';
  }

  /** Begins to read; the stream lives until the bridge or a fault ends it. */
  start(): void {
    if (this.#call.cancelled) return;
    this.#call.on('data', (request: FollowRequest) => {
      if (!this.#isOver) this.#onRequest(request);
    });
    for (const event of ['error', 'close', 'cancelled', 'end']) {
      this.#call.on(event, () => {
        this.end();
      });
    }
  }

  get clusters(): ReadonlySet<string> {
    return this.#caller.clusters;
  }

  welcome(): void {
    this.#renewed(0);
  }

  assign({ id: leaseId, clusterId }: Pick<Lease, 'id' | 'clusterId'>, cluster: OperatorCluster): void {
    const { connectionId, name, kubeconfig } = cluster;
    const value = { clusterId, leaseId, connectionId, name, kubeconfig };
    this.#write({ body: { $case: 'assign', value } }, kubeconfig.length);
    this.#deps.logger.info(
      { bridge: this.instance, cluster: clusterId, connection: connectionId },
      'a cluster was given',
    );
  }

  withdraw(clusterId: string, leaseId: string): void {
    this.#write({ body: { $case: 'withdraw', value: { clusterId, leaseId } } });
    this.#deps.logger.info({ bridge: this.instance, cluster: clusterId }, 'a cluster was taken away');
  }

  cut(): void {
    this.#fail(cutOff());
  }

  /** Ends it without a fault. */
  end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#call.end();
    this.#deps.leases.leave(this);
  }

  #onRequest({ body }: FollowRequest): void {
    if (body?.$case === 'begin' && this.#instance === undefined) this.#begin(body.value);
    else if (body === undefined || body.$case === 'begin' || this.#instance === undefined) this.#fail(notBegun());
    else if (body.$case === 'release') this.#deps.leases.release(this, body.value.clusterId, body.value.leaseId);
    else this.#renew(body.value);
  }

  #begin({ instance, clusterIds }: FollowBegin): void {
    const { leases } = this.#deps;
    if (!isSubjectToken(instance) || clusterIds.length > maxClusters) this.#fail(notBegun());
    else if (leases.followers.length >= maxStreams) this.#fail(tooManyBridges(maxStreams));
    else {
      this.#instance = `${this.#caller.name}/${instance}`;
      leases.join(this, clusterIds);
    }
  }

  #renew({ number, reports }: LeaseRenewal): void {
    this.#deps.identify().then(
      (caller) => {
        this.#caller = caller;
        const isRenewed = this.#deps.leases.renew(this);
        for (const report of reports) this.#deps.reports.note(this.instance, report);
        if (isRenewed) this.#renewed(number);
      },
      (error: unknown) => {
        this.#fail(error);
      },
    );
  }

  #renewed(number: number): void {
    this.#write({ body: { $case: 'renewed', value: { number, leaseMs: this.#deps.leases.leaseMs } } });
  }

  #write(response: FollowResponse, bytes = 0): void {
    if (this.#isOver) return;
    if (this.#waiting + bytes > maxWaiting) {
      this.#fail(tooSlow());
      return;
    }
    this.#waiting += bytes;
    this.#call.write(response, () => {
      this.#waiting -= bytes;
    });
  }

  #fail(error: unknown): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#call.emit('error', grpcError(error));
    this.#deps.leases.leave(this);
  }
}
