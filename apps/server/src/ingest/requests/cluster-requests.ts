import { encodeAgentRequest } from '@meshery/contracts';
import type { AgentRequest, ExecRequest, LogsRequest, RequestVerb, SessionOutput } from '@meshery/contracts';
import { toMesheryError } from '@meshery/errors';
import type { MesheryError } from '@meshery/errors';
import type { Clock, RequestContext } from '@meshery/observability';
import type { AgentLinks } from './agent-links.ts';
import { AgentSession } from './agent-session.ts';
import { agentError, agentSilent } from './request-faults.ts';

/** What ClusterRequests needs. */
export interface ClusterRequestsDeps {
  readonly links: AgentLinks;
  readonly clock: Clock;
  /** Makes ids of requests; unique among all. */
  readonly ids: () => string;
}

/** Longest wait for the first answer, in ms. */
const answerMs = 10_000;

/**
 * What can be asked of the agent of a cluster, whichever way it is reached: it dialled this server itself, or a bridge
 * did and has its broker. Everything rejects with a coded error: `meshery-core-1008` when nobody serves the cluster,
 * `meshery-messaging-1500` when the way is lost, `-1504` without an answer in time, else what the agent says.
 */
export class ClusterRequests {
  readonly #deps: ClusterRequestsDeps;

  constructor(deps: ClusterRequestsDeps) {
    this.#deps = deps;
  }

  /** Opens a log; it is stopped when the context's signal aborts. */
  logs(ctx: RequestContext, clusterId: string, request: Omit<LogsRequest, 'id'>): Promise<AgentSession> {
    return this.#open(ctx, 'logs', clusterId, { ...request, id: this.#deps.ids() });
  }

  /** Opens a terminal; it is stopped when the context's signal aborts. */
  exec(ctx: RequestContext, clusterId: string, request: Omit<ExecRequest, 'id'>): Promise<AgentSession> {
    return this.#open(ctx, 'exec', clusterId, { ...request, id: this.#deps.ids() });
  }

  /** Asks what has one answer: the `result` of docs/spec/messaging.md. */
  async ask(ctx: RequestContext, clusterId: string, verb: 'resync' | 'meta' | 'sessions'): Promise<unknown> {
    const answered = Promise.withResolvers<unknown>();
    const id = this.#deps.ids();
    const link = this.#deps.links.of(clusterId);
    const answer = (output: SessionOutput): void => {
      if (output.type === 'error') answered.reject(agentError(output));
      else answered.resolve(output.type === 'end' ? output.result : undefined);
    };
    const message = Buffer.from(encodeAgentRequest({ id, groups: [] }));
    link.ask({ clusterId, id, verb, message }, { answer, lost: answered.reject });
    try {
      return await this.#inTime(ctx, answered.promise);
    } finally {
      link.forget(id);
    }
  }

  async #open(ctx: RequestContext, verb: RequestVerb, clusterId: string, request: AgentRequest): Promise<AgentSession> {
    const { id } = request;
    const link = this.#deps.links.of(clusterId);
    const stop = (): void => {
      session.stop(toMesheryError(ctx.signal.reason));
    };
    const session = new AgentSession({
      tell: (input) => {
        link.tell(id, input);
      },
      over: () => {
        link.forget(id);
        ctx.signal.removeEventListener('abort', stop);
      },
    });
    ctx.signal.throwIfAborted();
    ctx.signal.addEventListener('abort', stop, { once: true });
    try {
      link.ask({ clusterId, id, verb, message: Buffer.from(encodeAgentRequest(request)) }, session);
      await this.#inTime(ctx, session.started);
    } catch (error) {
      session.stop(toMesheryError(error));
      throw error;
    }
    ctx.logger.info({ cluster: clusterId, verb, session: id }, 'a session began');
    return session;
  }

  async #inTime<T>({ signal }: RequestContext, work: Promise<T>): Promise<T> {
    const done = new AbortController();
    const late = this.#deps.clock.sleep(answerMs, AbortSignal.any([signal, done.signal])).then((): MesheryError => {
      throw agentSilent(answerMs);
    });
    late.catch(() => undefined);
    try {
      return (await Promise.race([work, late])) as T;
    } finally {
      done.abort();
    }
  }
}
