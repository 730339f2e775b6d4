import type { Clock } from '@meshery/observability';
import type { UserStore } from '@meshery/store';
import { Inject } from '@nestjs/common';
import { Args, Context, ID, Mutation, Query, Resolver, Subscription } from '@nestjs/graphql';
import { followOperation } from '../../operations/follow-operation.ts';
import { Operations } from '../../operations/operations.ts';
import { CLOCK, USER_STORE } from '../../tokens.ts';
import { absentAsUndefined } from '../absent.ts';
import { codedSequence, valueOf } from '../coded-sequence.ts';
import type { GraphqlContext } from '../graphql-context.ts';
import { LiveValues } from '../live-values.ts';
import { OperationsArgs } from './operation.dto.ts';
import { OperationEntity, OperationPageEntity } from './operation.entity.ts';
import { operationQueryOf, recordIdOf } from './record-query.ts';

/** Long work; the same use cases as REST and gRPC. */
@Resolver(() => OperationEntity)
export class OperationResolver {
  readonly #operations: Operations;
  readonly #live: LiveValues;
  readonly #outside: { readonly store: UserStore; readonly clock: Clock };

  constructor(
    @Inject(Operations) operations: Operations,
    @Inject(LiveValues) live: LiveValues,
    @Inject(USER_STORE) store: UserStore,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.#operations = operations;
    this.#live = live;
    this.#outside = { store, clock };
  }

  @Query(() => OperationPageEntity, { description: 'A page of operations, newest first unless told.' })
  async operations(@Args() args: OperationsArgs, @Context() { ctx }: GraphqlContext): Promise<OperationPageEntity> {
    const { filter, query } = operationQueryOf(args);
    const { items, ...page } = await this.#operations.page(ctx, filter, query);
    return { ...page, operations: items };
  }

  @Query(() => OperationEntity, { nullable: true, description: 'One operation by its id.' })
  async operation(
    @Args('id', { type: () => ID }) id: string,
    @Context() { ctx }: GraphqlContext,
  ): Promise<OperationEntity | undefined> {
    return this.#operations.get(ctx, recordIdOf(id)).catch(absentAsUndefined);
  }

  @Mutation(() => OperationEntity, { description: 'Asks a running operation to end.' })
  async cancelOperation(
    @Args('id', { type: () => ID }) id: string,
    @Context() { ctx }: GraphqlContext,
  ): Promise<OperationEntity> {
    return this.#operations.cancel(ctx, recordIdOf(id));
  }

  @Subscription(() => OperationEntity, {
    description: 'An operation as it is, and whenever it changes; ends with its final state.',
    resolve: valueOf,
  })
  operationChanges(
    @Args('id', { type: () => ID }) id: string,
    @Context() context: GraphqlContext,
  ): AsyncIterableIterator<unknown> {
    return codedSequence(() => {
      const parts = { operations: this.#operations, ...this.#outside };
      const known = recordIdOf(id);
      return this.#live.ending(context, (signal) => followOperation(parts, { ...context.ctx, signal }, known));
    });
  }
}
