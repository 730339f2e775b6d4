import { Field, ID, Int, ObjectType } from '@nestjs/graphql';

/** The part of an operation that is about one target. */
@ObjectType('OperationTarget')
export class OperationTargetEntity {
  @Field(() => ID)
  readonly id!: string;

  @Field(() => String)
  readonly name!: string;

  @Field(() => String)
  readonly state!: string;

  @Field(() => String, { description: 'Why it stands where it stands; empty when there is nothing to say.' })
  readonly message!: string;
}

/** Why an operation failed. */
@ObjectType('OperationError')
export class OperationErrorEntity {
  @Field(() => String)
  readonly code!: string;

  @Field(() => String)
  readonly message!: string;
}

/** Long work with one final state. */
@ObjectType('Operation', { description: 'Long work with one final state.' })
export class OperationEntity {
  @Field(() => ID)
  readonly id!: string;

  @Field(() => String, { description: 'What is done, such as "connection.disconnect".' })
  readonly kind!: string;

  @Field(() => String, { description: 'running, succeeded, failed or cancelled.' })
  readonly state!: string;

  @Field(() => Int, { description: 'Per cent.' })
  readonly progress!: number;

  @Field(() => [OperationTargetEntity])
  readonly targets!: readonly OperationTargetEntity[];

  @Field(() => OperationErrorEntity, { nullable: true })
  readonly error!: OperationErrorEntity | null;

  @Field(() => Boolean)
  readonly isCancelRequested!: boolean;

  @Field(() => ID, { nullable: true, description: 'Whose members see it; without one only its owner does.' })
  readonly organizationId!: string | null;

  @Field(() => ID, { description: 'The user who began it.' })
  readonly owner!: string;

  @Field(() => String)
  readonly createdAt!: string;

  @Field(() => String)
  readonly updatedAt!: string;

  @Field(() => String, { nullable: true })
  readonly finishedAt!: string | null;
}

/** A page of operations. */
@ObjectType('OperationPage')
export class OperationPageEntity {
  @Field(() => [OperationEntity])
  readonly operations!: readonly OperationEntity[];

  @Field(() => Int)
  readonly page!: number;

  @Field(() => Int)
  readonly pageSize!: number;

  @Field(() => Int)
  readonly totalCount!: number;
}
