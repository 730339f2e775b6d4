import { AgentState, BufferPool, RunVerdict } from '@meshery/contracts';
import type { Checkpoint, IngestControl, OpenRunRequest, Source } from '@meshery/contracts';
import { isMesheryError } from '@meshery/errors';
import { ApiServerGate, Semaphore, backoffDelay, readClusterId } from '@meshery/kube';
import type { ApiCatalog, GateState } from '@meshery/kube';
import { supersededError } from '../delivery/batch-sender.ts';
import type { BatchSender } from '../delivery/batch-sender.ts';
import type { DiscoveryConfig } from '../discovery-config.ts';
import { KindDiscovery } from '../kinds/kind-discovery.ts';
import { KindSet } from '../kinds/kind-set.ts';
import type { KindSelection } from '../selection/kind-selection.ts';
import { AgentConditions } from './agent-conditions.ts';
import type { AgentOptions } from './agent-options.ts';
import { makeSender } from './run-context.ts';
import type { RunContext } from './run-context.ts';
import { TaskGroup } from './task-group.ts';

/** Says that another cluster answers at the same address: the run of the old one is over. */
export class IdentityChanged extends Error {
  constructor() {
    super('another cluster answers at the same address');
    this.name = 'IdentityChanged';
  }
}

/** One run: from opening it to its end, for one cluster id and one incarnation. */
export class DiscoverySession {
  readonly clusterId: string;
  readonly incarnation: string;
  readonly #options: AgentOptions;
  readonly #source: Source;
  readonly #tasks = new TaskGroup();
  readonly #context: RunContext;
  readonly #sender: BatchSender;
  readonly #conditions = new AgentConditions();
  #kinds: KindSet | undefined;
  #catalog: ApiCatalog | undefined;
  #opened = false;
  #selection: KindSelection;
  #reconciled: Promise<void> = Promise.resolve();

