import { isIntrospectionType, isObjectType } from 'graphql';
import type { GraphQLSchema } from 'graphql';

/**
 * Lets the fields of objects be properties. Nest gives each a resolver that reads the property of that name, which is
 * what happens without one; with one, it is called for every field of every row. No field of ours has a resolver of its
 * own below the operations.
 */
export function withPlainFields(schema: GraphQLSchema): GraphQLSchema {
  const roots = new Set([schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]);
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || isIntrospectionType(type) || roots.has(type)) continue;
    for (const field of Object.values(type.getFields())) delete field.resolve;
  }
  return schema;
}
