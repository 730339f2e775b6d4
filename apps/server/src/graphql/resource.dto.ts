import { ArgsType, Field, ID, InputType, Int } from '@nestjs/graphql';

/** A label that objects must carry. */
@InputType('LabelInput')
export class LabelInput {
  @Field(() => String)
  readonly key!: string;

  @Field(() => String)
  readonly value!: string;
}

/** Which objects; every list is an "any of", labels must all match. */
@InputType('ResourceFilter')
export class ResourceFilterInput {
  @Field(() => [ID], { description: 'Cluster ids; "all" selects every cluster, an empty list nothing.' })
  readonly clusterIds!: string[];

  @Field(() => [String], { nullable: true })
  readonly kinds?: string[] | null;

  @Field(() => [String], { nullable: true })
  readonly namespaces?: string[] | null;

  @Field(() => [String], { nullable: true })
  readonly apiVersions?: string[] | null;

  @Field(() => [String], { nullable: true })
  readonly models?: string[] | null;

  @Field(() => [LabelInput], { nullable: true })
  readonly labels?: LabelInput[] | null;

  @Field(() => String, { nullable: true, description: 'Part of the name, in any case.' })
  readonly search?: string | null;
}

/** A page request: numbered, or after a position. */
@ArgsType()
export class ResourcesArgs {
  @Field(() => ResourceFilterInput)
  readonly filter!: ResourceFilterInput;

  @Field(() => Int, { nullable: true })
  readonly page?: number | null;

  @Field(() => Int, { nullable: true, description: '25 unless told, 1000 at most.' })
  readonly pageSize?: number | null;

  @Field(() => String, { nullable: true, description: '"next" of an earlier page.' })
  readonly after?: string | null;

  @Field(() => String, { nullable: true, description: 'Column and direction, e.g. "name asc".' })
  readonly order?: string | null;
}
