import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { apiHeaders, pagePolicy } from '../access/security-headers.ts';

/** One exported file, kept in memory. */
export interface ServedFile {
  readonly content: Buffer;
  readonly type: string;
  readonly policy: string;
}

const maxFiles = 2000;
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
};

/** Loads an exported dashboard without its `_next` folder; pages are named by their path without extension. */
export async function loadFiles(folder: string): Promise<ReadonlyMap<string, ServedFile>> {
  const listed = await readdir(folder, { recursive: true });
  const names = listed.filter((name) => !name.startsWith(`_next${sep}`) && types[extname(name)] !== undefined);
  const files = names.slice(0, maxFiles).map(async (name) => [routeOf(name), await loadFile(folder, name)] as const);
  return new Map(await Promise.all(files));
}

function routeOf(name: string): string {
  const path = name.split(sep).join('/');
  return path.endsWith('.html') ? path.replace(/\.html$/, '').replace(/(^|\/)index$/, '') : path;
}

async function loadFile(folder: string, name: string): Promise<ServedFile> {
  const content = await readFile(join(folder, name));
  if (name.endsWith('.html')) return makePage(content);
  return { content, type: types[extname(name)] ?? '', policy: apiHeaders['content-security-policy'] ?? '' };
}

/** Computes the policy of a page: the hash of each inline script and style, so that no other one counts. */
export function makePage(content: Buffer): ServedFile {
  const html = content.toString('utf8');
  const policy = pagePolicy({ scripts: inlineHashes(html, 'script'), styles: inlineHashes(html, 'style') });
  return { content, type: types['.html'] ?? '', policy };
}

function inlineHashes(html: string, element: 'script' | 'style'): string[] {
  const hashes = new Set<string>();
  const found = html.matchAll(new RegExp(`<${element}\\b([^>]*)>([\\s\\S]*?)</${element}>`, 'gi'));
  for (const [, attributes = '', body = ''] of found) {
    if (/\ssrc\s*=/i.test(attributes) || body === '') continue;
    hashes.add(createHash('sha256').update(body).digest('base64'));
  }
  return [...hashes];
}
