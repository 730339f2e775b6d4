import type { Keychain, MadeRole } from '@meshery/object-model';
import { EntitySchema } from 'typeorm';
import { linkColumn, ownedColumns, text, truth } from './columns.ts';

/** A keychain that somebody made; the built-in ones are not kept. */
export interface KeychainRecord extends Keychain {
  readonly organizationId: string;
}

/** A key of a keychain. */
export interface KeychainKeyRecord {
  readonly keychainId: string;
  /** Id of a permission key, which this version may not know. */
  readonly keyId: string;
  /** Its place in the keychain; they ascend, with gaps. */
  readonly place: number;
  readonly createdAt: string;
}

/** A role whose keychains were changed in an organization; any other has its built-in one. */
export interface OrganizationRoleRecord {
  readonly organizationId: string;
  readonly role: string;
  /** False when the built-in keychain was taken from the role. */
  readonly hasBuiltIn: boolean;
}

/** A keychain that a role has. */
export interface RoleKeychainRecord {
  readonly organizationId: string;
  readonly role: string;
  readonly keychainId: string;
  readonly createdAt: string;
}

/** Keychains. */
export const keychainSchema = new EntitySchema<KeychainRecord>({
  name: 'keychain',
  tableName: 'keychains',
  columns: { ...ownedColumns, name: text(), description: text() },
});

/** The keys of keychains. */
export const keychainKeySchema = new EntitySchema<KeychainKeyRecord>({
  name: 'keychainKey',
  tableName: 'keychain_keys',
  columns: {
    keychainId: linkColumn('keychain_id'),
    keyId: linkColumn('key_id'),
    place: { type: 'integer' },
    createdAt: text('created_at'),
  },
});

/** Roles that people made. */
export const roleSchema = new EntitySchema<MadeRole>({
  name: 'role',
  tableName: 'roles',
  columns: { ...ownedColumns, name: text(), description: text() },
});

/** Roles whose keychains were changed. */
export const organizationRoleSchema = new EntitySchema<OrganizationRoleRecord>({
  name: 'organizationRole',
  tableName: 'organization_roles',
  columns: {
    organizationId: linkColumn('organization_id'),
    role: linkColumn('role'),
    hasBuiltIn: truth('has_built_in'),
  },
});

/** Which keychains a role has. */
export const roleKeychainSchema = new EntitySchema<RoleKeychainRecord>({
  name: 'roleKeychain',
  tableName: 'role_keychains',
  columns: {
    organizationId: linkColumn('organization_id'),
    role: linkColumn('role'),
    keychainId: linkColumn('keychain_id'),
    createdAt: text('created_at'),
  },
});
