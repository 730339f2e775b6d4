import type { MesheryError } from '@meshery/errors';
import type { Connection } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import type { Operations } from '../operations/operations.ts';
import type { OperationHandle } from '../operations/running-operation.ts';

/** What is wanted in a cluster: the operator, none, or that it is left as it is and not looked at any more. */
export type Goal = 'deployed' | 'removed' | 'left';

const actions: Readonly<Record<Goal, string>> = { deployed: 'deploy', removed: 'undeploy', left: 'keep' };

/** Long work that was tried before and failed is not told again before it succeeds. */
interface Work {
  readonly goal: Goal;
  readonly isRepeated: boolean;
}

const silent = { id: '', signal: new AbortController().signal, progress: () => undefined, target: () => undefined };

/** Keeps what is done about operators as operations: the first failure and every success, not each of many tries. */
export class OperatorRecords {
  readonly #operations: Operations;
  /** Failures that ended an operation, so that they are kept already. */
  readonly #recorded = new WeakSet<Error>();

  constructor(operations: Operations) {
    this.#operations = operations;
  }

  /** Runs work and resolves or rejects as it does. */
  async run(
    ctx: RequestContext,
    connection: Connection,
    { goal, isRepeated }: Work,
    work: (handle: OperationHandle) => Promise<void>,
  ): Promise<void> {
    if (!isRepeated) return this.#record(ctx, connection, goal, work);
    await work(silent);
    await this.#record(ctx, connection, goal, () => Promise.resolve());
  }

  /** Keeps a failure that came before anything was begun. */
  async failed(ctx: RequestContext, connection: Connection, goal: Goal, error: MesheryError): Promise<void> {
    if (this.#recorded.has(error)) return;
    await this.#record(ctx, connection, goal, () => Promise.reject(error)).catch(() => undefined);
  }

  async #record(
    ctx: RequestContext,
    { id, name, organizationId }: Connection,
    goal: Goal,
    work: (handle: OperationHandle) => Promise<void>,
  ): Promise<void> {
    const about = { category: 'operator', action: actions[goal], organizationId, subject: `Operator of "${name}"` };
    const ended = Promise.withResolvers<void>();
    await this.#operations.begin(ctx, { ...about, targets: [{ id, name }] }, async (handle) => {
      try {
        await work(handle);
        ended.resolve();
      } catch (error) {
        if (error instanceof Error) this.#recorded.add(error);
        ended.reject(error);
        throw error;
      }
    });
    await ended.promise;
  }
}
