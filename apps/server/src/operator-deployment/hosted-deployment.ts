import { toMesheryError } from '@meshery/errors';
import type { MesheryError } from '@meshery/errors';
import { backoffDelay, createKubeTransport, readClusterId } from '@meshery/kube';
import type { ClusterAccess } from '@meshery/kube';
import { KubeClient } from '@meshery/kube/reconcile';
import type { Connection, ControllersConfig } from '@meshery/object-model';
import { backgroundContext } from '@meshery/observability';
import type { Clock, Logger, RequestContext } from '@meshery/observability';
import { partsFromClient } from '../controllers/controller-objects.ts';
import { clusterOf } from '../connections/cluster-of.ts';
import type { ClusterSource } from '../discovery/cluster-sources.ts';
import type { ClusterCondition } from '../inventory/cluster-conditions.ts';
import { isCancel } from '../operations/operation-end.ts';
import { OperatorInstaller } from './operator-installer.ts';
import { OperatorRemover } from './operator-remover.ts';
import type { Goal, OperatorRecords } from './operator-records.ts';
import type { PartConnections } from './part-connections.ts';
import { wantedObjects } from './wanted-objects.ts';

/** A cluster and the way to it. */
export interface DeploymentTarget {
  readonly connection: Connection;
  readonly source: ClusterSource;
  /** Its connection is gone: nobody can ask to try again later. */
  readonly isLast?: boolean;
}

/** What every deployment of this process shares. */
export interface HostedDeploymentParts {
  readonly partConnections: PartConnections;
  readonly records: OperatorRecords;
  readonly configOf: (ctx: RequestContext, connection: Connection) => Promise<ControllersConfig>;
  readonly onCluster: (connectionId: string, clusterId: string) => void;
  /** True when this server looks after operators, and no other of the same database. */
  readonly leads: () => Promise<boolean>;
  readonly imageRegistry: string;
  readonly pollMs: number;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly random: () => number;
}

/** One thing that is wanted, until another one is. */
interface Turn {
  readonly goal: Goal;
  readonly target: DeploymentTarget;
  readonly end: AbortController;
}

const retryDelay = { minMs: 1000, maxMs: 300_000 };
const callMs = 10_000;
const goneMs = 30_000;
/** A server of a broker cluster may take a minute to leave it. */
const childrenMs = 150_000;
/** Between two looks whether the server that looks after operators is still there. */
const standByMs = 2000;
const notBegun = { fault: undefined, since: 0, wasReached: false };
/** Tries where the connection is gone. */
const lastTries = 6;

/**
 * Brings the operator of one cluster to what is wanted and keeps it there: looks, writes what differs, and looks again,
 * with a growing pause after failures. One at a time for each cluster.
 */
export class HostedDeployment {
  readonly #parts: HostedDeploymentParts;
  readonly #stop = new AbortController();
  readonly #settled = new Map<string, string>();
  #turn: Turn;
  #isRunning = false;
  #running: Promise<void> = Promise.resolve();
  #clusterId: string | undefined;
  /** What is known of the present turn: its last failure, which is told once, and whether all was as wanted once. */
  #known: { readonly fault: MesheryError | undefined; readonly since: number; readonly wasReached: boolean } = notBegun;
  #server = '';

  constructor(parts: HostedDeploymentParts, goal: Goal, target: DeploymentTarget) {
    this.#parts = parts;
    this.#turn = { goal, target, end: new AbortController() };
    this.#start();
  }

  /** Id of the cluster; undefined before it was reached, by whichever server. */
  get clusterId(): string | undefined {
    return this.#clusterId ?? clusterOf(this.#turn.target.connection);
  }

  /** What is wanted now. */
  get goal(): Goal {
    return this.#turn.goal;
  }

