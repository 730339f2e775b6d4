import type { Msg } from '@nats-io/transport-node';
import type { BrokerMessage } from '../broker.ts';
import { fromNatsHeaders, toNatsHeaders } from './nats-headers.ts';

/** A message of the client as ours. */
export function toBrokerMessage(message: Msg): BrokerMessage {
  return {
    subject: message.subject,
    data: message.data,
    headers: fromNatsHeaders(message.headers),
    respond: (data, source) => {
      const headers = toNatsHeaders(source);
      return message.respond(data, headers === undefined ? {} : { headers });
    },
  };
}
