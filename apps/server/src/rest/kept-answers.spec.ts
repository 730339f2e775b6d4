import type { Session } from '@meshery/security';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { attachSession } from '../access/request-session.ts';
import { KeptAnswers } from './kept-answers.ts';
import type { Revised } from './kept-answers.ts';

const local: { revision: number | undefined } = { revision: 1 };
let kept: KeptAnswers;
let made: number;
beforeEach(() => {
  local.revision = 1;
  made = 0;
  const providers = new Map<string, Revised>([
    ['Local', local],
    ['Other', local],
  ]);
  kept = new KeptAnswers((name) => providers.get(name));
});

interface Asked {
  readonly method?: string;
  readonly url?: string;
  readonly identity?: Partial<Session['identity']>;
  readonly permissions?: ReadonlySet<string>;
}

function ask({ method = 'GET', url = '/api/things/1', identity = {}, permissions }: Asked = {}): FastifyRequest {
  const request = { method, url } as FastifyRequest;
  const who = { userId: 'u-1', name: 'Uma', provider: 'Local', roles: ['viewer'], ...identity };
  attachSession(request, { identity: who, tokenId: 't-1', expiresAt: 0, ...(permissions && { permissions }) });
  return request;
}

const keep = (request = ask()): Promise<string> =>
  kept.keep(request, { right: 'read', permission: undefined }, () => Promise.resolve({ made: (made += 1) }));

/** What the hook answers; undefined when the request goes on. */
function recalled(request = ask()): string | undefined {
  let sent: string | undefined;
  const reply = { header: () => reply, send: (text: string) => ((sent = text), reply) };
  let isDone = false;
  kept.onRequest(request, reply as unknown as FastifyReply, () => (isDone = true));
  expect(isDone).toBe(sent === undefined);
  return sent;
}

test('an answer is kept for who asked, until something changes', async () => {
  expect([recalled(), await keep(), recalled(), recalled()]).toEqual([undefined, ...Array(3).fill('{"made":1}')]);
  local.revision = 2;
  expect(recalled()).toBeUndefined();
  expect([await keep(), recalled()]).toEqual(['{"made":2}', '{"made":2}']);
});

test.each<[string, Asked]>([
  ['another user', { identity: { userId: 'u-2' } }],
  ['other roles of the same user', { identity: { roles: ['admin'] } }],
  ['a user of another provider', { identity: { provider: 'Other' } }],
  ['another URL', { url: '/api/things/2' }],
  ['another query', { url: '/api/things/1?a=1' }],
  ['HEAD', { method: 'HEAD' }],
])('it is not for %s', async (_who, asked) => {
  await keep();
  expect(recalled(ask(asked))).toBeUndefined();
});

test('nor for anybody without a session, or without the right that the handler needs', async () => {
  await kept.keep(ask(), { right: 'write', permission: undefined }, () => Promise.resolve({}));
  expect(recalled()).toBeUndefined();
  await keep();
  expect(recalled({ method: 'GET', url: '/api/things/1' } as FastifyRequest)).toBeUndefined();
  expect(recalled()).toBe('{"made":1}');
});

test('nor once no keychain gives the permission any more', async () => {
  await kept.keep(ask(), { right: 'read', permission: 'View things' }, () => Promise.resolve({}));
  const may = (...permissions: string[]): FastifyRequest => ask({ permissions: new Set(permissions) });
  expect([recalled(may('View others')), recalled(may('View things'))]).toEqual([undefined, '{}']);
});

test('without a revision nothing is kept', async () => {
  local.revision = undefined;
  await keep();
  expect(recalled()).toBeUndefined();
});

test('what was kept is not given out once there is no revision', async () => {
  await keep();
  local.revision = undefined;
  expect(recalled()).toBeUndefined();
});

test('an answer during which something changed is not kept', async () => {
  const gate = Promise.withResolvers<object>();
  const late = kept.keep(ask(), { right: 'read', permission: undefined }, () => gate.promise);
  local.revision = 2;
  gate.resolve({ old: true });
  expect([await late, recalled()]).toEqual(['{"old":true}', undefined]);
});

test.each<[string, Asked]>([
  ['of another method', { method: 'HEAD' }],
  ['to a long URL', { url: `/api/things/${'1'.repeat(600)}` }],
])('an answer %s is not kept', async (_what, asked) => {
  await keep(ask(asked));
  expect(recalled(ask({ ...asked, method: 'GET' }))).toBeUndefined();
});

test('the answers that are kept have a bound', async () => {
  for (let index = 0; index < 1001; index += 1) await keep(ask({ url: `/${String(index)}` }));
  expect([recalled(ask({ url: '/0' })), recalled(ask({ url: '/1000' }))]).toEqual([undefined, '{"made":1001}']);
});
