import type { Connection } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import type { Connections } from '../provider/connections-port.ts';

/** True for one that the server itself disconnected, as `ctx` stands for it: what a user decided stays. */
export async function isLeftBySystem(
  connections: Connections,
  ctx: RequestContext,
  { id, status }: Connection,
): Promise<boolean> {
  if (status !== 'disconnected') return false;
  const lines = await connections.history(ctx, id);
  return lines.find(({ isDone }) => isDone)?.by === ctx.user.userId;
}
