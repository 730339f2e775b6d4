import type { FastifyRequest } from 'fastify';
import type { ServerConfig } from '../config.ts';

/** An address of this server as browsers reach it: the host that was set, else the one that this browser named. */
export function publicAddress(
  path: string,
  request: FastifyRequest,
  config: Pick<ServerConfig, 'callbackUrl'>,
): string {
  return new URL(path, config.callbackUrl ?? `${request.protocol}://${request.host}/`).href;
}