  constructor(options: AgentOptions, transport: RunContext['transport'], clusterId: string, selection: KindSelection) {
    this.#options = options;
    this.#selection = selection;
    this.#source = options.source;
    this.clusterId = clusterId;
    this.incarnation = options.ids();
    this.#context = this.#makeContext(transport);
    this.#sender = makeSender(this.#context, '', {
      settled: () => undefined,
      gap: () => undefined,
      parked: (reason) => {
        this.#context.logger.warn({ reason }, 'agent report was not accepted');
      },
      trouble: () => undefined,
      superseded: (reason) => {
        this.#tasks.fail(supersededError(reason));
      },
      broken: (error) => {
        this.#tasks.fail(error);
      },
    });
  }

  #makeContext(transport: RunContext['transport']): RunContext {
    const { clock, random, port, logger, metrics, config } = this.#options;
    const { clusterId, incarnation } = this;
    const { packsInto } = port;
    const onChange = (state: GateState): void => {
      this.#gateChanged(state);
    };
    return {
      clusterId,
      incarnation,
      transport,
      gate: new ApiServerGate({ transport, clock, random, onChange }),
      port,
      pool:
        packsInto === undefined ? undefined : new BufferPool(packedBytes(config), config.batchesInFlight, packsInto),
      clock,
      random,
      logger: logger.child({ cluster: clusterId, incarnation }),
      metrics,
      config,
      inFlight: new Semaphore(config.batchesInFlight),
      snapshots: new Semaphore(config.concurrentSnapshots),
      tasks: this.#tasks,
      setCondition: (reason, message) => {
        this.#setCondition(reason, message);
      },
    };
  }

  get opened(): boolean {
    return this.#opened;
  }

  get selection(): KindSelection {
    return this.#selection;
  }

  /** Goes by another selection from now on; what it does not change is not touched. */
  select(selection: KindSelection): void {
    this.#selection = selection;
    if (this.#kinds === undefined || this.#tasks.signal.aborted) return;
    this.#kinds.select(selection);
    this.#judgeSelection();
    if (this.#catalog !== undefined) this.#tasks.own(this.#reconcile(this.#catalog));
  }

  get conditions(): AgentConditions {
    return this.#conditions;
  }

  get kinds(): KindSet | undefined {
    return this.#kinds;
  }

  get catalog(): ApiCatalog | undefined {
    return this.#catalog;
  }

  get batchesInFlight(): number {
    return this.#context.config.batchesInFlight - this.#context.inFlight.free;
  }

  /** Runs until the signal aborts (resolves), a newer run takes over or the cluster changes (rejects). */
  async run(signal: AbortSignal): Promise<void> {
    const stop = (): void => {
      this.#tasks.own(this.#sayGoodBye(signal.reason));
    };
    if (signal.aborted) return;
    signal.addEventListener('abort', stop, { once: true });
    try {
      this.#tasks.start((inner) => this.#main(inner));
      await this.#tasks.wait();
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  /** Tells the far side, if it listens, and ends all tasks. */
  async #sayGoodBye(reason: unknown): Promise<void> {
    const { config, clock } = this.#context;
    const timer = new AbortController();
    const state = AgentState.AGENT_STATE_STOPPED;
    const value = { state, reason: 'Stopped', message: '', agentVersion: config.agentVersion };
    try {
      if (!this.#opened) return;
      const said = this.#sender.push({ $case: 'agentReport', value }, 0).then(() => this.#sender.drained());
      await Promise.race([said, clock.sleep(config.stopTimeoutMs, timer.signal)]);
    } finally {
      timer.abort();
      this.#tasks.stop(reason);
    }
  }

  async #main(signal: AbortSignal): Promise<void> {
    const { gate, port } = this.#context;
    this.#tasks.start((inner) => gate.run(inner));
    const opened = await this.#openRun(signal);
    this.#opened = true;
    const firstEpoch = opened === undefined ? Math.floor(this.#context.clock.now() / 1000) : 1;
    this.#kinds = new KindSet(this.#context, this.#selection, opened ?? [], firstEpoch);
    if (!this.#judgeSelection()) this.#report();
    this.#tasks.own(
      port.controls(
        this.clusterId,
        (control) => {
          this.#control(control);
        },
        signal,
      ),
    );
    await new KindDiscovery(this.#context, (catalog) => this.#reconcile(catalog)).run(signal);
  }

  /** One after the other: the catalog and the selection change independently. */
  #reconcile(catalog: ApiCatalog): Promise<void> {
    this.#catalog = catalog;
    const mine = this.#reconciled.then(() => this.#reconcileNow());
    this.#reconciled = mine.catch(() => undefined);
    return mine;
  }

  async #reconcileNow(): Promise<void> {
    const catalog = this.#catalog;
    if (catalog === undefined) return;
    await this.#kinds?.reconcile(catalog);
    const nothing = catalog.resources.length > 0 && this.#kinds?.watched === 0;
    const message = 'The watch list and output filters leave no kind to watch; check the names in them.';
    this.#setCondition('NothingToWatch', nothing ? message : undefined);
  }

  /** The checkpoints of the cluster; undefined when nobody answered in time. */
  async #openRun(signal: AbortSignal): Promise<readonly Checkpoint[] | undefined> {
    const { clock, random, config, logger } = this.#context;
    for (let failures = 1; ; failures += 1) {
      try {
        const answer = await this.#askToOpen(signal);
        if (answer.verdict === RunVerdict.RUN_VERDICT_SUPERSEDED)
          throw supersededError('a greater incarnation is known');
        this.#setCondition('RunNotOpened', undefined);
        return answer.checkpoints;
      } catch (error) {
        signal.throwIfAborted();
        if (isMesheryError(error) && error.code === 'meshery-discovery-1401') throw error;
        logger.warn({ err: error }, 'cannot ask where to resume');
        // Nobody listens, which is no reason to wait: what is sent is kept on the way, and a snapshot needs no past.
        if (isUnanswered(error)) return undefined;
        this.#setCondition('RunNotOpened', error instanceof Error ? error.message : String(error));
        await clock.sleep(
          backoffDelay(failures, { minMs: config.retryMinMs, maxMs: config.retryMaxMs }, random),
          signal,
        );
      }
    }
  }

  async #askToOpen(signal: AbortSignal) {
    const { port, transport, config } = this.#context;
    const request: OpenRunRequest = {
      clusterId: this.clusterId,
      incarnation: this.incarnation,
      clusterName: config.clusterName,
      apiServerUrl: transport.server,
      agentVersion: config.agentVersion,
      source: this.#source,
      streamCreatedAtUnixMs: this.#options.streamCreatedAtUnixMs?.() ?? 0,
    };
    const deadline = AbortSignal.any([signal, AbortSignal.timeout(config.openRunTimeoutMs)]);
    return port.openRun(request, deadline);
  }

  #control(control: IngestControl): void {
    this.#context.logger.info({ control: control.type, reason: control.reason }, 'far side asks for something');
    if (control.type === 'superseded') this.#tasks.fail(supersededError(control.reason));
    else if (control.type === 'snapshot') this.#kinds?.requestSnapshot(control.kind, 'Requested');
    else this.#startOver();
  }

  /** The far side may know nothing any more: what it was told about the run and its kinds is told again. */
  #startOver(): void {
    this.#tasks.start(async (signal) => {
      await this.#openRun(signal);
      this.#report();
    });
    this.#kinds?.startOver();
  }

  #gateChanged(state: GateState): void {
    const { logger } = this.#context;
    if (state.open) {
      logger.info({}, 'API server answers again');
      this.#tasks.start((signal) => this.#checkIdentity(signal));
      this.#setCondition('ApiServerUnreachable', undefined);
      return;
    }
    logger.warn({ err: state.error }, 'API server cannot be reached');
    this.#setCondition('ApiServerUnreachable', state.error?.message ?? 'The API server cannot be reached.');
  }

  /** After an outage another cluster may answer at the same address. */
  async #checkIdentity(signal: AbortSignal): Promise<void> {
    try {
      const id = await readClusterId(this.#context.transport, signal);
      if (id !== this.clusterId) this.#tasks.fail(new IdentityChanged());
    } catch (error) {
      this.#context.logger.debug({ err: error }, 'cannot check the identity of the cluster');
    }
  }

  /** A malformed watch list is no reason to see nothing, but everybody has to know. True when a report was made. */
  #judgeSelection(): boolean {
    const { fault, list } = this.#selection;
    if (fault === undefined) return this.#setCondition('InvalidWatchList', undefined);
    const { code, message, remedy = '' } = fault;
    const meanwhile = list.type === 'all' ? 'Every kind is watched meanwhile.' : 'The last good list stays in force.';
    this.#context.logger.warn({ code, err: fault }, 'the watch list is malformed');
    return this.#setCondition('InvalidWatchList', `${message} ${remedy} ${meanwhile}`);
  }

  /** True when something changed and was reported. */
  #setCondition(reason: string, message: string | undefined): boolean {
    if (!this.#conditions.set(reason, message) || !this.#opened) return false;
    this.#report();
    return true;
  }

  #report(): void {
    const value = this.#conditions.report(this.#context.config.agentVersion);
    this.#tasks.own(this.#sender.push({ $case: 'agentReport', value }, 0));
  }
}

/** A full batch of JSON with the columns beside it. */
function packedBytes(config: DiscoveryConfig): number {
  return config.batchBytes + config.batchObjects * 1024;
}

function isUnanswered(error: unknown): boolean {
  if (isMesheryError(error)) return error.code === 'meshery-messaging-1504' || error.code === 'meshery-core-1003';
  return error instanceof Error && error.name === 'TimeoutError';
}
