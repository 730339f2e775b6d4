import { emptyProfile, inBothSpellings } from '@meshery/object-model';
import type { User, UserPlaces } from '@meshery/object-model';

/** A user as clients read one: they know the roles by another name. A provider may keep nothing of the profile. */
export function userAnswer(user: User & Partial<UserPlaces>): Record<string, unknown> {
  const { teams, organizations } = user;
  return inBothSpellings({
    ...emptyProfile,
    ...user,
    roleNames: user.roles,
    userId: user.id,
    ...(teams === undefined ? {} : { teams: spelled(teams) }),
    ...(organizations === undefined ? {} : { organizations: spelled(organizations) }),
  });
}

/** The rows of what a user is in have two names as well. */
function spelled(places: UserPlaces['teams'] | UserPlaces['organizations']): object {
  const fields = Object.entries(places).map(([name, value]: [string, unknown]) => [
    name,
    Array.isArray(value) ? (value as object[]).map(inBothSpellings) : value,
  ]);
  return inBothSpellings(Object.fromEntries(fields) as object);
}
