import { ApiError } from './api-error.ts';
import { answerOf, createMesheryClient } from './client.ts';

/** A client whose server is a function. */
const clientOf = (fetch: (request: Request, init: RequestInit) => Promise<Response>, timeoutMs = 1000) =>
  createMesheryClient({
    ...{ baseUrl: 'http://meshery.test', token: 't', cookie: 'a=b', timeoutMs },
    fetch: fetch as typeof globalThis.fetch,
  });
const failureOf = (call: Promise<unknown>): Promise<unknown> => call.catch((reason: unknown) => reason);

/** Answers nothing until it is aborted. */
const silent = (_request: Request, { signal }: RequestInit): Promise<Response> =>
  new Promise((_resolve, reject) => {
    signal?.addEventListener('abort', () => {
      reject(signal.reason as Error);
    });
  });

test('sends what the call says, with the identity that it was made with', async () => {
  const client = clientOf((request) =>
    Promise.resolve(Response.json({ url: request.url, ...Object.fromEntries(request.headers) })),
  );
  const query = { kind: ['Pod', 'Node'], page: 1 };
  expect(await answerOf(client.GET('/api/system/meshsync/resources', { params: { query } }))).toMatchObject({
    url: 'http://meshery.test/api/system/meshsync/resources?kind=Pod&kind=Node&page=1',
    ...{ authorization: 'Bearer t', cookie: 'a=b', accept: 'application/json' },
  });
});

test('fails as an answer that never came when its time is over', async () => {
  const failure = await failureOf(clientOf(silent, 5).GET('/api/user'));
  expect(failure).toBeInstanceOf(ApiError);
  expect(failure).toMatchObject({ fields: { status: 0, code: 'network' } });
});

test('rejects with the reason of a caller that does not want it any more', async () => {
  const stop = new AbortController();
  const failure = failureOf(answerOf(clientOf(silent).GET('/api/user', { signal: stop.signal })));
  stop.abort(new Error('gone'));
  expect(await failure).toEqual(new Error('gone'));
});

test('carries code, remedy and correlation id of a refusal', async () => {
  const body = { error: 'Refused', code: 'meshery-auth-1205', suggestedRemediation: ['Do it.'], requestId: 'r1' };
  const client = clientOf(() => Promise.resolve(Response.json(body, { status: 403 })));
  expect(await failureOf(client.POST('/api/user/logout'))).toMatchObject({
    signedOut: false,
    fields: { status: 403, code: 'meshery-auth-1205', message: 'Refused', remedy: ['Do it.'], requestId: 'r1' },
  });
});

test.each([
  ['http-502', new Response('<h1>', { status: 502, statusText: 'Bad Gateway' })],
  ['not-json', new Response('<h1>', { headers: { 'content-type': 'text/html' } })],
  ['network', new Response('{', { headers: { 'content-type': 'application/json' } })],
])('an answer that is not of the server fails as %s', async (code, response) => {
  const client = clientOf(() => Promise.resolve(response));
  expect(await failureOf(answerOf(client.GET('/api/user')))).toMatchObject({ fields: { code } });
});
