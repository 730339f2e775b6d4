import { readFile } from 'node:fs/promises';
import { MesheryError } from '@meshery/errors';
import { roles } from '@meshery/object-model';
import type { Role } from '@meshery/object-model';
import type { ServerConfig } from '../../config.ts';

const maxGroups = 100;
const maxGroupLength = 256;

/** Which issuer people sign in with, and what they may do here. */
export interface OidcSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string | undefined;
  readonly scopes: readonly string[];
  readonly groupsClaim: string;
  readonly roles: ReadonlyMap<string, Role>;
  /** Of people without a group that has one; undefined: they are refused. */
  readonly otherRole: Role | undefined;
}

/** The settings of the issuer; undefined without one. Rejects with `meshery-config-1100`. */
export async function oidcSettings(config: ServerConfig): Promise<OidcSettings | undefined> {
  const { oidcIssuer: issuer, oidcClientId: clientId, oidcOtherRole: other } = config;
  if (issuer === undefined) return undefined;
  if (clientId === undefined)
    throw invalid('MESHERY_OIDC_CLIENT_ID is missing', 'Name the client that the issuer has for this server.');
  return {
    issuer,
    clientId,
    clientSecret: await readSecret(config.oidcClientSecretFile),
    scopes: config.oidcScopes,
    groupsClaim: config.oidcGroupsClaim,
    roles: config.oidcRoles,
    otherRole: other === 'none' ? undefined : other,
  };
}

/** The highest role of the groups that a claim lists; undefined when the person has none here. */
export function roleOf(claim: unknown, settings: Pick<OidcSettings, 'roles' | 'otherRole'>): Role | undefined {
  const given = new Set(textsOf(claim).map((group) => settings.roles.get(group)));
  return roles.findLast((role) => given.has(role)) ?? settings.otherRole;
}

/**
 * The groups of a claim as they are kept, the first ones of many. One of more characters is left out: a part of its name
 * could be that of another group.
 */
export function groupsOf(claim: unknown): readonly string[] {
  const groups = textsOf(claim).filter((group) => group !== '' && group.length <= maxGroupLength);
  return [...new Set(groups)].slice(0, maxGroups);
}

function textsOf(claim: unknown): readonly string[] {
  return [claim].flat().filter((group) => typeof group === 'string');
}

async function readSecret(path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined;
  try {
    const secret = (await readFile(path, 'utf8')).trim();
    if (secret !== '') return secret;
  } catch {
    // The same remedy as for an empty one.
  }
  throw invalid(`the file ${path} has no secret`, 'Check MESHERY_OIDC_CLIENT_SECRET_FILE.');
}

function invalid(what: string, remedy: string): MesheryError {
  return new MesheryError('meshery-config-1100', `Invalid settings of the OpenID Connect issuer: ${what}.`, { remedy });
}
