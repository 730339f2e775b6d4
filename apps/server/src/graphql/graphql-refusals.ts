import { toMesheryError } from '@meshery/errors';
import { GraphQLError } from 'graphql';
import { userOf } from '../audit/audit-entry.ts';
import type { RefusalLog } from '../audit/refusal-log.ts';
import type { GraphqlContext } from './graphql-context.ts';
import type { FailedExecution } from './graphql-errors.ts';

/**
 * Fields that were refused leave a line in the audit log each. A document that was refused as a whole is answered with
 * a status that the hook of all requests hears of.
 */
export function auditFieldRefusals(
  log: RefusalLog,
  { errors }: FailedExecution,
  { session, ctx }: Pick<GraphqlContext, 'session' | 'ctx'>,
): void {
  for (const error of errors) {
    if (!(error instanceof GraphQLError) || error.originalError === undefined) continue;
    const { code, mapping } = toMesheryError(error.originalError);
    if (mapping.http < 400 || mapping.http >= 500) continue;
    log.note({
      ...userOf(session.identity),
      organizationId: '',
      action: `GraphQL ${fieldOf(error)}`,
      objectId: '',
      reason: code,
      requestId: ctx.requestId,
    });
  }
}

/** The name in the schema, never the alias: what a client sends may hold secrets. */
function fieldOf({ nodes }: GraphQLError): string {
  const [node] = nodes ?? [];
  return node?.kind === 'Field' ? node.name.value : 'operation';
}
