import type { Impersonation } from '@meshery/kube/streams';
import type { Identity } from '@meshery/observability';

/** Whom an API server shall see when a user causes a request; undefined: the credential of the connection. */
export function impersonationOf(
  { name, provider, roles, groups }: Identity,
  prefix: string | undefined,
): Impersonation | undefined {
  if (prefix === undefined) return undefined;
  const user = `${prefix}${encodeURIComponent(provider)}:${visible(name)}`;
  // No role has a colon: a group of the issuer never counts as one.
  const told = groups?.map((group) => `oidc:${visible(group)}`) ?? roles;
  return { user, groups: told.map((group) => prefix + group) };
}

/** What a header can carry, with everything else percent-encoded. */
function visible(name: string): string {
  return name.toWellFormed().replace(/[^!-$&-~]/gu, encodeURIComponent);
}
