import type { RequestContext } from '@meshery/observability';
import type { UserData } from '@meshery/store';
import type { Change, ChangeNotes } from './change-notes.ts';

/** Writes every change to the log of the server. */
export class ChangeLog implements ChangeNotes {
  note(_data: UserData, ctx: RequestContext, change: Change): Promise<void> {
    ctx.logger.info(change, 'changed');
    return Promise.resolve();
  }
}
