import type { Logger } from '@meshery/observability';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLResolveInfo } from 'graphql';
import { httpContext } from '../../access/http-context.ts';
import { fieldPermission } from '../../access/permissions/operation-permissions.ts';
import { mayDo } from '../../access/permissions/permitted.ts';
import { requireSession } from '../../access/request-session.ts';
import type { ListResourcesHandler } from '../../inventory/queries/list-resources.handler.ts';
import { pageQueryOf } from '../to-query.ts';
import { planOf } from './page-plan.ts';
import type { PagePlan } from './page-plan.ts';

/** Documents whose plans are kept, and the longest of them: a client has a few, however many pages it asks for. */
const maximumPlans = 100;
const longestDocument = 10_000;

const permission = fieldPermission('resources', 'read');

/** What a POST of GraphQL brings, as far as it is what it should be. */
interface Question {
  readonly query?: unknown;
  readonly operationName?: unknown;
  readonly variables?: unknown;
}

/**
 * Answers pages of objects without an executor. The first time that a document is asked, it goes the ordinary way, where
 * it is validated, and a plan of its answer is made (docs/adr/0018). What has no plan, may not be done or fails goes the
 * ordinary way every time: there is one place that knows how refusals are told.
 */
export class DirectPages {
  readonly #lists: ListResourcesHandler;
  readonly #logger: Logger;
  readonly #plans = new Map<string, PagePlan & { readonly operationName: unknown }>();

  constructor(lists: ListResourcesHandler, logger: Logger) {
    this.#lists = lists;
    this.#logger = logger;
  }

  /** Remembers how the document that is being answered can be answered the next time. */
  learn(request: FastifyRequest, info: GraphQLResolveInfo): void {
    const { query, operationName } = questionOf(request);
    if (typeof query !== 'string' || query.length > longestDocument) return;
    const plan = planOf(info);
    if (plan === undefined) return;
    if (this.#plans.size >= maximumPlans) this.#plans.clear();
    this.#plans.set(query, { ...plan, operationName: operationName ?? null });
  }

  /** Fastify's preHandler hook of the route: sends the answer where there is a plan for it. */
  async answer(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
    const text = await this.#written(request, reply).catch(() => undefined);
    return text === undefined ? undefined : reply.type('application/json; charset=utf-8').send(text);
  }

  async #written(request: FastifyRequest, reply: FastifyReply): Promise<string | undefined> {
    const { query, operationName, variables } = questionOf(request);
    const plan = typeof query === 'string' ? this.#plans.get(query) : undefined;
    if (plan === undefined || plan.operationName !== (operationName ?? null)) return undefined;
    if (!mayDo(requireSession(request), permission)) return undefined;
    const args = plan.args(isRecord(variables) ? variables : {});
    if (args === undefined) return undefined;
    const page = await this.#lists.page(httpContext({ request, reply }, this.#logger), pageQueryOf(args), false);
    return JSON.stringify(plan.answer(page));
  }
}

function questionOf({ method, body }: FastifyRequest): Question {
  return method === 'POST' && isRecord(body) ? body : {};
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
