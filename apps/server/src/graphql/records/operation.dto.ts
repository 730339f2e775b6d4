import { ArgsType, Field, InputType } from '@nestjs/graphql';
import { PageArgs } from './pages.dto.ts';

/** Which operations. */
@InputType('OperationFilter')
export class OperationFilterInput {
  @Field(() => String, { nullable: true, description: 'running, succeeded, failed or cancelled.' })
  readonly state?: string | null;

  @Field(() => String, { nullable: true, description: 'What is done, e.g. "connection.disconnect".' })
  readonly kind?: string | null;
}

/** A page of operations. */
@ArgsType()
export class OperationsArgs extends PageArgs {
  @Field(() => OperationFilterInput, { nullable: true })
  readonly filter?: OperationFilterInput | null;
}
