import { ArgsType, Field, Int } from '@nestjs/graphql';

/** A page of a list of records, as REST pages them. */
@ArgsType()
export class PageArgs {
  @Field(() => Int, { nullable: true, description: 'From 0.' })
  readonly page?: number | null;

  @Field(() => Int, { nullable: true, description: '10 unless told.' })
  readonly pageSize?: number | null;

  @Field(() => String, { nullable: true, description: 'Part of a name, in any case.' })
  readonly search?: string | null;

  @Field(() => String, { nullable: true, description: 'Field and direction, e.g. "createdAt desc".' })
  readonly order?: string | null;
}
