import type { GraphQLFormattedError } from 'graphql';

/** The part of a websocket that messages leave through. */
export interface SendingSocket {
  send(message: string, ...rest: readonly unknown[]): void;
}

interface ErrorMessage {
  readonly payload: readonly GraphQLFormattedError[];
}

/** How messages of refused documents begin, in both subprotocols. */
const beginning = '{"type":"error"';
const extensions = { code: 'BAD_USER_INPUT', mesheryCode: 'meshery-core-1001' };

/**
 * Gives documents that are refused on a websocket the code that they have over HTTP: they do not pass through the error
 * formatter, and whatever fails later comes with its code as a value of the subscription.
 */
export function codeRefusals(socket: SendingSocket): void {
  const send = socket.send.bind(socket);
  socket.send = (message, ...rest) => {
    send(message.startsWith(beginning) ? coded(message) : message, ...rest);
  };
}

function coded(message: string): string {
  const whole = JSON.parse(message) as ErrorMessage;
  return JSON.stringify({ ...whole, payload: whole.payload.map(codedError) });
}

/** Only faults that have a place in the document say what they are; other texts are of the inside. */
function codedError(error: GraphQLFormattedError): GraphQLFormattedError {
  if (error.extensions?.['mesheryCode'] !== undefined) return error;
  const { message, locations } = error;
  return locations === undefined
    ? { message: 'What was sent is no subscription that can be read.', extensions }
    : { message, locations, extensions };
}
