import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaBuilderModule, GraphQLSchemaFactory } from '@nestjs/graphql';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { extendWithPublished } from '../src/graphql/published/with-published.ts';
import { resolvers } from '../src/graphql/resolvers.ts';

/** The GraphQL schema as text, made from the resolvers without starting a server. */
export async function schemaText(): Promise<string> {
  const app = await NestFactory.createApplicationContext(GraphQLSchemaBuilderModule, { logger: false });
  try {
    const own = await app.get(GraphQLSchemaFactory).create(resolvers);
    const schema = extendWithPublished(own);
    return `${printSchema(lexicographicSortSchema(schema))}\n`;
  } finally {
    await app.close();
  }
}
