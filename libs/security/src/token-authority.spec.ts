import { chmod, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock, Identity } from '@meshery/observability';
import { SignJWT, UnsecuredJWT, exportSPKI, generateKeyPair } from 'jose';
import { RevocationList, SignInCodes, TokenAuthority, loadSigningKey, tokenAudience, tokenIssuer } from './index.ts';

const user: Identity = { userId: 'u1', name: 'Meshery', provider: 'Local', roles: ['admin'] };

function testClock(): Clock & { advance(ms: number): void } {
  let time = Date.UTC(2030, 0, 1);
  return {
    now: () => time,
    monotonic: () => time,
    sleep: () => Promise.resolve(),
    advance: (ms) => (time += ms),
  };
}

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meshery-security-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function authority(clock: Clock = testClock(), cacheSize = 8): Promise<TokenAuthority> {
  const [key, revoked] = await Promise.all([loadSigningKey(folder), RevocationList.load(folder, clock)]);
  return new TokenAuthority({ key, clock, revoked, cacheSize });
}

describe('TokenAuthority', () => {
  test('accepts what it issued, also after a restart', async () => {
    const token = await (await authority()).issue(user);
    const session = await (await authority()).verify(token);
    expect(session.identity).toEqual(user);
  });

  test('remembers a verified token and forgets the oldest beyond its size', async () => {
    const tokens = await authority(testClock(), 2);
    const issued = await Promise.all([1, 2, 3].map(() => tokens.issue(user)));
    for (const token of issued) await tokens.verify(token);
    expect(issued.map((token) => tokens.recall(token) !== undefined)).toEqual([false, true, true]);
  });

  test('tells tokens of one connection apart, and sees the end of each', async () => {
    const clock = testClock();
    const tokens = await authority(clock);
    const issue = async (userId: string, lifeMs: number): Promise<string> => {
      const token = await tokens.issue({ ...user, userId }, lifeMs);
      await tokens.verify(token);
      return token;
    };
    const [first, second] = [await issue('u1', 60_000), await issue('u2', 120_000)];
    const connection = {};
    const userOf = (token: string): string | undefined => tokens.recall(token, connection)?.identity.userId;
    const asked = [first, first, second, `${second}x`, first, second, second];
    expect(asked.map(userOf)).toEqual(['u1', 'u1', 'u2', undefined, 'u1', 'u2', 'u2']);
    clock.advance(60_001);
    expect([second, second, first, first].map(userOf)).toEqual(['u2', 'u2', undefined, undefined]);
    await tokens.revoke(await tokens.verify(second));
    expect(userOf(second)).toBeUndefined();
  });

  test('refuses a token after its end, also a remembered one', async () => {
    const clock = testClock();
    const tokens = await authority(clock);
    const token = await tokens.issue(user, 60_000);
    await tokens.verify(token);
    clock.advance(60_001);
    expect(tokens.recall(token)).toBeUndefined();
    await expect(tokens.verify(token)).rejects.toMatchObject({ code: 'meshery-auth-1201' });
  });

  test('refuses a revoked token at once and after a restart', async () => {
    const tokens = await authority();
    const token = await tokens.issue(user);
    await tokens.revoke(await tokens.verify(token));
    await expect(tokens.verify(token)).rejects.toMatchObject({ code: 'meshery-auth-1201' });
    await expect((await authority()).verify(token)).rejects.toMatchObject({ code: 'meshery-auth-1201' });
  });

  test('an empty token is no identity', async () => {
    await expect((await authority()).verify('')).rejects.toMatchObject({ code: 'meshery-auth-1200' });
  });

  const claims = (jwt: SignJWT): SignJWT =>
    jwt.setIssuer(tokenIssuer).setAudience(tokenAudience).setSubject('u1').setJti('j').setIssuedAt().setNotBefore(0);

  test('refuses forged, foreign and confused tokens', async () => {
    const tokens = await authority();
    const own = await loadSigningKey(folder);
    const foreign = await generateKeyPair('ES256');
    const pem = new TextEncoder().encode(await exportSPKI(own.publicKey));
    const end = Math.floor(Date.UTC(2030, 0, 2) / 1000);
    const sign = (alg: string, typ: string) => claims(new SignJWT({}).setProtectedHeader({ alg, typ }));
    const good = await tokens.issue(user);
    const forged: Record<string, string> = {
      'alg none': new UnsecuredJWT({ sub: 'u1' }).setIssuer(tokenIssuer).setAudience(tokenAudience).encode(),
      'HS256 keyed with the public key': await sign('HS256', 'at+jwt').setExpirationTime(end).sign(pem),
      'another key': await sign('ES256', 'at+jwt').setExpirationTime(end).sign(foreign.privateKey),
      'no end': await sign('ES256', 'at+jwt').sign(own.privateKey),
      'another type': await sign('ES256', 'id+jwt').setExpirationTime(end).sign(own.privateKey),
      'another audience': await sign('ES256', 'at+jwt').setAudience('x').setExpirationTime(end).sign(own.privateKey),
      'another issuer': await sign('ES256', 'at+jwt').setIssuer('x').setExpirationTime(end).sign(own.privateKey),
      'not yet': await sign('ES256', 'at+jwt').setNotBefore(end).setExpirationTime(end).sign(own.privateKey),
      'empty signature': good.slice(0, good.lastIndexOf('.') + 1),
      'a changed body': good.replace(/\.(.)/, (_all, letter: string) => `.${letter === 'e' ? 'f' : 'e'}`),
      'a megabyte': 'a'.repeat(1_000_000),
      'no token at all': 'hello',
    };
    for (const [name, token] of Object.entries(forged)) {
      expect({ name, result: await outcome(tokens, token) }).toEqual({ name, result: 'meshery-auth-1201' });
    }
  });

  test('ignores keys that a token brings along', async () => {
    const foreign = await generateKeyPair('ES256', { extractable: true });
    const header = { alg: 'ES256', typ: 'at+jwt', jku: 'http://127.0.0.1:1/keys', kid: '../../x' };
    const token = await claims(new SignJWT({}).setProtectedHeader(header))
      .setExpirationTime(4_000_000_000)
      .sign(foreign.privateKey);
    expect(await outcome(await authority(), token)).toBe('meshery-auth-1201');
  });
});

