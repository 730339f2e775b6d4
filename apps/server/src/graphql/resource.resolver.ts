import { Args, Context, ID, Info, Query, Resolver } from '@nestjs/graphql';
import { Inject } from '@nestjs/common';
import type { GraphQLResolveInfo } from 'graphql';
import { InventoryQueries } from '../inventory/inventory-queries.ts';
import { ListClustersHandler } from '../inventory/queries/list-clusters.handler.ts';
import { absentAsUndefined } from './absent.ts';
import { ClusterEntity, ClusterSummaryEntity } from './cluster.entity.ts';
import type { GraphqlContext } from './graphql-context.ts';
import { ResourceFilterInput, ResourcesArgs } from './resource.dto.ts';
import { ResourceEntity, ResourcePageEntity } from './resource.entity.ts';
import { DirectPages } from './pages/direct-pages.ts';
import { resourcePage } from './pages/resource-page.ts';
import { filterOf } from './to-query.ts';

/** Queries of the inventory; the same use cases as REST. */
@Resolver(() => ResourceEntity)
export class ResourceResolver {
  readonly #queries: InventoryQueries;
  readonly #clusters: ListClustersHandler;
  readonly #pages: DirectPages;

  constructor(
    @Inject(InventoryQueries) queries: InventoryQueries,
    @Inject(ListClustersHandler) clusters: ListClustersHandler,
    @Inject(DirectPages) pages: DirectPages,
  ) {
    this.#queries = queries;
    this.#clusters = clusters;
    this.#pages = pages;
  }

  @Query(() => ResourcePageEntity, { description: 'A page of objects.' })
  resources(
    @Args() args: ResourcesArgs,
    @Context() context: GraphqlContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<ResourcePageEntity> {
    if (context.request !== undefined) this.#pages.learn(context.request, info);
    return resourcePage(this.#queries.lists, args, context, info);
  }

  @Query(() => ResourceEntity, { nullable: true, description: 'One object by its published id or uid.' })
  async resource(
    @Args('id', { type: () => ID }) id: string,
    @Context() { ctx }: GraphqlContext,
  ): Promise<ResourceEntity | undefined> {
    const found = await this.#queries.objects.handle(ctx, id).catch(absentAsUndefined);
    return found === undefined ? undefined : new ResourceEntity(found, found.json);
  }

  @Query(() => ClusterSummaryEntity, { description: 'Counts per kind, namespaces and labels of a selection.' })
  async clusterSummary(
    @Args('filter', { type: () => ResourceFilterInput }) filter: ResourceFilterInput,
    @Context() { ctx }: GraphqlContext,
  ): Promise<ClusterSummaryEntity> {
    return this.#queries.summaries.summary(ctx, filterOf(filter));
  }

  @Query(() => [ClusterEntity], { description: 'Every known cluster with the state of its kinds.' })
  async clusters(@Context() { ctx }: GraphqlContext): Promise<readonly ClusterEntity[]> {
    return (await this.#clusters.handle(ctx)).clusters;
  }
}
