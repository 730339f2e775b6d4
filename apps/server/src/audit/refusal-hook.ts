import { recordId } from '@meshery/object-model';
import { pathOf } from '@meshery/security';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sessionOf } from '../access/request-session.ts';
import { userOf } from './audit-entry.ts';
import type { RefusalLog } from './refusal-log.ts';

type OnSend = (
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
  done: (error: null, payload: unknown) => void,
) => void;

/** Fastify's onSend hook: every 4xx of the API, and every sign-in that failed, leaves a line, whoever refused it. */
export function auditRefusals(log: RefusalLog): OnSend {
  return (request, reply, payload, done) => {
    const { statusCode } = reply;
    const shown = shownCode(reply);
    if (((statusCode >= 400 && statusCode < 500) || shown !== undefined) && isAudited(request)) {
      log.note({
        ...userOf(sessionOf(request)?.identity),
        organizationId: '',
        // The pattern, never the path: what a client sends may hold secrets.
        action: `${request.method} ${request.routeOptions.url ?? 'unknown route'}`,
        objectId: objectOf(request),
        reason: shown ?? codeOf(payload) ?? String(statusCode),
        requestId: request.id,
      });
    }
    done(null, payload);
  };
}

function isAudited(request: FastifyRequest): boolean {
  const path = pathOf(request.url).toLowerCase();
  return path.startsWith('/api') || path.startsWith('/auth');
}

function objectOf(request: FastifyRequest): string {
  const values = Object.values((request.params ?? {}) as Record<string, unknown>);
  return values.map(String).find((value) => recordId.safeParse(value).success) ?? '';
}

/** The error that a browser is led to the sign-in page with. */
function shownCode(reply: FastifyReply): string | undefined {
  const location = reply.getHeader('location');
  return typeof location === 'string' ? /^\/provider\?error=(meshery-[a-z]+-\d+)$/.exec(location)?.[1] : undefined;
}

function codeOf(payload: unknown): string | undefined {
  return typeof payload === 'string' ? /"code":"(meshery-[a-z]+-\d+)"/.exec(payload)?.[1] : undefined;
}
