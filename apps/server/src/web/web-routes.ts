import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { loadFiles } from './page-file.ts';
import type { ServedFile } from './page-file.ts';
import { plainProviderPage } from './provider-page.ts';

const yearSeconds = 31_536_000;
const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path fill="#00b39f" d="M8 1l6 3.5v7L8 15l-6-3.5v-7z"/></svg>';

/**
 * Serves the exported dashboard: pages and their navigation payloads from memory, each page with its own policy, and
 * the build's assets from the folder. Every page but `/provider` needs a signed-in user; the access gate sees to it.
 */
export async function registerWeb(fastify: FastifyInstance, folder: string | undefined): Promise<void> {
  const files = new Map(folder === undefined ? [] : await loadFiles(folder));
  if (!files.has('provider')) files.set('provider', plainProviderPage());
  const serve = (request: FastifyRequest, reply: FastifyReply): unknown => send(files, request, reply);
  fastify.get('/provider', serve);
  fastify.get('/provider/*', serve);
  for (const route of routesOf(files)) fastify.get(route, serve);
  fastify.get('/favicon.ico', (_request, reply) =>
    reply.header('cache-control', `max-age=3600`).type('image/svg+xml').send(icon),
  );
  if (folder !== undefined && existsSync(join(folder, '_next'))) await registerAssets(fastify, join(folder, '_next'));
}

function routesOf(files: ReadonlyMap<string, ServedFile>): string[] {
  const names = [...files.keys()].filter((name) => name !== 'provider' && !name.startsWith('provider/'));
  return names.filter((name) => name !== 'favicon.ico').flatMap(spellings);
}

/** Pages answer with and without the slash at the end. */
function spellings(name: string): string[] {
  if (name === '') return ['/'];
  return name.includes('.') ? [`/${name}`] : [`/${name}`, `/${name}/`];
}

function send(files: ReadonlyMap<string, ServedFile>, request: FastifyRequest, reply: FastifyReply): unknown {
  const found = files.get(pathOf(request.url));
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

function pathOf(url: string): string {
  const path = url.split(/[?#]/, 1)[0] ?? '/';
  return path.replaceAll(/^\/+|\/+$/g, '');
}

async function registerAssets(fastify: FastifyInstance, root: string): Promise<void> {
  await fastify.register(fastifyStatic, {
    root,
    prefix: '/_next/',
    dotfiles: 'deny',
    index: false,
    setHeaders: (reply, path) => {
      const caching = path.includes('/static/') ? `public, max-age=${String(yearSeconds)}, immutable` : 'no-cache';
      void reply.header('cache-control', caching);
      void reply.header('content-security-policy', "default-src 'self'; frame-ancestors 'none'");
    },
  });
}
