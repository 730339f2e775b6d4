import { MesheryError } from '@meshery/errors';
import type { Logger } from '@meshery/observability';
import { LOGGER } from '@meshery/service';
import { Module } from '@nestjs/common';
import { GraphQLModule } from '@nestjs/graphql';
import { MercuriusDriver } from '@nestjs/mercurius';
import type { MercuriusDriverConfig } from '@nestjs/mercurius';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AuditModule } from '../audit/audit.module.ts';
import { RefusalLog } from '../audit/refusal-log.ts';
import { httpContext, streamContext } from '../access/http-context.ts';
import { requireSession } from '../access/request-session.ts';
import { ConnectionsModule } from '../connections/connections.module.ts';
import { EventsModule } from '../events/events.module.ts';
import { InventoryModule } from '../inventory/inventory.module.ts';
import { codeRefusals } from './coded-socket.ts';
import type { GraphqlContext, GraphqlSocket } from './graphql-context.ts';
import { formatGraphqlErrors } from './graphql-errors.ts';
import type { FailedExecution, GraphqlAnswer } from './graphql-errors.ts';
import { auditFieldRefusals } from './graphql-refusals.ts';
import { DirectPages } from './pages/direct-pages.ts';
import { PagesModule } from './pages/pages.module.ts';
import { withPlainFields } from './plain-fields.ts';
import { PUBLISHED_OPERATIONS, PublishedModule } from './published/published.module.ts';
import { withPublished } from './published/with-published.ts';
import type { PublishedOperations } from './published/with-published.ts';
import { PlaygroundController } from './playground.controller.ts';
import { costRule, maxTokens } from './query-cost.ts';
import { resolvers } from './resolvers.ts';
import { checkSubscription } from './subscription-document.ts';

/** Published path of queries, and of websockets for subscriptions. */
export const graphqlPath = '/api/system/graphql/query';

/** A document is compiled when it comes this often. */
const compileAfter = 3;
const keepAliveMs = 15_000;

function driverConfig(
  logger: Logger,
  refusals: RefusalLog,
  operations: PublishedOperations,
  pages: DirectPages,
): MercuriusDriverConfig {
  return {
    path: graphqlPath,
    autoSchemaFile: true,
    sortSchema: true,
    // Nest asks the schema about itself at every start; the one that is checked in is compared with it by a test.
    buildSchemaOptions: { skipCheck: true },
    transformSchema: (schema) => withPublished(withPlainFields(schema), operations),
    graphiql: false,
    jit: compileAfter,
    graphql: { parseOptions: { maxLexicalTokens: maxTokens } },
    validationRules: [costRule()],
    allowBatchedQueries: false,
    hooks: { preSubscriptionExecution: checkSubscription },
    additionalRouteOptions: {
      preValidation: refuseForms,
      preHandler: (request, reply) => pages.answer(request, reply),
    },
    context: (request: FastifyRequest, reply: FastifyReply): GraphqlContext => ({
      ctx: httpContext({ request, reply }, logger),
      session: requireSession(request),
      method: request.method,
      request,
    }),
    errorFormatter: (execution, context) =>
      refusalAnswer({ logger, refusals }, execution, context as unknown as GraphqlContext),
    subscription: {
      keepAlive: keepAliveMs,
      context: (socket, request) => {
        codeRefusals(socket);
        return socketContext(socket, request, logger) as never;
      },
    },
  };
}

/** Converts what failed, and audits it unless its status says it all. */
function refusalAnswer(
  { logger, refusals }: { readonly logger: Logger; readonly refusals: RefusalLog },
  execution: FailedExecution,
  context: GraphqlContext,
): GraphqlAnswer {
  const answer = formatGraphqlErrors(execution, logger);
  if (answer.statusCode === 200) auditFieldRefusals(refusals, execution, context);
  return answer;
}

/** Forms of other sites can send every content type but JSON. */
function refuseForms(request: FastifyRequest, _reply: FastifyReply, done: (error?: Error) => void): void {
  const type = request.headers['content-type'] ?? '';
  const isJson = request.method !== 'POST' || type.toLowerCase().startsWith('application/json');
  done(isJson ? undefined : new MesheryError('meshery-core-1001', 'GraphQL takes application/json only.'));
}

function socketContext(socket: GraphqlSocket, request: FastifyRequest, logger: Logger): GraphqlContext {
  const reply = { raw: request.raw } as unknown as FastifyReply;
  const { method } = request;
  return { ctx: streamContext({ request, reply }, logger), session: requireSession(request), method, socket };
}

/** GraphQL over the same use cases as REST. */
@Module({
  imports: [
    InventoryModule,
    PagesModule,
    ConnectionsModule,
    EventsModule,
    PublishedModule,
    GraphQLModule.forRootAsync<MercuriusDriverConfig>({
      driver: MercuriusDriver,
      useFactory: driverConfig,
      imports: [AuditModule, PublishedModule, PagesModule],
      inject: [LOGGER, RefusalLog, PUBLISHED_OPERATIONS, DirectPages],
    }),
  ],
  controllers: [PlaygroundController],
  providers: resolvers,
})
export class ServerGraphqlModule {}
