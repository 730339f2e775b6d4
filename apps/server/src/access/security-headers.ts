const common = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
} as const;

/** Headers of every answer; pages replace the policy by their own. */
export const apiHeaders: Readonly<Record<string, string>> = {
  ...common,
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
};

/** Beside them where the listener speaks TLS, for a year: whoever takes the place of this server has to speak it, too. */
export const strictTransport = { 'strict-transport-security': 'max-age=31536000' } as const;

/** Base64 SHA-256 hashes of what stands inline in a page. */
export interface InlineHashes {
  readonly scripts: readonly string[];
  readonly styles: readonly string[];
}

/** The hash of nothing: the style library adds an empty style element and fills it through the CSSOM. */
const emptyHash = '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=';

/** The policy of one page: scripts and styles from here and the page's own inline ones by hash; no frames around it. */
export function pagePolicy(inline: InlineHashes): string {
  return [
    "default-src 'self'",
    `script-src ${sources(inline.scripts)}`,
    `style-src ${sources([emptyHash, ...inline.styles])}`,
    "img-src 'self' data:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function sources(hashes: readonly string[]): string {
  return ["'self'", ...hashes.map((hash) => `'sha256-${hash}'`)].join(' ');
}
