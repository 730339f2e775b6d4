import { ArgsType, Field, ID, InputType } from '@nestjs/graphql';
import { PageArgs } from './pages.dto.ts';

/** Which events; every list is an "any of". */
@InputType('EventFilter')
export class EventFilterInput {
  @Field(() => [String], { nullable: true })
  readonly categories?: string[] | null;

  @Field(() => [String], { nullable: true })
  readonly actions?: string[] | null;

  @Field(() => [String], { nullable: true })
  readonly severities?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'Ids of the records that they are about.' })
  readonly actedUpon?: string[] | null;
}

/** A page of events, newest first unless told. */
@ArgsType()
export class EventsArgs extends PageArgs {
  @Field(() => EventFilterInput, { nullable: true })
  readonly filter?: EventFilterInput | null;

  @Field(() => String, { nullable: true, description: 'read or unread.' })
  readonly status?: string | null;

  @Field(() => String, { nullable: true, description: '"next" of an earlier page; not together with "page".' })
  readonly after?: string | null;
}
