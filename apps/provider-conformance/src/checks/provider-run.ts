import { expect, fieldsOf } from '../mismatch.ts';
import type { Checklist } from '../checklist.ts';
import type { Answer, ProviderApi } from '../provider-api.ts';
import type { SignIn } from '../sign-in.ts';

/** What every check works with. */
export interface ProviderRun {
  readonly api: ProviderApi;
  readonly list: Checklist;
  readonly signIn: SignIn;
}

/** Asks whether a provider knows a token. */
export function introspect({ api }: ProviderRun, token: string): Promise<Answer> {
  return api.send('POST', '/introspect', { body: { token } });
}

/** Throws a Mismatch unless the provider says that a token is good. */
export function expectKnown({ status, body }: Answer): void {
  expect(status === 200, `status ${String(status)}`);
  expect(fieldsOf(body).active !== false, 'active is false');
}

/** Throws a Mismatch unless the provider says that a token is none, as 401 or as RFC 7662 has it. */
export function expectUnknown({ status, body }: Answer): void {
  const isUnknown = status === 401 || (status === 200 && fieldsOf(body).active === false);
  expect(isUnknown, `status ${String(status)}`);
}
