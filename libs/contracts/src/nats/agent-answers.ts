import type { SessionOutput } from './agent-requests.ts';
import type { Parsed } from './envelope.ts';
import { checked, countField, parseFields, refuseField } from './pod-fields.ts';
import type { Fields } from './pod-fields.ts';
import { isSubjectToken } from './subjects.ts';

/** Largest answer, in bytes: a piece of 16 KiB in base64, or the list of sessions. */
const maxAnswerBytes = 256 * 1024;

/** An answer with the id of its request. */
export interface AgentAnswer {
  readonly id: string;
  readonly output: SessionOutput;
}

/** Reads what an agent answers to a native request. */
export function parseAgentAnswer(data: Uint8Array): Parsed<AgentAnswer> {
  return checked(() => {
    const fields = parseFields(data, maxAnswerBytes);
    const { id } = fields;
    // An agent that could not read the request does not know its id.
    if (typeof id !== 'string' || (id !== '' && !isSubjectToken(id))) return refuseField('id is not an id');
    return { id, output: outputOf(fields) };
  });
}

/** True for the last word of a request. */
export function isLastAnswer({ type }: SessionOutput): boolean {
  return type === 'end' || type === 'error';
}

function outputOf(fields: Fields): SessionOutput {
  switch (fields.type) {
    case 'started':
      return { type: 'started' };
    case 'data':
      return dataOf(fields);
    case 'end': {
      const exitCode = countField(fields, 'exitCode', 0, 0xffff_ffff);
      const result = fields.result === undefined ? {} : { result: fields.result };
      return { type: 'end', ...(exitCode === undefined ? {} : { exitCode }), ...result };
    }
    case 'error':
      return errorOf(fields);
    default:
      return refuseField('type is none of started, data, end, error');
  }
}

function dataOf(fields: Fields): SessionOutput {
  const { stream, data } = fields;
  const sequence = countField(fields, 'sequence', 1, Number.MAX_SAFE_INTEGER);
  if (sequence === undefined) return refuseField('sequence is missing');
  if (stream !== 'stdout' && stream !== 'stderr') return refuseField('stream is none of stdout, stderr');
  if (typeof data !== 'string') return refuseField('data is not a text');
  return { type: 'data', sequence, stream, data: Buffer.from(data, 'base64') };
}

function errorOf({ code, message, probableCause, remedy }: Fields): SessionOutput {
  if (typeof code !== 'string' || typeof message !== 'string') return refuseField('code or message is not a text');
  return {
    type: 'error',
    code,
    message,
    ...(typeof probableCause === 'string' ? { probableCause } : {}),
    ...(typeof remedy === 'string' ? { remedy } : {}),
  };
}
