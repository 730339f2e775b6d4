import type { GraphQLResolveInfo } from 'graphql';
import type { ListResourcesHandler } from '../../inventory/queries/list-resources.handler.ts';
import type { GraphqlContext } from '../graphql-context.ts';
import type { ResourcesArgs } from '../resource.dto.ts';
import { ResourceEntity, textFields } from '../resource.entity.ts';
import type { ResourcePageEntity } from '../resource.entity.ts';
import { selectsAny } from '../selected-fields.ts';
import { pageQueryOf } from '../to-query.ts';

/** A page of objects; the texts of the rows are read only when a field needs them. Throws `meshery-core-1001`. */
export async function resourcePage(
  lists: ListResourcesHandler,
  args: ResourcesArgs,
  { ctx }: GraphqlContext,
  info: GraphQLResolveInfo,
): Promise<ResourcePageEntity> {
  const page = await lists.page(ctx, pageQueryOf(args), selectsAny(info, textFields));
  const resources = page.rows.map((row) => new ResourceEntity(row, row.json));
  return { resources, totalCount: page.totalCount, next: page.next, seq: String(page.seq) };
}
