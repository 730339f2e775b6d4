import { MesheryError } from '@meshery/errors';
import type { Right } from '@meshery/security';
import { extendSchema, parse } from 'graphql';
import type { GraphQLFieldConfig, GraphQLObjectType, GraphQLSchema } from 'graphql';
import { fieldPermission } from '../../access/permissions/operation-permissions.ts';
import { permitted } from '../../access/permissions/permitted.ts';
import { codedSequence, valueOf } from '../coded-sequence.ts';
import type { GraphqlContext } from '../graphql-context.ts';
import { publishedFields } from './published-fields.ts';
import { publishedTypes } from './published-types.ts';

/** Answers a query or a mutation; the schema has checked the types of its arguments. */
export type Answer = (args: never, context: GraphqlContext) => unknown;

/** Answers a subscription; the sequence ends what it holds when its reader ends it. */
export type Follow = (args: never, context: GraphqlContext) => AsyncIterable<unknown>;

/** What answers each published operation, by name. */
export interface PublishedOperations {
  readonly answers: Readonly<Record<string, Answer>>;
  readonly follows: Readonly<Record<string, Follow>>;
  /** Where reading for queries and subscriptions, and writing for mutations, is not what is needed. */
  readonly rights: Readonly<Record<string, Right>>;
}

type Field = Pick<GraphQLFieldConfig<unknown, GraphqlContext>, 'resolve' | 'subscribe'>;

/** Adds the operations of published clients to a schema, without what answers them. */
export function extendWithPublished(schema: GraphQLSchema): GraphQLSchema {
  return extendSchema(schema, parse(publishedTypes + publishedFields));
}

/** The same with what answers them, which is looked at when they are asked, not before. */
export function withPublished(schema: GraphQLSchema, operations: PublishedOperations): GraphQLSchema {
  const extended = extendWithPublished(schema);
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
      const right = operations.rights[name] ?? usual;
      permitted(context.session, fieldPermission(name, right));
      if (right !== 'read' && context.method === 'GET') throw onlyPost(name);
      return known(operations.answers, name)(args as never, context);
    },
  };
}

function followed(name: string, operations: PublishedOperations, usual: Right): Field {
  return {
    subscribe: (_root, args, context) =>
      codedSequence(() => {
        context.session = permitted(context.session, fieldPermission(name, operations.rights[name] ?? usual));
        return known(operations.follows, name)(args as never, context);
      }),
    resolve: valueOf,
  };
}

function known<Part>(parts: Readonly<Record<string, Part>>, name: string): Part {
  const part = parts[name];
  if (part === undefined) throw new TypeError(`nothing answers the published operation ${name}`);
  return part;
}

/** Some published queries change something; a link of another site must not do that in the name of its reader. */
function onlyPost(name: string): MesheryError {
  return new MesheryError('meshery-core-1001', `"${name}" changes something: it cannot be asked with GET.`, {
    probableCause: 'The request was put together wrongly; nothing was changed.',
    remedy: 'Send the same query with POST.',
  });
}
