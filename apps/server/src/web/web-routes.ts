import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { registerModelImages } from './model-images.ts';
import { loadFiles } from './page-file.ts';
import type { ServedFile } from './page-file.ts';
import { plainProviderPage } from './provider-page.ts';

const yearSeconds = 31_536_000;
const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path fill="#00b39f" d="M8 1l6 3.5v7L8 15l-6-3.5v-7z"/></svg>';

/** Where the files are. */
export interface WebFolders {
  /** The exported dashboard; undefined without one. */
  readonly dashboardDir: string | undefined;
  /** The exported sign-in page; undefined without one. */
  readonly providerUiDir: string | undefined;
  readonly dataDir: string;
}

/** What the pages are served with. */
export interface WebOptions extends WebFolders {
  /** Leads on from the sign-in page where there is nothing to choose; false where there is. */
  readonly leadOn: (request: FastifyRequest, reply: FastifyReply) => boolean;
}

/**
 * Serves the exported dashboard and the sign-in page: pages and their navigation payloads from memory, each page with
 * its own policy, and the build's assets from the folders. Every page but `/provider` needs a signed-in user; the
 * access gate sees to it.
 */
export async function registerWeb(
  fastify: FastifyInstance,
  { dashboardDir, providerUiDir, dataDir, leadOn }: WebOptions,
): Promise<void> {
  await registerSignIn(fastify, { folder: providerUiDir, leadOn });
  const files = dashboardDir === undefined ? new Map<string, ServedFile>() : await loadFiles(dashboardDir);
  const serve = (request: FastifyRequest, reply: FastifyReply): unknown => sendFile(files.get(pathOf(request)), reply);
  for (const route of routesOf(files)) fastify.get(route, serve);
  for (const path of ['/favicon.ico', '/provider/favicon.ico']) {
    fastify.get(path, (_request, reply) =>
      reply.header('cache-control', `max-age=3600`).type('image/svg+xml').send(icon),
    );
  }
  fastify.route({ method: ['GET', 'POST', 'PUT', 'DELETE'], url: '/error', handler: sendError });
  await registerModelImages(fastify, dataDir);
  await registerAssets(fastify, '/_next/', dashboardDir);
}

async function registerSignIn(
  fastify: FastifyInstance,
  { folder, leadOn }: { readonly folder: string | undefined; readonly leadOn: WebOptions['leadOn'] },
): Promise<void> {
  const files = new Map(folder === undefined ? [['', plainProviderPage()]] : await loadFiles(folder));
  const page = (request: FastifyRequest, reply: FastifyReply): unknown =>
    leadOn(request, reply) ? reply : sendFile(files.get(''), reply);
  const serve = (request: FastifyRequest, reply: FastifyReply): unknown => {
    const name = pathOf(request).replace(/^provider\/?/, '');
    return name === '' ? page(request, reply) : sendFile(files.get(name), reply);
  };
  fastify.get('/provider', serve);
  fastify.get('/provider/*', serve);
  fastify.get('/auth/login', page);
  await registerAssets(fastify, '/provider/_next/', folder);
}

function routesOf(files: ReadonlyMap<string, ServedFile>): string[] {
  return [...files.keys()].filter((name) => name !== 'favicon.ico').flatMap(spellings);
}

/** Pages answer with and without the slash at the end. */
function spellings(name: string): string[] {
  if (name === '') return ['/'];
  return name.includes('.') ? [`/${name}`] : [`/${name}`, `/${name}/`];
}

function sendFile(found: ServedFile | undefined, reply: FastifyReply): unknown {
  if (found === undefined) {
    reply.callNotFound();
    return reply;
  }
  return reply
    .header('content-security-policy', found.policy)
    .header('cache-control', 'no-cache')
    .type(found.type)
    .send(found.content);
}

function pathOf({ url }: FastifyRequest): string {
  const path = url.split(/[?#]/, 1)[0] ?? '/';
  return path.replaceAll(/^\/+|\/+$/g, '');
}

/** Where published clients are sent when something went wrong elsewhere. */
function sendError(_request: FastifyRequest, reply: FastifyReply): unknown {
  const message = 'Something went wrong. Go back and try again; the log of the server says more.';
  return reply.code(500).send({ status: 500, message });
}

async function registerAssets(fastify: FastifyInstance, prefix: string, folder: string | undefined): Promise<void> {
  const root = folder === undefined ? undefined : join(folder, '_next');
  if (root === undefined || !existsSync(root)) return;
  await fastify.register(fastifyStatic, {
    root,
    prefix,
    decorateReply: false,
    dotfiles: 'deny',
    index: false,
    setHeaders: (reply, path) => {
      const caching = path.includes('/static/') ? `public, max-age=${String(yearSeconds)}, immutable` : 'no-cache';
      void reply.header('cache-control', caching);
      void reply.header('content-security-policy', "default-src 'self'; frame-ancestors 'none'");
    },
  });
}
