import { keychainDraft, keychainPatch, roleDraft } from '@meshery/object-model';
import { done, keychain, organizationRole } from '../answers/keychains.ts';
import { permissionKeyPage } from '../answers/people.ts';
import { listParameters, named, organizationParameters, pageOf, usuallySorted } from '../description.ts';
import type { Feature } from '../description.ts';

const keySorted = ['function', 'category', 'subcategory'];
const keychains = pageOf('keychains', keychain);

/** Keychains, and the roles that have them. */
export const permissions: Feature = {
  tag: 'Keychains',
  about: 'Sets of permission keys, and the roles of organizations that have them.',
  routes: {
    'GET /api/auth/keys': {
      summary: 'List permission keys',
      query: listParameters(keySorted),
      answer: permissionKeyPage,
    },
    'GET /api/auth/keychains': {
      summary: 'List keychains',
      query: [...listParameters(usuallySorted), ...organizationParameters],
      answer: keychains,
    },
    'POST /api/auth/keychains': {
      summary: 'Make a keychain',
      body: named('KeychainDraft', keychainDraft),
      answer: keychain,
    },
    'GET /api/auth/keychains/:keychainId': { summary: 'Read a keychain', answer: keychain },
    'PUT /api/auth/keychains/:keychainId': {
      summary: 'Change a keychain',
      body: named('KeychainPatch', keychainPatch),
      answer: keychain,
    },
    'DELETE /api/auth/keychains/:keychainId': { summary: 'Remove a keychain' },
    'GET /api/auth/keychains/:keychainId/keys': {
      summary: 'List the keys of a keychain',
      query: listParameters(keySorted),
      answer: permissionKeyPage,
    },
    'POST /api/auth/keychains/:keychainId/:keyId': { summary: 'Add a key to a keychain' },
    'DELETE /api/auth/keychains/:keychainId/:keyId': { summary: 'Remove a key from a keychain' },
    'GET /api/identity/orgs/:orgID/roles': {
      summary: 'List the roles of an organization',
      query: listParameters(['roleName']),
      answer: pageOf('roles', organizationRole),
    },
    'POST /api/identity/orgs/:orgID/roles': {
      summary: 'Make a role',
      body: named('RoleDraft', roleDraft),
      answer: organizationRole,
    },
    'DELETE /api/identity/orgs/:orgID/roles/:roleId': { summary: 'Remove a role that nobody has' },
    'GET /api/identity/orgs/:orgID/roles/:roleId/keychains': {
      summary: 'List the keychains of a role',
      query: listParameters(usuallySorted),
      answer: keychains,
    },
    'POST /api/identity/orgs/:orgID/roles/:roleId/keychains/:keychainId': {
      summary: 'Assign a keychain to a role',
      answer: done,
    },
    'DELETE /api/identity/orgs/:orgID/roles/:roleId/keychains/:keychainId': {
      summary: 'Unassign a keychain from a role',
    },
  },
};
