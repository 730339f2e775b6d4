import { toMesheryError } from '@meshery/errors';
import type { MesheryError } from '@meshery/errors';
import type { Operation, OperationState, Page, PageQuery } from '@meshery/object-model';
import type { Clock, Logger, RequestContext } from '@meshery/observability';
import type { OperationFilter, UserStore } from '@meshery/store';
import { allowedEntry } from '../audit/audit-entry.ts';
import type { ChangeNotes } from '../provider/local/change-notes.ts';
import { eventScope } from '../provider/local/local-events.ts';
import { timestamp } from '../provider/local/local-parts.ts';
import { notFound, requireMembership } from '../provider/local/tenancy.ts';
import {
  cancelReason,
  endPatch,
  hasEnded,
  isCancel,
  orphanPatch,
  shuttingDown,
  tooManyRunning,
} from './operation-end.ts';
import { RunningOperation } from './running-operation.ts';
import type { OperationHandle } from './running-operation.ts';

/** How often a process says that it still works on its operations. */
const heartbeatMs = 10_000;
/** Silence after which a process of several counts as dead. */
const deadAfterMs = 60_000;
const maxRunning = 1000;

/** What is said about long work before it begins. */
export interface OperationDraft {
  /** What it is about and what is done to it, such as "connection" and "disconnect"; its event has them as well. */
  readonly category: string;
  readonly action: string;
  /** Whose members see it; null: only the user who began it. */
  readonly organizationId: string | null;
  /** What it is done to, for people, such as `Cluster "prod"`. */
  readonly subject: string;
  readonly targets: readonly { readonly id: string; readonly name: string }[];
}

/** Parts of Operations. */
export interface OperationsOptions {
  readonly store: UserStore;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly newId: () => string;
  readonly notes: ChangeNotes;
}

/**
 * Long work with a durable record that ends in exactly one final state, whatever happens: the end of the work, a
 * cancel, a shutdown, or the death of the process, which the next start finds.
 */
export class Operations {
  readonly #options: OperationsOptions;
  readonly #processId: string;
  readonly #running = new Map<string, RunningOperation>();
  readonly #stop = new AbortController();
  #beating: Promise<void> = Promise.resolve();

  constructor(options: OperationsOptions) {
    this.#options = options;
    this.#processId = options.newId();
  }

  /** Ends what a dead process left behind, and begins to look after the operations of this one. */
  async start(): Promise<void> {
    const { store } = this.#options;
    await this.#failDead(store.isShared ? this.#ago(deadAfterMs) : '9999');
    this.#beating = this.#beat();
  }

