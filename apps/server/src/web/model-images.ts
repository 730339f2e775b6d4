import { lstatSync, mkdirSync, realpathSync } from 'node:fs';
import { extname, join, sep } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

const path = ['ui', 'public', 'static', 'img', 'meshmodels'];
const types = new Set(['.svg', '.png']);
const hourSeconds = 3600;

/** Where the images of models and components are in a data folder. */
export function modelImagesFolder(dataDir: string): string {
  return join(dataDir, ...path);
}

/**
 * Serves the images of models under their published path: files of one folder that are images by their name, no links
 * out of it. An image is shown and nothing else: what a drawing brings along neither runs nor loads.
 */
export async function registerModelImages(fastify: FastifyInstance, dataDir: string): Promise<void> {
  const root = modelImagesFolder(dataDir);
  mkdirSync(root, { recursive: true, mode: 0o700 });
  await fastify.register(fastifyStatic, {
    root,
    prefix: `/${path.join('/')}/`,
    decorateReply: false,
    dotfiles: 'deny',
    index: false,
    cacheControl: false,
    allowedPath: (name) => isOwnImage(root, name),
    setHeaders: (reply) => {
      void reply.header('cache-control', `public, max-age=${String(hourSeconds)}`);
      void reply.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox");
    },
  });
}

/** The name is decoded already; what is not there is left to the answer 404. */
function isOwnImage(root: string, name: string): boolean {
  if (!types.has(extname(name).toLowerCase())) return false;
  const file = join(root, name);
  try {
    return !lstatSync(file).isSymbolicLink() && realpathSync(file).startsWith(realpathSync(root) + sep);
  } catch {
    return true;
  }
}
