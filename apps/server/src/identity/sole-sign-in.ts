import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ServerConfig } from '../config.ts';
import { setProviderCookie } from './session-cookies.ts';

/** Where a browser without a session is led that asked for a path: a page to choose on keeps it by itself. */
export function signInPath({ soleRemote }: ServerConfig, asked: string): string {
  if (soleRemote === undefined) return '/provider';
  return `/provider?ref=${Buffer.from(asked).toString('base64url')}`;
}

/**
 * Leads from the page of providers straight to the only one there is; false where there is a choice. A sign-in that
 * failed is to be read there: it would be tried again without end.
 */
export function leadToSoleRemote({ soleRemote, tlsCert }: ServerConfig) {
  return (request: FastifyRequest, reply: FastifyReply): boolean => {
    const { ref, error } = request.query as { ref?: unknown; error?: unknown };
    if (soleRemote === undefined || error !== undefined) return false;
    setProviderCookie(reply, soleRemote, tlsCert !== undefined);
    const query = typeof ref === 'string' ? `?${new URLSearchParams({ ref }).toString()}` : '';
    void reply.code(302).header('location', `/user/login${query}`).send();
    return true;
  };
}
