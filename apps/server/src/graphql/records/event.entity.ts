import type { EventRecord, SeenEvent } from '@meshery/object-model';
import { Field, ID, Int, ObjectType } from '@nestjs/graphql';

/** Something that happened; published clients have another type "Event". */
@ObjectType('EventRecord', { description: 'Something that happened.' })
export class EventEntity {
  @Field(() => ID)
  readonly id!: string;

  @Field(() => String, { description: 'Its position in the log, for "since".' })
  readonly sequence!: string;

  @Field(() => String, { description: 'What it was done to, such as "environment".' })
  readonly category!: string;

  @Field(() => String, { description: 'What was done, such as "create".' })
  readonly action!: string;

  @Field(() => String)
  readonly severity!: string;

  @Field(() => String, { description: 'read or unread, of whoever asks.' })
  readonly status!: string;

  @Field(() => String)
  readonly description!: string;

  @Field(() => ID, { description: 'The record that it is about.' })
  readonly actedUpon!: string;

  @Field(() => ID, { nullable: true })
  readonly operationId!: string | null;

  @Field(() => ID, { nullable: true, description: 'Whose members see it; without one only its owner does.' })
  readonly organizationId!: string | null;

  @Field(() => ID, { description: 'The user who caused it.' })
  readonly owner!: string;

  @Field(() => String, { description: 'More about it, as JSON text.' })
  readonly metadata!: string;

  @Field(() => String)
  readonly createdAt!: string;
}

/** An event as a user sees it; a new one is unread. */
export function eventEntity(event: EventRecord & Partial<Pick<SeenEvent, 'status'>>): EventEntity {
  const { sequence, metadata, status = 'unread' } = event;
  return { ...event, status, sequence: String(sequence), metadata: JSON.stringify(metadata) };
}

/** How many events that a user has not read have a severity. */
@ObjectType('SeverityCount')
export class SeverityCountEntity {
  @Field(() => String)
  readonly severity!: string;

  @Field(() => Int)
  readonly count!: number;
}

/** A page of events. */
@ObjectType('EventPage')
export class EventPageEntity {
  @Field(() => [EventEntity])
  readonly events!: readonly EventEntity[];

  @Field(() => Int)
  readonly page!: number;

  @Field(() => Int)
  readonly pageSize!: number;

  @Field(() => Int)
  readonly totalCount!: number;

  @Field(() => String, { nullable: true, description: 'Position after the last one, for "after".' })
  readonly next?: string | undefined;

  @Field(() => Int, { description: 'How many of all that the user sees were read.' })
  readonly readCount!: number;

  @Field(() => [SeverityCountEntity], { description: 'The unread of all that the user sees.' })
  readonly countBySeverityLevel!: readonly SeverityCountEntity[];
}
