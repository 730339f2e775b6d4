import type { Operation } from '@meshery/object-model';
import type { Clock, RequestContext } from '@meshery/observability';
import type { UserStore } from '@meshery/store';
import type { Operations } from './operations.ts';

/** How long changes gather before they are looked at, and how often it is looked without one. */
const gatherMs = 50;
const pollMs = 1000;

/** What an operation is followed with. */
export interface FollowParts {
  readonly operations: Operations;
  readonly store: UserStore;
  readonly clock: Clock;
}

/**
 * An operation as it is now and after each change that is still the newest when it is looked at; ends after its final
 * state, or when the signal aborts. Rejects with `meshery-core-1002`, also when it is not the user's to see any more.
 */
export async function* followOperation(
  { operations, store, clock }: FollowParts,
  ctx: RequestContext,
  id: string,
): AsyncGenerator<Operation> {
  let last = '';
  while (!ctx.signal.aborted) {
    const woken = new AbortController();
    const unlisten = store.onCommit(() => {
      woken.abort();
    });
    try {
      const operation = await operations.get(ctx, id);
      // That its process still works on it is no change.
      const text = JSON.stringify({ ...operation, seenAt: '' });
      if (text !== last) yield operation;
      last = text;
      if (operation.state !== 'running') return;
      await clock.sleep(pollMs, AbortSignal.any([ctx.signal, woken.signal])).catch(() => undefined);
    } finally {
      unlisten();
    }
    await clock.sleep(gatherMs, ctx.signal).catch(() => undefined);
  }
}
