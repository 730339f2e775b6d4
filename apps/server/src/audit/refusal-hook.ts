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

/** Statuses of those who were turned away, wherever they knocked: no identity, no right, another Host, too often. */
const turnedAway: ReadonlySet<number> = new Set([401, 403, 421, 429]);

/** Fastify's onSend hook: every 4xx of the API, and everybody who was turned away elsewhere, leaves a line. */
export function auditRefusals(log: RefusalLog): OnSend {
  return (request, reply, payload, done) => {
    const { statusCode } = reply;
    const shown = shownCode(reply);
    if (shown !== undefined || turnedAway.has(statusCode) || isBadRequestOfApi(request, statusCode)) {
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

/** By the route that was found, where there is one: a path may be written in many ways. */
function isBadRequestOfApi(request: FastifyRequest, status: number): boolean {
  const path = request.routeOptions.url ?? pathOf(request.url).toLowerCase();
  return status >= 400 && status < 500 && (path.startsWith('/api') || path.startsWith('/auth'));
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
