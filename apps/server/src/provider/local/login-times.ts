import type { User } from '@meshery/object-model';

type LoginTimes = Required<Pick<User, 'lastLoginTime' | 'firstLoginTime'>>;

/** What is kept of a sign-in; the first one stays unknown of those who had signed in before it was kept. */
export function loginTimes({ lastLoginTime, firstLoginTime }: User, now: string): LoginTimes {
  const isFirst = (lastLoginTime ?? null) === null;
  return { lastLoginTime: now, firstLoginTime: firstLoginTime ?? (isFirst ? now : null) };
}