async function outcome(tokens: TokenAuthority, token: string): Promise<string> {
  return tokens.verify(token).then(
    () => 'accepted',
    (error: unknown) => (error as { code: string }).code,
  );
}

describe('signing key', () => {
  test('is made once, readable by its owner only', async () => {
    const first = await loadSigningKey(folder);
    const path = join(folder, 'keys', 'local-provider.jwk');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await loadSigningKey(folder)).id).toBe(first.id);
  });

  test('is refused when others can read it', async () => {
    await loadSigningKey(folder);
    await chmod(join(folder, 'keys', 'local-provider.jwk'), 0o644);
    await expect(loadSigningKey(folder)).rejects.toMatchObject({ code: 'meshery-config-1102' });
  });
});

describe('SignInCodes', () => {
  test('are good once', () => {
    const codes = new SignInCodes({ clock: testClock() });
    const code = codes.issue();
    expect([codes.redeem(code), codes.redeem(code)]).toEqual(['', undefined]);
    const invitation = codes.issue(1000, 'u-7');
    expect([codes.redeem(invitation), codes.redeem(invitation)]).toEqual(['u-7', undefined]);
  });

  test('end after 60 seconds', () => {
    const clock = testClock();
    const codes = new SignInCodes({ clock });
    const code = codes.issue();
    clock.advance(60_000);
    expect(codes.redeem(code)).toBeUndefined();
  });

  test('are bounded: the oldest goes first', () => {
    const codes = new SignInCodes({ clock: testClock(), maxOpen: 2 });
    const issued = [codes.issue(), codes.issue(), codes.issue()];
    expect(issued.map((code) => codes.redeem(code))).toEqual([undefined, '', '']);
  });

  test.each(['', 'x', 'y'.repeat(10_000)])('refuse what was never issued', (code) => {
    expect(new SignInCodes({ clock: testClock() }).redeem(code)).toBeUndefined();
  });
});
