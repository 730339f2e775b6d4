import { ApiError, answerOf } from '@meshery/client';
import { client } from './client.ts';

/** Signing out is one small write; whoever waits longer wants to know. */
const deadlineMs = 10_000;
const signInPage = '/provider/';

/**
 * Ends this session for good. A session that has ended already is no failure. Resolves to the page to go to: the
 * sign-in page, or where the service that vouched for the user ends its own session.
 */
export async function signOut(): Promise<string> {
  try {
    const signal = AbortSignal.timeout(deadlineMs);
    const { endSession = signInPage } = await answerOf(client.POST('/api/user/logout', { signal }));
    return endSession;
  } catch (reason) {
    if (reason instanceof ApiError && reason.signedOut) return signInPage;
    throw reason;
  }
}

/** Who is signed in, as far as the dashboard shows it. */
export interface SignedInUser {
  readonly name: string;
  /** Name of the provider that vouches for the user. */
  readonly provider: string;
}

/** Who this session belongs to. */
export function fetchUser(signal: AbortSignal): Promise<SignedInUser> {
  return answerOf(client.GET('/api/user', { signal }));
}
