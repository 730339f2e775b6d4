import { MesheryError } from '@meshery/errors';
import { hasRight } from '@meshery/security';
import type { Right } from '@meshery/security';
import { extendSchema, parse } from 'graphql';
import type { GraphQLFieldConfig, GraphQLObjectType, GraphQLSchema } from 'graphql';
import { missingRight } from '../../access/right.guard.ts';
import type { GraphqlContext } from '../graphql-context.ts';
import { notYet } from './not-yet.ts';
import { publishedFields } from './published-fields.ts';
import { publishedTypes } from './published-types.ts';

/** Answers a query or a mutation; the schema has checked the types of its arguments. */
export type Answer = (args: never, context: GraphqlContext) => unknown;

/** Answers a subscription; the sequence ends what it holds when its reader ends it. */
export type Follow = (args: never, context: GraphqlContext) => AsyncIterable<unknown>;

/** The published operations that this server answers, by name; all others of the schema are refused with a code. */
export interface PublishedOperations {
  readonly answers: Readonly<Record<string, Answer>>;
  readonly follows: Readonly<Record<string, Follow>>;
  /** Where reading for queries and subscriptions, and writing for mutations, is not what is needed. */
  readonly rights: Readonly<Record<string, Right>>;
}

type Field = Pick<GraphQLFieldConfig<unknown, GraphqlContext>, 'resolve' | 'subscribe'>;

/** Adds the operations of published clients to a schema; they are looked at when they are asked, not before. */
export function withPublished(schema: GraphQLSchema, operations: PublishedOperations): GraphQLSchema {
  const extended = extendSchema(schema, parse(publishedTypes + publishedFields));
  const ours = (type: GraphQLObjectType | null | undefined): ReadonlySet<string> =>
    new Set(Object.keys(type?.getFields() ?? {}));
  const roots = [
    [extended.getQueryType(), ours(schema.getQueryType()), 'read', answered],
    [extended.getMutationType(), ours(schema.getMutationType()), 'write', answered],
    [extended.getSubscriptionType(), ours(schema.getSubscriptionType()), 'read', followed],
  ] as const;
  for (const [type, known, usual, make] of roots) {
    for (const field of Object.values(type?.getFields() ?? {})) {
      if (known.has(field.name)) continue;
      Object.assign(field, make(field.name, operations, usual));
    }
  }
  return extended;
}

function answered(name: string, operations: PublishedOperations, usual: Right): Field {
  return {
    resolve: (_root, args, context) => {
      const answer = operations.answers[name];
      const right = operations.rights[name] ?? usual;
      requireRight(context, right);
      if (right !== 'read' && context.method === 'GET') throw onlyPost(name);
      if (answer === undefined) throw notYet(name);
      return answer(args as never, context);
    },
  };
}

/** An error in place of a value of a subscription: only what a field throws reaches the client with its code. */
class Failure {
  readonly error: unknown;

  constructor(error: unknown) {
    this.error = error;
  }
}

function followed(name: string, operations: PublishedOperations, usual: Right): Field {
  return {
    subscribe: (_root, args, context) => {
      const follow = operations.follows[name];
      try {
        requireRight(context, operations.rights[name] ?? usual);
        if (follow === undefined) throw notYet(name);
        return withFailure(follow(args as never, context));
      } catch (error) {
        return onlyFailure(error);
      }
    },
    resolve: (value) => {
      if (value instanceof Failure) throw value.error;
      return value;
    },
  };
}

function withFailure(values: AsyncIterable<unknown>): AsyncIterableIterator<unknown> {
  const source = values[Symbol.asyncIterator]();
  let isOver = false;
  return {
    next: async () => {
      if (isOver) return { done: true, value: undefined };
      return source.next().catch((error: unknown) => {
        isOver = true;
        return { done: false, value: new Failure(error) };
      });
    },
    return: async () => {
      isOver = true;
      await source.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

async function* onlyFailure(error: unknown): AsyncGenerator<Failure> {
  yield await Promise.resolve(new Failure(error));
}

function requireRight({ session }: GraphqlContext, right: Right): void {
  if (!hasRight(session.identity.roles, right)) throw missingRight(right);
}

/** Some published queries change something; a link of another site must not do that in the name of its reader. */
function onlyPost(name: string): MesheryError {
  return new MesheryError('meshery-core-1001', `"${name}" changes something: it cannot be asked with GET.`, {
    probableCause: 'The request was put together wrongly; nothing was changed.',
    remedy: 'Send the same query with POST.',
  });
}
