import { MesheryError } from '@meshery/errors';
import type { RequestContext } from '@meshery/observability';
import type { Provider } from '../provider/provider.ts';

/** The organization that something new belongs to: the one that is named, else the user's first one. */
export async function organizationFor(
  ctx: RequestContext,
  provider: Provider,
  named: string | undefined,
): Promise<string> {
  if (named !== undefined) return named.toLowerCase();
  const query = { page: 0, pageSize: 1, order: { field: 'createdAt', descending: false } };
  const [first] = (await provider.people.organizations(ctx, query)).items;
  if (first !== undefined) return first.id;
  throw new MesheryError('meshery-core-1002', 'You are in no organization.', {
    probableCause: 'Your account was made without one, or you were taken out of it.',
    remedy: 'Ask an administrator of this server to add you to an organization.',
  });
}
