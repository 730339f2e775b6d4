import { headers as createHeaders } from '@nats-io/transport-node';
import type { MsgHdrs } from '@nats-io/transport-node';
import type { Headers } from '../broker.ts';

/** Our headers as the client wants them; undefined when there are none. */
export function toNatsHeaders(source: Headers | undefined): MsgHdrs | undefined {
  const entries = Object.entries(source ?? {});
  if (entries.length === 0) return undefined;
  const target = createHeaders();
  for (const [name, value] of entries) target.set(name, value.replaceAll(/[\r\n]+/g, ' '));
  return target;
}

/** The client's headers as ours; of repeated ones the last counts. */
export function fromNatsHeaders(source: MsgHdrs | undefined): Headers {
  const target: Record<string, string> = {};
  for (const name of source?.keys() ?? []) target[name] = source?.last(name) ?? '';
  return target;
}
