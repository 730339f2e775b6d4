import { ApiError } from './api-error.ts';
import { getJson, post } from './http.ts';

/** Signing out is one small write; whoever waits longer wants to know. */
const deadlineMs = 10_000;

/** Ends this session for good. A session that has ended already is no failure. */
export async function signOut(): Promise<void> {
  try {
    await post('/api/user/logout', deadlineMs);
  } catch (reason) {
    if (reason instanceof ApiError && reason.signedOut) return;
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
  return getJson<SignedInUser>('/api/user', signal);
}
