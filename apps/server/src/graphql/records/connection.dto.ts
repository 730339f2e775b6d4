import { ArgsType, Field, ID, InputType } from '@nestjs/graphql';
import { PageArgs } from './pages.dto.ts';

/** Which connections; every list is an "any of". */
@InputType('ConnectionFilter')
export class ConnectionFilterInput {
  @Field(() => ID, { nullable: true })
  readonly organizationId?: string | null;

  @Field(() => [String], { nullable: true })
  readonly kinds?: string[] | null;

  @Field(() => [String], { nullable: true })
  readonly types?: string[] | null;

  @Field(() => [String], { nullable: true })
  readonly statuses?: string[] | null;

  @Field(() => String, { nullable: true, description: 'The whole name.' })
  readonly name?: string | null;
}

/** A page of connections. */
@ArgsType()
export class ConnectionsArgs extends PageArgs {
  @Field(() => ConnectionFilterInput, { nullable: true })
  readonly filter?: ConnectionFilterInput | null;
}