  /** Why the operator is not as wanted; undefined while it is, or is not wanted. */
  condition(): ClusterCondition | undefined {
    const { fault, since } = this.#known;
    const { connection } = this.#turn.target;
    if (fault === undefined || this.goal !== 'deployed') return undefined;
    const message = fault.remedy === undefined ? fault.message : `${fault.message} ${fault.remedy}`;
    const { clusterId } = this;
    return {
      ...{ name: connection.name, apiServerUrl: this.#server, connectionId: connection.id, isRead: true },
      ...(clusterId === undefined ? {} : { clusterId }),
      ...{ reason: fault.code, message, since: new Date(since).toISOString() },
    };
  }

  /** True once nothing is left to do, now or later. */
  get isOver(): boolean {
    return !this.#isRunning;
  }

  /** Wants something from now on; the same again is tried at once. */
  want(goal: Goal, target: DeploymentTarget): void {
    const { end } = this.#turn;
    this.#turn = { goal, target, end: new AbortController() };
    end.abort();
    this.#start();
  }

  /** The way to the API server, read anew. */
  access(): Promise<ClusterAccess> {
    return this.#turn.target.source.resolve();
  }

  /** Stops where it stands; resolves when nothing runs any more. */
  async close(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  #start(): void {
    if (this.#isRunning || this.#stop.signal.aborted) return;
    this.#isRunning = true;
    this.#running = this.#run();
  }

  async #run(): Promise<void> {
    let failures = 0;
    let before: Turn | undefined;
    while (this.#isRunning) {
      const turn = this.#turn;
      if (turn !== before) this.#known = notBegun;
      if (turn !== before) failures = 0;
      before = turn;
      // What is removed is removed by the server that was asked.
      const isIdle = turn.goal === 'deployed' && !(await this.#parts.leads());
      const error = isIdle ? undefined : await this.#once(turn);
      await this.#giveUp(turn, error === undefined ? 0 : failures + 1);
      if (turn !== this.#turn) continue;
      failures = error === undefined ? 0 : failures + 1;
      const isDone = error === undefined ? turn.goal !== 'deployed' : this.#isHopeless(turn, failures);
      // Nothing is awaited between this look and the end, so that nobody can want something in between.
      this.#isRunning = !isDone && !this.#stop.signal.aborted;
      if (this.#isRunning && isIdle) await this.#pause(turn, standByMs);
      else if (this.#isRunning) await this.#rest(turn, error, failures);
    }
  }

  /** After a cancel nothing is tried before somebody wants something again. */
  async #rest(turn: Turn, error: MesheryError | undefined, failures: number): Promise<void> {
    const { pollMs, random } = this.#parts;
    const untilWoken = 2 ** 31 - 1;
    const failed = (known: MesheryError): number =>
      isCancel(known) ? untilWoken : backoffDelay(failures, retryDelay, random);
    await this.#pause(turn, error === undefined ? pollMs : failed(error));
  }

  async #pause({ end }: Turn, ms: number): Promise<void> {
    const signal = AbortSignal.any([this.#stop.signal, end.signal]);
    await this.#parts.clock.sleep(ms, signal).catch(() => undefined);
  }

  #isHopeless({ target }: Turn, failures: number): boolean {
    return target.isLast === true && failures >= lastTries;
  }

  /** What is left in a cluster that nobody can reach any more is no connection. */
  async #giveUp(turn: Turn, failures: number): Promise<void> {
    if (!this.#isHopeless(turn, failures)) return;
    const { connection } = turn.target;
    const { logger, partConnections } = this.#parts;
    const ctx = backgroundContext(logger, this.#stop.signal, `operator-${connection.id}`);
    await partConnections.remove(ctx, connection).catch((error: unknown) => {
      logger.warn({ connection: connection.id, err: error }, 'the parts of a removed cluster were not forgotten');
    });
  }

  async #once(turn: Turn): Promise<MesheryError | undefined> {
    const { logger, records } = this.#parts;
    const { target, goal, end } = turn;
    const { id, name } = target.connection;
    const signal = AbortSignal.any([this.#stop.signal, end.signal]);
    const ctx = backgroundContext(logger, signal, `operator-${id}`);
    try {
      await this.#bringTo(ctx, turn);
      this.#known = { ...notBegun, wasReached: true };
      return undefined;
    } catch (thrown) {
      const error = toMesheryError(thrown);
      if (signal.aborted) return error;
      const { fault, since, wasReached } = this.#known;
      if (fault === undefined) {
        logger.warn({ connection: id, context: name, goal, code: error.code, err: error }, 'operator not as wanted');
      }
      // A cluster that does not answer for a while is nothing that was done about its operator.
      if (fault === undefined && !(wasReached && isOfTheWay(error))) {
        await records.failed(ctx, target.connection, goal, error);
      }
      this.#known = { fault: error, since: fault === undefined ? this.#parts.clock.now() : since, wasReached };
      return error;
    }
  }

  async #bringTo(ctx: RequestContext, { goal, target }: Turn): Promise<void> {
    const { partConnections } = this.#parts;
    const { connection } = target;
    if (goal === 'left') return partConnections.remove(ctx, connection);
    if (goal === 'removed' && !(await partConnections.isExpected(ctx, connection))) return;
    await this.#withClient(ctx, target, (client) =>
      goal === 'deployed' ? this.#deploy(ctx, client, connection) : this.#remove(ctx, client, connection),
    );
  }

  async #deploy(ctx: RequestContext, client: KubeClient, connection: Connection): Promise<void> {
    const { clock, partConnections, records } = this.#parts;
    const wanted = await this.#wanted(ctx, connection);
    const installer = new OperatorInstaller({
      ...{ client, clock, wanted, connectionId: connection.id },
      settled: this.#settled,
    });
    const planned = await installer.plan(ctx.signal);
    if (planned.length > 0) {
      await partConnections.expect(ctx, connection);
      await records.run(ctx, connection, { goal: 'deployed', isRepeated: this.#known.fault !== undefined }, (handle) =>
        installer.apply(
          planned,
          (count) => {
            handle.progress((count * 100) / planned.length);
          },
          AbortSignal.any([ctx.signal, handle.signal]),
        ),
      );
    }
    await partConnections.follow(ctx, connection, await partsFromClient(client, ctx.signal));
  }

  async #remove(ctx: RequestContext, client: KubeClient, connection: Connection): Promise<void> {
    const { clock, partConnections, records } = this.#parts;
    const wanted = await this.#wanted(ctx, connection);
    const remover = new OperatorRemover({ client, clock, wanted, connectionId: connection.id, goneMs, childrenMs });
    await records.run(
      ctx,
      connection,
      { goal: 'removed', isRepeated: this.#known.fault !== undefined },
      async (handle) => {
        const progress = (percent: number): void => {
          handle.progress(percent);
        };
        const left = await remover.remove(progress, AbortSignal.any([ctx.signal, handle.signal]));
        if (left.length > 0)
          handle.target(connection.id, 'succeeded', `Others use it, so it stays: ${left.join(', ')}.`);
      },
    );
    await partConnections.remove(ctx, connection);
  }

  async #wanted(ctx: RequestContext, connection: Connection) {
    const { imageRegistry, configOf } = this.#parts;
    const config = await configOf(ctx, connection);
    return wantedObjects({ connectionId: connection.id, imageRegistry, config });
  }

  async #withClient(
    { signal }: RequestContext,
    { connection, source }: DeploymentTarget,
    work: (client: KubeClient) => Promise<void>,
  ): Promise<void> {
    const { clock, onCluster } = this.#parts;
    const times = { connectTimeoutMs: callMs, callTimeoutMs: callMs, headTimeoutMs: callMs };
    const access = await source.resolve();
    this.#server = access.server;
    const transport = createKubeTransport(access, { clock, userAgent: 'meshery-server', ...times });
    try {
      this.#clusterId = await readClusterId(transport, signal);
      onCluster(connection.id, this.#clusterId);
      await work(new KubeClient({ transport, clock }));
    } finally {
      await transport.close();
    }
  }
}

/** True for failures to reach a cluster, or to be let in. */
function isOfTheWay({ mapping }: MesheryError): boolean {
  return mapping.http >= 500 || mapping.http === 401;
}
