import { isMesheryError, toMesheryError } from '@meshery/errors';
import type { Logger } from '@meshery/observability';
import { GraphQLError } from 'graphql';
import type { GraphQLFormattedError } from 'graphql';

/** What mercurius hands to its error formatter. */
export interface FailedExecution {
  readonly data?: unknown;
  readonly errors: readonly (Error & { readonly originalError?: unknown })[];
}

/** The answer to a failed operation. */
export interface GraphqlAnswer {
  readonly statusCode: number;
  readonly response: { readonly data: never; readonly errors: readonly GraphQLFormattedError[] };
}

/** Converts what failed: coded errors by the table, faults of the document as they are, all else without detail. */
export function formatGraphqlErrors(execution: FailedExecution, logger: Logger): GraphqlAnswer {
  const errors = execution.errors.flatMap(unfold).map((error) => formatOne(error, logger));
  const isDocument = execution.data === undefined || execution.data === null;
  const refused = errors.some((error) => error.extensions?.code === 'BAD_USER_INPUT');
  return {
    statusCode: isDocument && refused ? 400 : 200,
    response: { data: (execution.data ?? null) as never, errors },
  };
}

/** Validation errors come as one error with a list. */
function unfold(error: Error): Error[] {
  const carrier = (error as { originalError?: unknown }).originalError ?? error;
  const { errors } = carrier as { errors?: readonly Error[] };
  return errors === undefined || errors.length === 0 ? [error] : [...errors];
}

function formatOne(error: Error, logger: Logger): GraphQLFormattedError {
  const cause = error instanceof GraphQLError ? error.originalError : error;
  const place = error instanceof GraphQLError ? placeOf(error) : {};
  const isDocument = cause === undefined || isClientFault(cause);
  if (isDocument && !isMesheryError(cause)) {
    return {
      message: error.message,
      ...place,
      extensions: { code: 'BAD_USER_INPUT', mesheryCode: 'meshery-core-1001' },
    };
  }
  const coded = toMesheryError(cause);
  const { http, graphql } = coded.mapping;
  if (graphql === 'NOT_IMPLEMENTED') logger.info({ code: coded.code }, 'graphql operation that is not there yet');
  else if (http >= 500) logger.error({ err: cause, code: coded.code }, 'graphql operation failed');
  const extensions = { code: graphql, mesheryCode: coded.code, remedy: coded.remedy };
  return { message: coded.message, ...place, extensions };
}

function placeOf(error: GraphQLError): Pick<GraphQLFormattedError, 'path' | 'locations'> {
  return {
    ...(error.path === undefined ? {} : { path: error.path }),
    ...(error.locations === undefined ? {} : { locations: error.locations }),
  };
}

/** Errors of mercurius itself about the request. */
function isClientFault(error: unknown): boolean {
  const status = (error as { statusCode?: unknown }).statusCode;
  return typeof status === 'number' && status >= 400 && status < 500;
}
