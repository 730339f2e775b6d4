import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.ico': 'image/x-icon',
};

export interface StaticFile {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

function hashes(html: string, element: 'script' | 'style'): string {
  const found = [...html.matchAll(new RegExp(`<${element}(?![^>]*\\bsrc=)[^>]*>([\\s\\S]*?)</${element}>`, 'g'))];
  const unique = new Set(found.map(([, text = '']) => createHash('sha256').update(text).digest('base64')));
  return [...unique].map((hash) => ` 'sha256-${hash}'`).join('');
}

/** The hash of nothing: the style library adds an empty style element and fills it through the CSSOM. */
const emptyHash = `'sha256-${createHash('sha256').digest('base64')}'`;

/** The strictest policy that the page runs under; the server sends the same. */
export function contentSecurityPolicy(html: string): string {
  return [
    "default-src 'none'",
    `script-src 'self'${hashes(html, 'script')}`,
    `style-src 'self' ${emptyHash}${hashes(html, 'style')}`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** One file of the export; a folder answers with its index.html. */
export async function staticFile(root: string, path: string): Promise<StaticFile | undefined> {
  const wanted = join(root, normalize(decodeURIComponent(path)));
  if (!wanted.startsWith(root)) return undefined;
  const found = await stat(wanted).catch(() => undefined);
  if (found === undefined) return undefined;
  const file = found.isDirectory() ? join(wanted, 'index.html') : wanted;
  const body = await readFile(file).catch(() => undefined);
  if (body === undefined) return undefined;
  const type = types[extname(file)] ?? 'application/octet-stream';
  const policy = type.startsWith('text/html')
    ? { 'content-security-policy': contentSecurityPolicy(body.toString()) }
    : {};
  return { body, headers: { 'content-type': type, ...policy } };
}
