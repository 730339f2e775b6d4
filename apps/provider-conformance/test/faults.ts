import { createHash, generateKeyPairSync } from 'node:crypto';
import type { Exchange, Fault, Reply } from './faulty-provider.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Changes the answers to one kind of request. */
function answers(method: string, path: RegExp, change: (reply: Reply, exchange: Exchange) => Reply): Fault {
  return async (exchange, pass) => {
    const reply = await pass(exchange);
    return exchange.method === method && path.test(exchange.url.pathname) ? change(reply, exchange) : reply;
  };
}

/** Changes the requests of one kind. */
function requests(method: string, path: RegExp, change: (exchange: Exchange) => Exchange): Fault {
  return (exchange, pass) =>
    pass(exchange.method === method && path.test(exchange.url.pathname) ? change(exchange) : exchange);
}

/** Gives the good answer to a request again when its field comes again. */
function repeats(path: string, field: string): Fault {
  const known = new Map<unknown, Reply>();
  return async (exchange, pass) => {
    if (exchange.url.pathname !== path) return pass(exchange);
    const value = fieldsOf(exchange.body)[field];
    const reply = known.get(value) ?? (await pass(exchange));
    if (reply.status === 200) known.set(value, reply);
    return reply;
  };
}

function fieldsOf(text: string): Fields {
  return JSON.parse(text) as Fields;
}

function withFields(reply: Reply, change: (fields: Fields) => Fields): Reply {
  return { ...reply, body: JSON.stringify(change(fieldsOf(reply.body))) };
}

const withKeys = (change: (keys: readonly Fields[]) => readonly Fields[]): Fault =>
  answers('GET', /^\/keys$/, (reply) => withFields(reply, ({ keys }) => ({ keys: change(keys as Fields[]) })));

function withHeader(reply: Reply, name: string, value: string): Reply {
  return { ...reply, headers: { ...reply.headers, [name]: value } };
}

function withQuery(exchange: Exchange, change: (query: URLSearchParams) => void): Exchange {
  const url = new URL(exchange.url);
  change(url.searchParams);
  return { ...exchange, url };
}

const ok = (reply: Reply): Reply => ({ ...reply, status: 200, body: '{"active":true}' });

/** The token of a request to introspect. */
const tokenOf = ({ body }: Exchange): string => String(fieldsOf(body).token);
const partOf = (token: string, index: number): Fields => {
  const part = token.split('.')[index];
  return token.split('.').length === 3 ? fieldsOf(Buffer.from(part ?? '', 'base64url').toString()) : {};
};

const knownVerifier = 'v'.repeat(43);
const knownChallenge = createHash('sha256').update(knownVerifier).digest('base64url');
const otherKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' });

/** Whoever has a code gets its tokens, whatever they prove. */
const noVerifier: Fault = (exchange, pass) => {
  if (exchange.url.pathname === '/login' && exchange.url.searchParams.has('code_challenge')) {
    return pass(withQuery(exchange, (query) => query.set('code_challenge', knownChallenge)));
  }
  if (exchange.url.pathname !== '/token') return pass(exchange);
  return pass({ ...exchange, body: JSON.stringify({ ...fieldsOf(exchange.body), code_verifier: knownVerifier }) });
};

/** Breaks at a code that comes for the first time and is refused. */
function breaksOnce(): Fault {
  const known = new Set<unknown>();
  return async (exchange, pass) => {
    const reply = await pass(exchange);
    if (exchange.url.pathname !== '/token' || known.has(fieldsOf(exchange.body).code)) return reply;
    known.add(fieldsOf(exchange.body).code);
    return reply.status < 400 ? reply : { ...reply, status: 500 };
  };
}

/** What was active once is so for ever. */
function neverForgets(): Fault {
  const known = new Set<string>();
  return async (exchange, pass) => {
    const reply = await pass(exchange);
    if (exchange.url.pathname !== '/introspect') return reply;
    if (reply.status === 200) known.add(tokenOf(exchange));
    return known.has(tokenOf(exchange)) ? ok(reply) : reply;
  };
}

/** The refresh token stays the one that came. */
const sameRefresh = answers('POST', /^\/refresh$/, (reply, { body }) => {
  if (reply.status !== 200) return reply;
  const read = (text: unknown): Fields => fieldsOf(Buffer.from(String(text), 'base64').toString());
  const { refresh_token } = read(fieldsOf(body).token);
  return withFields(reply, ({ token }) => ({
    token: Buffer.from(JSON.stringify({ ...read(token), refresh_token })).toString('base64'),
  }));
});

const withdrawsNothing: Fault = async (exchange, pass) =>
  exchange.method === 'DELETE' && exchange.url.pathname.startsWith('/filters/catalog/')
    ? { status: 204, headers: {}, body: '' }
    : pass(exchange);

const hangs: Fault = (exchange, pass) =>
  exchange.url.pathname === '/events/summary' && exchange.headers.authorization !== undefined
    ? new Promise(() => undefined)
    : pass(exchange);

