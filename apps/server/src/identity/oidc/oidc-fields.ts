import type { ConfigFields } from '@meshery/config';
import { roles } from '@meshery/object-model';
import { z } from 'zod';
import { isCallable } from './issuer-document.ts';

const text = z.string().min(1).optional();
const roleOfGroup = z.record(z.string().min(1), z.enum(roles));

/** The OpenID Connect issuer that vouches for people beside the Local provider's own codes; docs/spec/identity.md. */
export const oidcFields = {
  oidcIssuer: {
    schema: z.string().refine(isCallable, { error: 'is not an https address (http only on this machine)' }).optional(),
    env: 'MESHERY_OIDC_ISSUER',
    placeholder: 'URL',
    description: 'OpenID Connect issuer that people sign in with, spelled as it names itself',
  },
  oidcClientId: { schema: text, env: 'MESHERY_OIDC_CLIENT_ID', description: 'what this server is called there' },
  oidcClientSecretFile: {
    schema: text,
    env: 'MESHERY_OIDC_CLIENT_SECRET_FILE',
    placeholder: 'FILE',
    description: 'file with the secret of that client; without it the client is public',
  },
  oidcScopes: {
    schema: z
      .string()
      .default('openid profile email')
      .transform((scopes) => [...new Set(['openid', ...scopes.split(/[\s,]+/).filter((scope) => scope !== '')])]),
    env: 'MESHERY_OIDC_SCOPES',
    description: 'scopes to ask for; many issuers tell groups only for "groups"',
  },
  oidcGroupsClaim: {
    schema: z.string().min(1).default('groups'),
    env: 'MESHERY_OIDC_GROUPS_CLAIM',
    description: 'claim of the ID token that lists groups',
  },
  oidcRoles: {
    schema: z
      .string()
      .default('{}')
      .transform((value, ctx) => readRoles(value) ?? ctx.addIssue('is not a JSON object of group and role'))
      .pipe(z.instanceof(Map<string, (typeof roles)[number]>)),
    env: 'MESHERY_OIDC_ROLES',
    description: `roles of groups, JSON such as {"operators":"admin"}; the highest counts: ${roles.join(', ')}`,
  },
  oidcOtherRole: {
    schema: z.enum(['none', 'viewer']).default('none'),
    env: 'MESHERY_OIDC_OTHER_ROLE',
    description: 'role of people without such a group: none (they are refused) or viewer',
  },
  oidcName: {
    schema: z.string().min(1).max(40).default('OpenID Connect'),
    env: 'MESHERY_OIDC_NAME',
    description: 'name of the issuer on the sign-in page',
  },
} as const satisfies ConfigFields;

function readRoles(value: string): ReadonlyMap<string, (typeof roles)[number]> | undefined {
  try {
    const read = roleOfGroup.safeParse(JSON.parse(value));
    return read.success ? new Map(Object.entries(read.data)) : undefined;
  } catch {
    return undefined;
  }
}
