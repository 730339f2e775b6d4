import { expect, expectStatus } from '../mismatch.ts';
import type { PublishedKey } from '../tokens.ts';
import type { ProviderRun } from './provider-run.ts';

const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k', 'oth'];
const leastBits = 2048;
const longestSeconds = 86_400;

/** The keys that tokens are signed with. */
export async function checkKeys({ api, list }: ProviderRun): Promise<readonly PublishedKey[] | undefined> {
  let cacheControl = '';
  const keys = await list.check('keys.set', async () => {
    const answer = await api.send('GET', '/keys');
    expectStatus(answer, 200);
    cacheControl = answer.headers.get('cache-control') ?? '';
    const { keys: found } = (answer.body ?? {}) as { readonly keys?: unknown };
    expect(Array.isArray(found) && found.length > 0, 'no keys');
    return found as readonly PublishedKey[];
  });
  if (keys === undefined) return undefined;
  await list.check('keys.id', () => {
    const ids = keys.map(({ kid }) => kid);
    expect(
      ids.every((id) => typeof id === 'string' && id !== '') && new Set(ids).size === ids.length,
      'ids are missing or alike',
    );
  });
  await list.check('keys.algorithm', () => keys.forEach(expectRsa));
  await list.check('keys.public', () => {
    const named = privateMembers.filter((member) => keys.some((key) => Object.hasOwn(key, member)));
    expect(named.length === 0, `members ${named.join(', ')}`);
  });
  await list.check('keys.cache', () => {
    const [, seconds] = /\bmax-age=(\d+)/.exec(cacheControl) ?? [];
    expect(seconds !== undefined && Number(seconds) <= longestSeconds, `Cache-Control: ${cacheControl || 'none'}`);
  });
  return keys;
}

function expectRsa({ kty, alg, n, e }: PublishedKey): void {
  expect(kty === 'RSA' && (alg === undefined || alg === 'RS256'), `a key of ${String(kty)} for ${String(alg)}`);
  const bits = Buffer.from(n ?? '', 'base64url').length * 8;
  expect(bits >= leastBits, `a key of ${String(bits)} bits`);
  expect(e === 'AQAB', 'the exponent is not 65537');
}
