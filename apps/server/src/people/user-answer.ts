import { inBothSpellings } from '@meshery/object-model';
import type { User } from '@meshery/object-model';

/** A user as clients read one: they know the roles by another name. */
export function userAnswer(user: User): Record<string, unknown> {
  return inBothSpellings({ ...user, roleNames: user.roles, userId: user.id });
}