const introspects = (isTaken: (token: string) => boolean): Fault =>
  answers('POST', /^\/introspect$/, (reply, exchange) => (isTaken(tokenOf(exchange)) ? ok(reply) : reply));

/** Faults of providers, and the one check that has to find each. */
export const faults: readonly (readonly [what: string, check: string, fault: Fault])[] = [
  [
    'lists a feature that nobody knows',
    'capabilities.features',
    answers('GET', /capabilities$/, (reply) =>
      withFields(reply, (fields) => ({
        ...fields,
        capabilities: [...(fields.capabilities as object[]), { feature: 'persist-dreams', endpoint: '/dreams' }],
      })),
    ),
  ],
  [
    'does not know the version of the server',
    'capabilities.versioned',
    answers('GET', /^\/v.*capabilities$/, (reply) => ({ ...reply, status: 404 })),
  ],
  [
    'has a key for the algorithm "none"',
    'keys.algorithm',
    withKeys((keys) => [...keys, { ...keys[0], kid: 'n', alg: 'none' }]),
  ],
  ['has two keys of one id', 'keys.id', withKeys((keys) => [...keys, ...keys])],
  ['publishes a private key', 'keys.public', withKeys((keys) => keys.map((key) => ({ ...key, d: 'AQAB' })))],
  [
    'lets keys be kept for a year',
    'keys.cache',
    answers('GET', /^\/keys$/, (reply) => withHeader(reply, 'cache-control', 'max-age=31536000')),
  ],
  [
    'asks for no challenge',
    'login.challenge',
    requests('GET', /^\/login$/, (exchange) =>
      withQuery(exchange, (query) => query.set('code_challenge', knownChallenge)),
    ),
  ],
  [
    'takes the method "plain"',
    'login.method',
    requests('GET', /^\/login$/, (exchange) => withQuery(exchange, (query) => query.delete('code_challenge_method'))),
  ],
  [
    'sends people anywhere',
    'login.callback',
    requests('GET', /^\/login$/, (exchange) =>
      withQuery(exchange, (query) => query.set('redirect_uri', 'http://127.0.0.1/')),
    ),
  ],
  ['does not check the verifier', 'login.verifier', noVerifier],
  ['answers 500 to a wrong verifier', 'login.verifier', breaksOnce()],
  [
    'loses the state',
    'login.state',
    answers('POST', /^\/login$/, (reply) =>
      withHeader(reply, 'location', (reply.headers.location ?? '').replace(/state=[^&]*/, '')),
    ),
  ],
  [
    'lets tokens be kept by others',
    'login.no-store',
    answers('POST', /^\/token$/, (reply) => withHeader(reply, 'cache-control', 'public')),
  ],
  [
    'signs with a key that it does not publish',
    'login.signature',
    withKeys((keys) => keys.map((key) => ({ ...key, n: otherKey.n }))),
  ],
  ['takes a code twice', 'login.code-once', repeats('/token', 'code')],
  ['knows any text', 'introspect.unknown', introspects((token) => !token.includes('.'))],
  [
    'takes changed claims',
    'introspect.tampered',
    introspects((token) => partOf(token, 1).roles?.toString() === 'owner'),
  ],
  ['takes tokens without a signature', 'introspect.unsigned', introspects((token) => partOf(token, 0).alg === 'none')],
  ['keeps the refresh token', 'refresh.rotates', sameRefresh],
  ['takes a refresh token twice', 'refresh.reuse', repeats('/refresh', 'token')],
  ['knows a token after it was revoked', 'revoke.introspect', neverForgets()],
  [
    'says that a record is not there with 500',
    'environments.gone',
    answers('GET', /^\/environments\/./, (reply) => (reply.status === 404 ? { ...reply, status: 500 } : reply)),
  ],
  [
    'shows records to anybody',
    'workspaces.anonymous',
    answers('GET', /^\/workspaces$/, (reply) => (reply.status === 401 ? { ...reply, status: 200 } : reply)),
  ],
  [
    'forgets changes',
    'persist-meshery-patterns.update',
    requests('PUT', /^\/patterns\/[^/]+$/, (exchange) => ({ ...exchange, method: 'GET', body: '' })),
  ],
  [
    'does not say how many there are',
    'organizations.list',
    answers('GET', /^\/identity\/orgs$/, (reply) =>
      reply.status === 200 ? withFields(reply, ({ data }) => ({ page: 0, pageSize: 10, data })) : reply,
    ),
  ],
  ['withdraws nothing', 'meshery-filters-catalog.withdraw', withdrawsNothing],
  ['never answers', 'events-summary.get', hangs],
  [
    'answers without end',
    'users-profile.get',
    answers('GET', /^\/identity\/users\/profile$/, (reply) =>
      reply.status === 200 ? { ...reply, body: `"${'x'.repeat(2 ** 21)}"` } : reply,
    ),
  ],
];
