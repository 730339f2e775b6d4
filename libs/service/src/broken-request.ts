import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { httpErrorAnswer } from './error-body.ts';

interface Refusal {
  readonly statusCode: number;
  readonly message: string;
}

const refusals: Readonly<Record<string, Refusal>> = {
  ERR_HTTP_REQUEST_TIMEOUT: { statusCode: 408, message: 'The request did not come in time.' },
  HPE_HEADER_OVERFLOW: { statusCode: 431, message: 'The headers of the request are too large.' },
  HPE_INVALID_METHOD: { statusCode: 400, message: 'The request has a method that HTTP does not know.' },
};
const noHttp: Refusal = { statusCode: 400, message: 'What was sent is no request of HTTP.' };

/** Answers bytes that are no request, in the form of all errors; nothing of the framework knows them, so by hand. */
export function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  if (socket.writable) socket.write(answerText(refusals[error.code ?? ''] ?? noHttp));
  socket.destroy(error);
}

function answerText({ statusCode, message }: Refusal): string {
  const requestId = randomUUID();
  const { status, body } = httpErrorAnswer(Object.assign(new Error(message), { statusCode }), requestId);
  const text = JSON.stringify(body);
  return [
    `HTTP/1.1 ${String(status)} ${STATUS_CODES[status] ?? ''}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${String(Buffer.byteLength(text))}`,
    `X-Request-Id: ${requestId}`,
    'X-Content-Type-Options: nosniff',
    'Connection: close',
    '',
    text,
  ].join('\r\n');
}
