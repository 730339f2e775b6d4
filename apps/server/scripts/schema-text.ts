import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaBuilderModule, GraphQLSchemaFactory } from '@nestjs/graphql';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { ChangeResolver } from '../src/graphql/change.resolver.ts';
import { withPublished } from '../src/graphql/published/with-published.ts';
import { ResourceResolver } from '../src/graphql/resource.resolver.ts';

/** The GraphQL schema as text, made from the resolvers without starting a server. */
export async function schemaText(): Promise<string> {
  const app = await NestFactory.createApplicationContext(GraphQLSchemaBuilderModule, { logger: false });
  try {
    const own = await app.get(GraphQLSchemaFactory).create([ResourceResolver, ChangeResolver]);
    const schema = withPublished(own, { answers: {}, follows: {}, rights: {} });
    return `${printSchema(lexicographicSortSchema(schema))}\n`;
  } finally {
    await app.close();
  }
}
