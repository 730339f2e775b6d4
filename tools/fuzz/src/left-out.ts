import type { Answer, FuzzTarget, Sending } from './callers.ts';

interface Expected {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly type: string;
  readonly sending?: Sending;
}

const resources = '/api/system/meshsync/resources/subscribe';
const streams = ['/api/system/events/subscribe', '/api/events?client=cli_deploy', '/api/providers/stream', resources];

/** Operations that the fuzzing client does not send: they end its session, empty what it works on, or do not end. */
export const leftOut =
  '/subscribe$|^/api/providers/stream$|^/api/events$|^/(api/)?user/logout$|^/error$|/database/reset$';

/** Sends each of them once, and gives what was answered otherwise than documented. */
export async function checkLeftOut(target: FuzzTarget): Promise<readonly string[]> {
  const token = await target.signIn('viewer');
  const faults: string[] = [];
  for (const expected of requests(token)) {
    const { method, path, sending } = expected;
    const answer = await target.send(method, path, sending);
    if (!isExpected(expected, answer)) faults.push(`${method} ${path}: ${String(answer.status)} ${answer.type}`);
  }
  return faults;
}

function isExpected({ status, type }: Expected, answer: Answer): boolean {
  return answer.status === status && answer.type.startsWith(type);
}

function requests(token: string): readonly Expected[] {
  const json = 'application/json';
  const asViewer = { sending: { token } };
  return [
    ...streams.map((path) => ({ method: 'GET', path, status: 200, type: 'text/event-stream' })),
    ...streams
      .filter((path) => path !== '/api/providers/stream')
      .map((path) => ({ method: 'GET', path, status: 401, type: json, sending: { token: '' } })),
    { method: 'GET', path: '/api/events?client=other', status: 400, type: json },
    ...['GET', 'POST', 'PUT', 'DELETE'].map((method) => ({ method, path: '/error', status: 500, type: json })),
    { method: 'DELETE', path: '/api/system/database/reset', status: 403, type: json, ...asViewer },
    { method: 'DELETE', path: '/api/system/database/reset', status: 200, type: json },
    { method: 'GET', path: '/user/logout', status: 302, type: '', sending: { token: '' } },
    { method: 'POST', path: '/api/user/logout', status: 200, type: json, ...asViewer },
    { method: 'GET', path: '/api/user', status: 401, type: json, ...asViewer },
  ];
}
