import { recordId } from '@meshery/object-model';
import { badParameter, single } from './query-values.ts';
import type { RawQuery } from './query-values.ts';

/** The organization that a list is about, under any of the names that clients have used; undefined means all of the user's. */
export function organizationParameter(raw: RawQuery): string | undefined {
  const id = single(raw, 'orgId', 'orgID', 'orgid', 'organizationId', 'organization_id');
  if (id === undefined || id === '') return undefined;
  if (!recordId.safeParse(id).success) throw badParameter('orgId', 'must be a UUID');
  return id.toLowerCase();
}
