import { Field, ID, Int, ObjectType } from '@nestjs/graphql';

/** State of one kind in one cluster. */
@ObjectType('KindStatus')
export class KindStatusEntity {
  @Field(() => String, { description: 'Resource key "<plural>.<version>.<group>".' })
  readonly resource!: string;

  @Field(() => String)
  readonly kind!: string;

  @Field(() => Boolean)
  readonly namespaced!: boolean;

  @Field(() => String)
  readonly state!: string;

  @Field(() => String)
  readonly reason!: string;

  @Field(() => String)
  readonly message!: string;

  @Field(() => Int)
  readonly count!: number;

  @Field(() => String)
  readonly since!: string;
}

/** One known cluster. */
@ObjectType('Cluster')
export class ClusterEntity {
  @Field(() => ID, { description: 'Uid of namespace kube-system; empty while it is unreadable.' })
  readonly id!: string;

  @Field(() => String)
  readonly name!: string;

  @Field(() => String)
  readonly apiServerUrl!: string;

  @Field(() => String)
  readonly source!: string;

  @Field(() => String)
  readonly state!: string;

  @Field(() => String)
  readonly reason!: string;

  @Field(() => String)
  readonly message!: string;

  @Field(() => String)
  readonly firstSeen!: string;

  @Field(() => String)
  readonly lastSeen!: string;

  @Field(() => Int)
  readonly objectCount!: number;

  @Field(() => [KindStatusEntity])
  readonly kinds!: readonly KindStatusEntity[];
}

/** How many objects of a kind there are. */
@ObjectType('KindCount')
export class KindCountEntity {
  @Field(() => String)
  readonly kind!: string;

  @Field(() => String)
  readonly model!: string;

  @Field(() => Int)
  readonly count!: number;
}

/** A label that objects carry. */
@ObjectType('LabelPair')
export class LabelPairEntity {
  @Field(() => String)
  readonly key!: string;

  @Field(() => String)
  readonly value!: string;
}

/** Counts per kind, namespaces and labels of a selection. */
@ObjectType('ClusterSummary')
export class ClusterSummaryEntity {
  @Field(() => [KindCountEntity])
  readonly kinds!: readonly KindCountEntity[];

  @Field(() => [String])
  readonly namespaces!: readonly string[];

  @Field(() => [LabelPairEntity])
  readonly labels!: readonly LabelPairEntity[];
}
