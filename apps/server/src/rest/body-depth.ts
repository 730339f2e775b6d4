import { MesheryError } from '@meshery/errors';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Levels of objects and lists in a body; nothing in the API needs half as many. */
const maxLevels = 100;

/** Fastify's preValidation hook: what walks through a value that was sent in must not run out of stack. */
export function refuseDeepBodies(request: FastifyRequest, _reply: FastifyReply, done: (error?: Error) => void): void {
  done(isDeeperThan(maxLevels, request.body) ? tooDeep() : undefined);
}

/** True for a value of more levels; looks no deeper than that. */
function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return false;
  return levels === 0 || Object.values(value).some((part) => isDeeperThan(levels - 1, part));
}

function tooDeep(): MesheryError {
  return new MesheryError('meshery-core-1001', `The body is nested deeper than ${String(maxLevels)} levels.`, {
    probableCause: 'It was put together by a program that went wrong, or in bad faith; nothing was changed.',
    remedy: 'Send it with fewer levels.',
  });
}
