import type { Right } from '@meshery/security';
import { parse } from 'graphql';
import type { DocumentNode } from 'graphql';
import { z } from 'zod';
import { badParameter } from '../rest/query-values.ts';

const maxTokens = 5000;
const requestSchema = z.object({
  query: z.string().min(1),
  operationName: z.string().max(256).nullish(),
  variables: z.record(z.string(), z.unknown()).nullish(),
});
/** As the capabilities document spells it; what has no plain path of the provider is answered by nobody. */
const itemSchema = z.object({ path: z.string().regex(/^\/[\w/.-]+$/) });

/** A request for the GraphQL of a provider. */
export interface ProviderGraphqlRequest {
  /** What the user needs here; what they may do there is the provider's to say. */
  readonly right: Right;
  readonly body: z.output<typeof requestSchema>;
}

/** Whether a provider answers GraphQL at a path, by the `graphql` of its extensions. */
export function answersGraphql(items: readonly unknown[], path: string): boolean {
  return !path.includes('..') && items.some((item) => itemSchema.safeParse(item).data?.path === path);
}

/** Reads a request. Throws `meshery-core-1001` for anything but one query or mutation. */
export function providerGraphqlRequest(sent: unknown): ProviderGraphqlRequest {
  const { data: body } = requestSchema.safeParse(sent);
  if (body === undefined) throw badParameter('query', 'must be the text of a GraphQL document, in a JSON object');
  const kinds = operationsOf(body.query);
  if (kinds.includes('subscription')) throw badParameter('query', 'must not be a subscription: nothing is streamed');
  return { right: kinds.includes('mutation') ? 'write' : 'read', body };
}

function operationsOf(query: string): readonly string[] {
  let document: DocumentNode;
  try {
    document = parse(query, { maxTokens, noLocation: true });
  } catch {
    throw badParameter('query', `must be a GraphQL document of at most ${String(maxTokens)} words`);
  }
  return document.definitions.flatMap((part) => (part.kind === 'OperationDefinition' ? [part.operation] : []));
}
