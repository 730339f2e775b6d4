import { MesheryError } from '@meshery/errors';
import type { Keychain, KeychainDraft, KeychainPatch, PermissionKey, Role } from '@meshery/object-model';
import type { RequestContext } from '@meshery/observability';
import type { KeychainRecord, UserData } from '@meshery/store';
import { missingPermission } from '../../access/permissions/permitted.ts';
import { builtInKeychains, builtInKeys, permissionKey } from '../../access/permissions/permission-keys.ts';
import { permissionsOf } from '../../access/permissions/role-permissions.ts';
import type { Keychains, RoleOfOrganization } from '../provider.ts';
import { LocalCollection } from './local-collection.ts';
import { timestamp } from './local-parts.ts';
import type { LocalParts } from './local-parts.ts';
import { notFound, organizationsOf, requireMembership, roleIn } from './tenancy.ts';

const maxKeychains = 100;
type Draft = Omit<KeychainDraft, 'organizationId' | 'keyIds'> & { readonly organizationId: string };
type Filter = { readonly organizationId?: string };

/** Keychains of the Local provider: the built-in ones, and those that people made. Changes hold at once. */
export class LocalKeychains implements Keychains {
  readonly #parts: LocalParts;
  readonly #rows: LocalCollection<KeychainRecord, Draft, KeychainPatch, Filter>;

  constructor(parts: LocalParts) {
    this.#parts = parts;
    this.#rows = new LocalCollection(parts, { kind: 'keychain', table: (data) => data.keychains });
  }

  all(ctx: RequestContext, organizationId: string | undefined): Promise<readonly Keychain[]> {
    return this.#parts.store.read(async (data) => {
      if (organizationId !== undefined) await requireMembership(data, ctx, organizationId, 'read');
      const asked = organizationId === undefined ? await organizationsOf(data, ctx) : [organizationId];
      const made = asked.length === 0 ? [] : await data.keychains.all({ organizationId: asked });
      return [...builtInKeychains.map(withoutRole), ...made];
    });
  }

  async get(ctx: RequestContext, id: string): Promise<Keychain> {
    const builtIn = builtInKeychains.find((keychain) => keychain.id === id);
    return builtIn === undefined ? this.#rows.get(ctx, id) : withoutRole(builtIn);
  }

  create(ctx: RequestContext, { keyIds, ...draft }: KeychainDraft & Draft): Promise<Keychain> {
    const now = timestamp(this.#parts.clock);
    const id = this.#parts.newId();
    const keychain = { ...draft, id, owner: ctx.user.userId, createdAt: now, updatedAt: now };
    return this.#change(async (data) => {
      const { organizationId } = draft;
      await requireMembership(data, ctx, organizationId, 'administer');
      if ((await data.keychains.all({ organizationId })).length >= maxKeychains) throw tooMany();
      await data.keychains.insert(keychain);
      for (const keyId of keyIds) await this.#addKey(data, ctx, keychain, keyId);
      await this.#rows.note(data, ctx, 'create', keychain);
      return keychain;
    });
  }

  async update(ctx: RequestContext, id: string, patch: KeychainPatch): Promise<Keychain> {
    refuseBuiltIn(id);
    return this.#rows.update(ctx, id, patch);
  }

  async remove(ctx: RequestContext, id: string): Promise<void> {
    refuseBuiltIn(id);
    await this.#rows.remove(ctx, id);
    this.#parts.forgetSessions();
  }

  async keys(ctx: RequestContext, id: string): Promise<readonly PermissionKey[]> {
    const builtIn = builtInKeychains.find((keychain) => keychain.id === id);
    if (builtIn !== undefined) return builtInKeys(builtIn.role);
    return this.#parts.store.read(async (data) => {
      await this.#rows.reach(data, ctx, id, 'read');
      return keysOfKeychain(data, id);
    });
  }

  addKey(ctx: RequestContext, id: string, keyId: string): Promise<void> {
    return this.#change(async (data) => {
      refuseBuiltIn(id);
      const keychain = await this.#rows.reach(data, ctx, id, 'administer');
      await this.#addKey(data, ctx, keychain, keyId);
      await this.#rows.note(data, ctx, 'update', keychain);
    });
  }

  removeKey(ctx: RequestContext, id: string, keyId: string): Promise<void> {
    return this.#change(async (data) => {
      refuseBuiltIn(id);
      const keychain = await this.#rows.reach(data, ctx, id, 'administer');
      if ((await data.keychainKeys.remove({ keychainId: id, keyId })) === 0) throw notFound('key of the keychain');
      await this.#rows.note(data, ctx, 'update', keychain);
    });
  }

  ofRole(ctx: RequestContext, { organizationId, role }: RoleOfOrganization): Promise<readonly Keychain[]> {
    return this.#parts.store.read(async (data) => {
      await requireMembership(data, ctx, organizationId, 'read');
      const [changed] = await data.organizationRoles.all({ organizationId, role });
      const builtIn =
        changed?.hasBuiltIn === false ? [] : builtInKeychains.filter((keychain) => keychain.role === role);
      const id = (await data.roleKeychains.all({ organizationId, role })).map(({ keychainId }) => keychainId);
      return [...builtIn.map(withoutRole), ...(id.length === 0 ? [] : await data.keychains.all({ id }))];
    });
  }

  assign(ctx: RequestContext, role: RoleOfOrganization, id: string): Promise<void> {
    return this.#ofRole(ctx, role, { id, action: 'assign' });
  }

  unassign(ctx: RequestContext, role: RoleOfOrganization, id: string): Promise<void> {
    return this.#ofRole(ctx, role, { id, action: 'unassign' });
  }

  #ofRole(
    ctx: RequestContext,
    place: RoleOfOrganization,
    { id, action }: { readonly id: string; readonly action: 'assign' | 'unassign' },
  ): Promise<void> {
    const { organizationId, role } = place;
    return this.#change(async (data) => {
      await requireMembership(data, ctx, organizationId, 'administer');
      const keychain = await this.#keychainFor(data, ctx, place, id);
      await data.organizationRoles.add({ organizationId, role, hasBuiltIn: true });
      if (action === 'assign') await this.#give(data, ctx, place, keychain);
      else await take(data, place, keychain);
      const description = `keychain "${keychain.name}" ${action}ed: role "${role}".`;
      const change = { category: 'keychain', action, actedUpon: id, organizationId, description };
      await this.#parts.notes.note(data, ctx, change);
    });
  }

  /** A keychain that the role can have: one of its organization, or its own built-in one. */
  async #keychainFor(data: UserData, ctx: RequestContext, place: RoleOfOrganization, id: string): Promise<Keychain> {
    const builtIn = builtInKeychains.find((keychain) => keychain.id === id);
    if (builtIn === undefined) {
      const keychain = await this.#rows.reach(data, ctx, id, 'administer');
      if (keychain.organizationId !== place.organizationId) throw notFound('keychain');
      return keychain;
    }
    if (builtIn.role !== place.role) throw ofOtherRole(builtIn.role);
    return builtIn;
  }

  async #give(data: UserData, ctx: RequestContext, place: RoleOfOrganization, { id }: Keychain): Promise<void> {
    const { organizationId, role } = place;
    const builtIn = builtInKeychains.find((keychain) => keychain.id === id);
    const keys = builtIn === undefined ? await keysOfKeychain(data, id) : builtInKeys(builtIn.role);
    await requireHeld(data, ctx, organizationId, new Set(keys.map((key) => key.function)));
    if (builtIn !== undefined) await data.organizationRoles.update({ organizationId, role }, { hasBuiltIn: true });
    else
      await data.roleKeychains.add({ organizationId, role, keychainId: id, createdAt: timestamp(this.#parts.clock) });
  }

  async #addKey(data: UserData, ctx: RequestContext, keychain: KeychainRecord, keyId: string): Promise<void> {
    const key = permissionKey(keyId);
    if (key === undefined) throw notFound('permission key');
    await requireHeld(data, ctx, keychain.organizationId, new Set([key.function]));
    const places = (await data.keychainKeys.all({ keychainId: keychain.id })).map(({ place }) => place);
    const createdAt = timestamp(this.#parts.clock);
    const place = Math.max(0, ...places) + 1;
    await data.keychainKeys.add({ keychainId: keychain.id, keyId: key.id, place, createdAt });
  }

  /** Sessions see the change from the next request on, streams with their next look. */
  async #change<T>(work: (data: UserData) => Promise<T>): Promise<T> {
    const result = await this.#parts.store.change(work);
    this.#parts.forgetSessions();
    return result;
  }
}

