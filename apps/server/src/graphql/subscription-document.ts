import { GraphQLError, specifiedRules, validate } from 'graphql';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import { costRule } from './query-cost.ts';

const rules = [...specifiedRules, costRule()];

/** Documents of websockets pass the same rules as those of requests: mercurius would not ask them. */
export function checkSubscription(schema: GraphQLSchema, document: DocumentNode): void {
  const [fault] = validate(schema, document, rules, { maxErrors: 1 });
  if (fault === undefined) return;
  const extensions = { code: 'BAD_USER_INPUT', mesheryCode: 'meshery-core-1001' };
  throw new GraphQLError(fault.message, { extensions });
}
