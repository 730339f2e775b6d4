import type { Session } from '@meshery/security';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { meets } from '../access/demand.ts';
import type { Demand } from '../access/demand.ts';
import { sessionOf } from '../access/request-session.ts';
import type { Provider } from '../provider/provider.ts';

const maxAnswers = 1000;
/** Whoever asks with more than that in the URL is not one who asks again. */
const maxUrlLength = 512;

/** The media type of what is kept. */
export const keptType = 'application/json; charset=utf-8';

/** What tells whether anything changed. */
export type Revised = Pick<Provider, 'revision'>;

interface KeptAnswer {
  readonly text: string;
  /** What the handler demands of who asks. */
  readonly demand: Demand;
}

/**
 * Answers to GET as they were written, for as long as nothing changed. They are kept for one revision of what a provider
 * keeps, so that no change of a record, of a membership or of a role can leave one behind, and only for who asked.
 */
export class KeptAnswers {
  readonly #provider: (name: string) => Revised | undefined;
  readonly #answers = new Map<string, KeptAnswer>();
  #revision: number | undefined;

  /** `provider` finds one by the name that a session has. */
  constructor(provider: (name: string) => Revised | undefined) {
    this.#provider = provider;
  }

  /**
   * Fastify's onRequest hook, after those that look at who asks and from where: it refuses nobody. Whatever it has no
   * answer for goes on to the handler and its guards.
   */
  readonly onRequest = (request: FastifyRequest, reply: FastifyReply, done: () => void): void => {
    const text = this.#recall(request);
    if (text === undefined) done();
    else void reply.header('content-type', keptType).send(text);
  };

  /** The answer of a handler with this demand, as JSON; kept unless something changed while it was made. */
  async keep(request: FastifyRequest, demand: Demand, make: () => Promise<object>): Promise<string> {
    const session = sessionOf(request);
    const revision = session === undefined ? undefined : this.#revisionOf(session);
    const text = JSON.stringify(await make());
    if (session === undefined || revision === undefined || request.method !== 'GET') return text;
    if (request.url.length > maxUrlLength) return text;
    if (revision !== this.#revision || this.#answers.size >= maxAnswers) this.#answers.clear();
    this.#revision = revision;
    this.#answers.set(keyOf(request, session), { text, demand });
    return text;
  }

  #recall(request: FastifyRequest): string | undefined {
    const session = request.method === 'GET' ? sessionOf(request) : undefined;
    if (session === undefined || this.#revisionOf(session) !== this.#revision) return undefined;
    const kept = this.#answers.get(keyOf(request, session));
    return kept !== undefined && meets(session, kept.demand) ? kept.text : undefined;
  }

  #revisionOf({ identity }: Session): number | undefined {
    return this.#provider(identity.provider)?.revision;
  }
}

/** No URL as it was sent has a space, and no role. */
function keyOf({ url }: FastifyRequest, { identity }: Session): string {
  return `${url} ${identity.roles.join()} ${identity.provider} ${identity.userId}`;
}
