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