/** Nobody gives what they do not have: rejects with `meshery-auth-1202` for the first permission that is missing. */
export async function requireHeld(
  data: UserData,
  ctx: RequestContext,
  organizationId: string,
  wanted: ReadonlySet<string>,
): Promise<void> {
  const role = await roleIn(data, ctx, organizationId);
  if (role === undefined) throw notFound('organization');
  const held = await permissionsOf(data, { userId: ctx.user.userId, organizationId, role });
  for (const permission of wanted) if (!held.has(permission)) throw missingPermission(permission);
}

async function take(data: UserData, { organizationId, role }: RoleOfOrganization, { id }: Keychain): Promise<void> {
  if (builtInKeychains.some((keychain) => keychain.id === id)) {
    const [changed] = await data.organizationRoles.all({ organizationId, role });
    if (changed?.hasBuiltIn === false) throw notFound('keychain of the role');
    await data.organizationRoles.update({ organizationId, role }, { hasBuiltIn: false });
    return;
  }
  const removed = await data.roleKeychains.remove({ organizationId, role, keychainId: id });
  if (removed === 0) throw notFound('keychain of the role');
}

async function keysOfKeychain(data: UserData, keychainId: string): Promise<readonly PermissionKey[]> {
  const rows = await data.keychainKeys.all({ keychainId });
  // A newer version may have kept keys that this one does not know.
  return rows.sort((a, b) => a.place - b.place).flatMap(({ keyId }) => permissionKey(keyId) ?? []);
}

function withoutRole({ role: _role, ...keychain }: Keychain & { readonly role: Role }): Keychain {
  return keychain;
}

function refuseBuiltIn(id: string): void {
  if (!builtInKeychains.some((keychain) => keychain.id === id)) return;
  throw new MesheryError('meshery-core-1007', 'A built-in keychain stays as it is.', {
    probableCause: 'It says what a role may usually do; nothing was changed.',
    remedy: 'Make a keychain with the keys that you want, assign it to the role and unassign the built-in one.',
  });
}

function ofOtherRole(role: string): MesheryError {
  return new MesheryError('meshery-core-1007', `This built-in keychain is that of the role "${role}".`, {
    remedy: 'Make a keychain with the keys that you want, and assign that one.',
  });
}

function tooMany(): MesheryError {
  return new MesheryError('meshery-core-1007', `An organization has at most ${String(maxKeychains)} keychains.`, {
    remedy: 'Delete keychains that no role needs any more, then try again.',
  });
}
