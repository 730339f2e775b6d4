import type { Connection, TransitionMap } from '@meshery/object-model';
import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { clusterOf } from '../../connections/cluster-of.ts';

/** A place that Meshery knows and may use. */
@ObjectType('Connection', { description: 'A place that Meshery knows and may use.' })
export class ConnectionEntity {
  readonly #connection: Connection;
  readonly #life: TransitionMap;

  constructor(connection: Connection, life: TransitionMap) {
    this.#connection = connection;
    this.#life = life;
  }

  @Field(() => ID)
  get id(): string {
    return this.#connection.id;
  }

  @Field(() => String)
  get name(): string {
    return this.#connection.name;
  }

  @Field(() => String)
  get description(): string {
    return this.#connection.description;
  }

  @Field(() => String)
  get kind(): string {
    return this.#connection.kind;
  }

  @Field(() => String)
  get type(): string {
    return this.#connection.type;
  }

  @Field(() => String)
  get subType(): string {
    return this.#connection.subType;
  }

  @Field(() => String)
  get status(): string {
    return this.#connection.status;
  }

  @Field(() => [String], { description: 'Statuses that it may be moved to.' })
  get nextStatuses(): string[] {
    return (this.#life[this.#connection.status] ?? []).map(({ nextState }) => nextState);
  }

  @Field(() => String, { description: 'Empty when it has none.' })
  get url(): string {
    return this.#connection.url;
  }

  @Field(() => ID, { nullable: true })
  get credentialId(): string | undefined {
    return this.#connection.credentialId ?? undefined;
  }

  @Field(() => ID, { nullable: true, description: 'The cluster that it leads to; absent before it was reached.' })
  get clusterId(): string | undefined {
    return clusterOf(this.#connection);
  }

  @Field(() => ID)
  get organizationId(): string {
    return this.#connection.organizationId;
  }

  @Field(() => ID, { description: 'The user who made it.' })
  get owner(): string {
    return this.#connection.owner;
  }

  @Field(() => String, { description: 'What is known of it, as JSON text.' })
  get metadata(): string {
    return JSON.stringify(this.#connection.metadata);
  }

  @Field(() => String)
  get createdAt(): string {
    return this.#connection.createdAt;
  }

  @Field(() => String)
  get updatedAt(): string {
    return this.#connection.updatedAt;
  }
}

/** A page of connections. */
@ObjectType('ConnectionPage')
export class ConnectionPageEntity {
  @Field(() => [ConnectionEntity])
  readonly connections!: readonly ConnectionEntity[];

  @Field(() => Int)
  readonly page!: number;

  @Field(() => Int)
  readonly pageSize!: number;

  @Field(() => Int)
  readonly totalCount!: number;
}

/** What the far side of a connection answered to its test. */
@ObjectType('ConnectionTest')
export class ConnectionTestEntity {
  @Field(() => String, { description: 'What it says its version is.' })
  readonly version!: string;
}
