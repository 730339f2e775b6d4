import { Inject } from '@nestjs/common';
import { Args, Context, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { connectionStatuses } from '@meshery/object-model';
import type { Connection } from '@meshery/object-model';
import { ConnectionChanger } from '../../connections/connection-changer.ts';
import { ConnectionLife } from '../../connections/connection-life.ts';
import { Providers } from '../../provider/providers.ts';
import { ConnectionDefinitions } from '../../registry/connection-definitions/connection-definitions.ts';
import { absentAsUndefined } from '../absent.ts';
import type { GraphqlContext } from '../graphql-context.ts';
import { ConnectionsArgs } from './connection.dto.ts';
import { ConnectionEntity, ConnectionPageEntity, ConnectionTestEntity } from './connection.entity.ts';
import { connectionQueryOf, oneOf, recordIdOf } from './record-query.ts';

/** Connections; the same use cases as REST. */
@Resolver(() => ConnectionEntity)
export class ConnectionResolver {
  readonly #providers: Providers;
  readonly #changer: ConnectionChanger;
  readonly #life: ConnectionLife;
  readonly #definitions: ConnectionDefinitions;

  constructor(
    @Inject(Providers) providers: Providers,
    @Inject(ConnectionChanger) changer: ConnectionChanger,
    @Inject(ConnectionLife) life: ConnectionLife,
    @Inject(ConnectionDefinitions) definitions: ConnectionDefinitions,
  ) {
    this.#providers = providers;
    this.#changer = changer;
    this.#life = life;
    this.#definitions = definitions;
  }

  @Query(() => ConnectionPageEntity, { description: 'A page of connections, 100 at most.' })
  async connections(@Args() args: ConnectionsArgs, @Context() { ctx }: GraphqlContext): Promise<ConnectionPageEntity> {
    const { filter, query } = connectionQueryOf(args);
    const { items, ...page } = await this.#providers.of(ctx).connections.page(ctx, filter, query);
    return { ...page, connections: items.map((connection) => this.#entity(connection)) };
  }

  @Query(() => ConnectionEntity, { nullable: true, description: 'One connection by its id.' })
  async connection(
    @Args('id', { type: () => ID }) id: string,
    @Context() { ctx }: GraphqlContext,
  ): Promise<ConnectionEntity | undefined> {
    const { connections } = this.#providers.of(ctx);
    const found = await connections.get(ctx, recordIdOf(id)).catch(absentAsUndefined);
    return found === undefined ? undefined : this.#entity(found);
  }

  @Mutation(() => ConnectionEntity, { description: 'Moves a connection on in its life; "deleted" removes it.' })
  async changeConnectionStatus(
    @Args('id', { type: () => ID }) id: string,
    @Args('status', { type: () => String }) status: string,
    @Context() { ctx }: GraphqlContext,
  ): Promise<ConnectionEntity> {
    const patch = { status: oneOf('status', status, connectionStatuses) };
    return this.#entity(await this.#changer.change(ctx, recordIdOf(id), patch));
  }

  @Mutation(() => ConnectionTestEntity, { description: 'Reaches the far side of a connection once.' })
  async testConnection(
    @Args('id', { type: () => ID }) id: string,
    @Context() { ctx }: GraphqlContext,
  ): Promise<ConnectionTestEntity> {
    const { version } = await this.#life.probe(ctx, recordIdOf(id));
    return { version };
  }

  #entity(connection: Connection): ConnectionEntity {
    return new ConnectionEntity(connection, this.#definitions.lifeOf(connection.kind));
  }
}
