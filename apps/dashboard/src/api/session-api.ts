import { ApiError } from './api-error.ts';
import { post } from './http.ts';

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
