import type { Clock, RequestContext } from '@meshery/observability';
import type { UserData } from '@meshery/store';
import { allowedEntry } from '../../audit/audit-entry.ts';
import type { Change, ChangeNotes } from './change-notes.ts';
import { timestamp } from './local-parts.ts';

/** Makes an event and a line of the audit log of every change. */
export class EventNotes implements ChangeNotes {
  readonly #parts: { readonly clock: Clock; readonly newId: () => string };

  constructor(parts: { readonly clock: Clock; readonly newId: () => string }) {
    this.#parts = parts;
  }

  async note(data: UserData, ctx: RequestContext, change: Change): Promise<void> {
    const at = timestamp(this.#parts.clock);
    const { category, action, actedUpon, organizationId, description } = change;
    await data.events.append({
      id: this.#parts.newId(),
      organizationId,
      owner: ctx.user.userId,
      actedUpon,
      action,
      category,
      description,
      metadata: change.metadata ?? {},
      operationId: change.operationId ?? null,
      severity: change.severity ?? 'informational',
      createdAt: at,
      updatedAt: at,
    });
    const what = { action: `${category}.${action}`, objectId: actedUpon, organizationId };
    await data.audit.append(allowedEntry(ctx, at, what));
    ctx.logger.info(change, 'changed');
  }
}
