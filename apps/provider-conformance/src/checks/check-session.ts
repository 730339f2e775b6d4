import { expect, expectStatus } from '../mismatch.ts';
import { forged, renewedTokens } from '../tokens.ts';
import type { Tokens } from '../tokens.ts';
import { expectKnown, expectUnknown, introspect } from './provider-run.ts';
import type { ProviderRun } from './provider-run.ts';

const nonsense = 'no-token-of-anybody';

/** Asks what the provider knows of tokens; the session that the other checks go on with, if there is one. */
export async function checkIntrospection(run: ProviderRun): Promise<Tokens | undefined> {
  const { list, signIn } = run;
  const tokens = await list.check('introspect.active', async () => {
    const session = await signIn.session();
    expectKnown(await introspect(run, session.access));
    return session;
  });
  await list.check('introspect.unknown', async () => expectUnknown(await introspect(run, nonsense)));
  if (tokens === undefined) return undefined;
  await list.check('introspect.tampered', async () => {
    expectUnknown(await introspect(run, forged(tokens.access, { claims: { roles: ['owner'] } })));
  });
  await list.check('introspect.unsigned', async () => {
    expectUnknown(await introspect(run, forged(tokens.access, { header: { alg: 'none' }, signature: '' })));
  });
  return tokens;
}

/** Renews a session, and then once more with what was used up, which may end it. */
export async function checkRefresh(run: ProviderRun, tokens: Tokens): Promise<void> {
  const { api, list } = run;
  const refresh = (token: string) => api.send('POST', '/refresh', { body: { token }, token });
  const renewed = await list.check('refresh.renews', async () => {
    const answer = await refresh(tokens.cookie);
    expectStatus(answer, 200);
    const next = renewedTokens(answer.body);
    expect(next.access !== tokens.access, 'the access token is the old one');
    expectKnown(await introspect(run, next.access));
    return next;
  });
  if (renewed !== undefined) {
    await list.check('refresh.rotates', () => expect(renewed.refresh !== tokens.refresh, 'it is the old one'));
    await list.check('refresh.reuse', async () => expectStatus(await refresh(tokens.cookie), 400, 499));
  }
  await list.check('refresh.unknown', async () => expectStatus(await refresh(nonsense), 400, 499));
}

/** Signs out, as a server does: logout, then revoke. */
export async function checkEnd(run: ProviderRun): Promise<void> {
  const { api, list } = run;
  const revoke = (token: string) => api.send('POST', '/revoke', { body: { token } });
  const tokens = await signedOut(run);
  if (tokens === undefined) return;
  const isRevoked = await list.check('revoke.answers', async () => {
    expectStatus(await revoke(tokens.refresh), 200);
    return true;
  });
  await list.check('revoke.unknown', async () => expectStatus(await revoke(nonsense), 200));
  if (isRevoked !== true) return;
  await list.check('revoke.introspect', async () => expectUnknown(await introspect(run, tokens.access)));
  await list.check('revoke.refresh', async () => {
    expectStatus(await api.send('POST', '/refresh', { body: { token: tokens.cookie } }), 400, 499);
  });
}

async function signedOut(run: ProviderRun): Promise<Tokens | undefined> {
  const { api, list, signIn } = run;
  let tokens: Tokens | undefined;
  await list.check('logout.answers', async () => {
    tokens = await signIn.session();
    expectKnown(await introspect(run, tokens.access));
    expectStatus(await api.send('GET', '/logout', { token: tokens.cookie }), 200, 399);
  });
  return tokens;
}
