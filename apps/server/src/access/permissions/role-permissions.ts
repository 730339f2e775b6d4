import type { Role, User } from '@meshery/object-model';
import type { UserData } from '@meshery/store';
import { localUser } from '../../identity/local-user.ts';
import { allPermissions, builtInPermissions, permissionKey } from './permission-keys.ts';

/** Somebody in an organization. */
export interface Member {
  readonly userId: string;
  readonly organizationId: string;
  readonly role: string;
}

/** What somebody may do in an organization; the owner of the server may do everything, whatever the keychains say. */
export async function permissionsOf(
  data: UserData,
  { userId, organizationId, role }: Member,
): Promise<ReadonlySet<string>> {
  return userId === localUser.userId ? allPermissions : rolePermissions(data, organizationId, role);
}

/** What a role allows in an organization: the keys of all of its keychains. */
export async function rolePermissions(
  data: UserData,
  organizationId: string,
  role: string,
): Promise<ReadonlySet<string>> {
  const [changed] = await data.organizationRoles.all({ organizationId, role });
  if (changed === undefined) return builtInPermissions(role);
  const permissions = new Set(changed.hasBuiltIn ? builtInPermissions(role) : []);
  for (const { keychainId } of await data.roleKeychains.all({ organizationId, role })) {
    for (const { keyId } of await data.keychainKeys.all({ keychainId })) {
      const key = permissionKey(keyId);
      if (key !== undefined) permissions.add(key.function);
    }
  }
  return permissions;
}

/** What an account may do in any of its organizations: itself, and programs of each role on its behalf. */
export interface Grants {
  readonly own: ReadonlySet<string>;
  readonly ofPrograms: Readonly<Record<Role, ReadonlySet<string>>>;
}

/** Reads what an account may do now. */
export async function grantsOf(data: UserData, { id, roles: given }: User): Promise<Grants> {
  const memberships = await data.memberships.all({ userId: id });
  const allow = async (role: string): Promise<ReadonlySet<string>> => {
    if (memberships.length === 0) return builtInPermissions(role);
    const sets: ReadonlySet<string>[] = [];
    for (const { organizationId } of memberships) sets.push(await rolePermissions(data, organizationId, role));
    return union(sets);
  };
  const ofRoles = { viewer: await allow('viewer'), editor: await allow('editor'), admin: await allow('admin') };
  const own = id === localUser.userId ? allPermissions : union(await Promise.all(given.map(allow)));
  const atMost = (role: Role) => new Set([...ofRoles[role]].filter((name) => own.has(name)));
  return { own, ofPrograms: { viewer: atMost('viewer'), editor: atMost('editor'), admin: atMost('admin') } };
}

function union(sets: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  const [only] = sets;
  return only !== undefined && sets.length === 1 ? only : new Set(sets.flatMap((set) => [...set]));
}