  /**
   * Begins long work. Resolves with the record once it is kept; the work goes on by itself. What it throws ends it as
   * failed, or as cancelled when its signal was aborted. Rejects with `meshery-core-1005` when too much runs.
   */
  async begin(
    ctx: RequestContext,
    draft: OperationDraft,
    work: (handle: OperationHandle) => Promise<void>,
  ): Promise<Operation> {
    if (this.#stop.signal.aborted) throw shuttingDown();
    if (this.#running.size >= maxRunning) throw tooManyRunning(maxRunning);
    const operation = this.#recordOf(ctx, draft);
    const running = new RunningOperation(operation, (patch) => this.#save(operation.id, patch));
    this.#running.set(operation.id, running);
    try {
      await this.#options.store.change((data) => data.operations.insert(operation));
    } catch (error) {
      this.#running.delete(operation.id);
      throw error;
    }
    running.finished = this.#run(ctx, draft, running, work);
    return operation;
  }

  /** One page of what the user may see, newest first. */
  page(ctx: RequestContext, filter: OperationFilter, query: PageQuery): Promise<Page<Operation>> {
    return this.#options.store.read(async (data) => data.operations.page(await eventScope(data, ctx), filter, query));
  }

  /** Rejects with `meshery-core-1002`. */
  async get(ctx: RequestContext, id: string): Promise<Operation> {
    const { store } = this.#options;
    const found = await store.read(async (data) => data.operations.find(id, await eventScope(data, ctx)));
    if (found === undefined) throw notFound('operation');
    return found;
  }

  /** Asks running work to end. Rejects with `meshery-core-1002`, `meshery-auth-1202`, or `-core-1007` when it has ended. */
  async cancel(ctx: RequestContext, id: string): Promise<Operation> {
    const { store, clock } = this.#options;
    const at = timestamp(clock);
    const cancelled = await store.change(async (data) => {
      const found = await data.operations.find(id, await eventScope(data, ctx));
      if (found === undefined) throw notFound('operation');
      const { organizationId } = found;
      if (organizationId !== null) await requireMembership(data, ctx, organizationId, 'write');
      const patch = { isCancelRequested: true, updatedAt: at };
      if (!(await data.operations.update(id, patch))) throw hasEnded(found.state);
      await data.audit.append(allowedEntry(ctx, at, { action: 'operation.cancel', objectId: id, organizationId }));
      return { ...found, ...patch };
    });
    this.#running.get(id)?.abort(cancelReason());
    return cancelled;
  }

  /** Ends all work of this process, which is told so, and waits for it. */
  async close(): Promise<void> {
    this.#stop.abort();
    for (const running of this.#running.values()) running.abort(shuttingDown());
    await Promise.all([this.#beating, ...[...this.#running.values()].map(({ finished }) => finished)]);
  }

  #recordOf(ctx: RequestContext, draft: OperationDraft): Operation {
    const at = timestamp(this.#options.clock);
    const targets = draft.targets.map((target) => ({ ...target, state: 'running', message: '' }) as const);
    return {
      id: this.#options.newId(),
      kind: `${draft.category}.${draft.action}`,
      organizationId: draft.organizationId,
      owner: ctx.user.userId,
      state: 'running',
      progress: 0,
      targets,
      error: null,
      isCancelRequested: false,
      processId: this.#processId,
      seenAt: at,
      createdAt: at,
      updatedAt: at,
      finishedAt: null,
    };
  }

  async #run(
    ctx: RequestContext,
    draft: OperationDraft,
    running: RunningOperation,
    work: (handle: OperationHandle) => Promise<void>,
  ): Promise<void> {
    let error: MesheryError | undefined;
    try {
      await work(running);
    } catch (thrown) {
      error = toMesheryError(thrown);
    }
    await running.settled();
    const wasCancelled = running.signal.reason === undefined ? false : isCancel(running.signal.reason);
    const state = error === undefined ? 'succeeded' : wasCancelled ? 'cancelled' : 'failed';
    await this.#end(ctx, draft, { running, state, error: state === 'failed' ? error : undefined });
    this.#running.delete(running.id);
  }

  /** Keeps the end with its event; what cannot be kept now is marked as failed when the record is found orphaned. */
  async #end(
    ctx: RequestContext,
    draft: OperationDraft,
    end: {
      readonly running: RunningOperation;
      readonly state: OperationState;
      readonly error: MesheryError | undefined;
    },
  ): Promise<void> {
    const { store, clock, notes, logger } = this.#options;
    const { running, state, error } = end;
    const { id } = running;
    try {
      await store.change(async (data) => {
        if (!(await data.operations.update(id, endPatch(running.targets, { state, error, at: timestamp(clock) }))))
          return;
        const { category, action, organizationId, subject } = draft;
        const why = error === undefined ? '' : ` ${error.message}`;
        await notes.note(data, ctx, {
          category,
          action,
          actedUpon: id,
          organizationId,
          description: `${subject}: ${action} ${state}.${why}`,
          severity: state === 'failed' ? 'error' : state === 'succeeded' ? 'success' : 'informational',
          operationId: id,
          ...(error === undefined ? {} : { metadata: { code: error.code, remedy: error.remedy ?? '' } }),
        });
      });
    } catch (failure) {
      logger.error({ err: failure, operationId: id, state }, 'the end of an operation could not be kept');
    }
  }

  async #save(id: string, patch: Partial<Operation>): Promise<void> {
    const { store, clock, logger } = this.#options;
    const at = timestamp(clock);
    try {
      await store.change((data) => data.operations.update(id, { ...patch, seenAt: at, updatedAt: at }));
    } catch (error) {
      logger.warn({ err: error, operationId: id }, 'the progress of an operation could not be kept');
    }
  }

  async #beat(): Promise<void> {
    const { clock, store, logger } = this.#options;
    const { signal } = this.#stop;
    for (;;) {
      await clock.sleep(heartbeatMs, signal).catch(() => undefined);
      if (signal.aborted) return;
      try {
        await this.#sayAlive();
        if (store.isShared) await this.#failDead(this.#ago(deadAfterMs));
      } catch (error) {
        logger.warn({ err: error }, 'operations could not be looked after');
      }
    }
  }

  /** Also hears of cancels that came to another process, and of records whose end could not be kept. */
  async #sayAlive(): Promise<void> {
    const { store, clock } = this.#options;
    const at = timestamp(clock);
    await store.change(async (data) => {
      for (const { id, isCancelRequested, targets } of await data.operations.running({ processId: this.#processId })) {
        const running = this.#running.get(id);
        if (isCancelRequested) running?.abort(cancelReason());
        await data.operations.update(id, running === undefined ? orphanPatch(targets, at) : { seenAt: at });
      }
    });
  }

  async #failDead(seenBefore: string): Promise<void> {
    const { store, clock, logger } = this.#options;
    const at = timestamp(clock);
    const ended = await store.change(async (data) => {
      const dead = await data.operations.running({ seenBefore });
      for (const { id, targets } of dead) await data.operations.update(id, orphanPatch(targets, at));
      return dead.length;
    });
    if (ended > 0) logger.warn({ operations: ended }, 'operations of a process that ended were marked as failed');
  }

  #ago(ms: number): string {
    return new Date(this.#options.clock.now() - ms).toISOString();
  }
}
