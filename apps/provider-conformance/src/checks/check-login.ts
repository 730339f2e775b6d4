import { Mismatch, expect, expectStatus } from '../mismatch.ts';
import type { Answer } from '../provider-api.ts';
import { loginQuery, randomSecret } from '../sign-in.ts';
import { expectSigned, tokensOf } from '../tokens.ts';
import type { PublishedKey } from '../tokens.ts';
import type { ProviderRun } from './provider-run.ts';

const callback = 'http://127.0.0.1:1/api/user/token';

/** The way in, and the ways that must not lead in; false when nobody could sign in. */
export async function checkLogin(run: ProviderRun, keys: readonly PublishedKey[]): Promise<boolean> {
  await checkRequests(run);
  const isIn = await checkVerifier(run);
  return isIn && (await checkTokens(run, keys));
}

async function checkRequests({ api, list }: ProviderRun): Promise<void> {
  const ask = (changed: Readonly<Record<string, string | undefined>>): Promise<Answer> => {
    const query = { ...Object.fromEntries(loginQuery(callback, randomSecret(), randomSecret())), ...changed };
    const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
    return api.send('GET', '/login', { query: Object.fromEntries(given) });
  };
  await list.check('login.challenge', async () => {
    expectRefused(await ask({ code_challenge: undefined, code_challenge_method: undefined }));
  });
  await list.check('login.method', async () => expectRefused(await ask({ code_challenge_method: 'plain' })));
  await list.check('login.callback', async () => {
    expectStatus(await ask({ redirect_uri: 'https://elsewhere.example/api/user/token' }), 400, 499);
  });
}

/** By status, or by leading back to the callback with an error (RFC 6749, 4.1.2.1). */
function expectRefused({ status, headers }: Answer): void {
  const location = headers.get('location') ?? '';
  const saysError = URL.canParse(location) && new URL(location).searchParams.has('error');
  if (status < 300 || status > 399 || !saysError) expectStatus({ status }, 400, 499);
}

async function checkVerifier({ list, signIn }: ProviderRun): Promise<boolean> {
  const grant = await list.check('login.state', async () => {
    const got = await signIn.grant();
    expect(got.code !== '', 'the callback got no code');
    expect(got.hasState, 'the callback got another state or none');
    return got;
  });
  if (grant === undefined) return false;
  await list.check('login.verifier', async () => expectStatus(await signIn.redeem(grant, randomSecret()), 400, 499));
  return true;
}

async function checkTokens({ list, signIn }: ProviderRun, keys: readonly PublishedKey[]): Promise<boolean> {
  let used: Awaited<ReturnType<typeof signIn.grant>> | undefined;
  let headers = new Headers();
  const tokens = await list.check('login.tokens', async () => {
    used = await signIn.grant();
    const answer = await signIn.redeem(used, used.verifier);
    headers = answer.headers;
    expectStatus(answer, 200);
    return tokensOf(answer.body);
  });
  if (tokens === undefined || used === undefined) return false;
  const grant = used;
  await list.check('login.no-store', () => {
    const seen = headers.get('cache-control') ?? 'none';
    expect(seen.includes('no-store'), `Cache-Control: ${seen}`);
  });
  await list.check('login.signature', () => {
    try {
      expectSigned(tokens.access, keys);
    } catch (error) {
      if (error instanceof Mismatch) throw error;
      throw new Mismatch('the key of the token cannot be read');
    }
  });
  await list.check('login.code-once', async () => expectStatus(await signIn.redeem(grant, grant.verifier), 400, 499));
  return true;
}
