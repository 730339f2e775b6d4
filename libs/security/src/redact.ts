const bearer = /\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]+/gi;
const jwt = /\beyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*/g;
const secretParameter = /([?&](?:code|token|access_token|password|secret)=)[^&#\s]*/gi;
const userInfo = /(\b[a-z][a-z0-9+.-]*:\/\/)[^/\s@]+@/gi;

/** Removes credentials from text that goes to a log, an event or an error: tokens, secret URL parameters, URL user info. */
export function redactText(text: string): string {
  return text
    .replace(bearer, '$1 [REDACTED]')
    .replace(jwt, '[REDACTED]')
    .replace(secretParameter, '$1[REDACTED]')
    .replace(userInfo, '$1[REDACTED]@');
}

/** The path of a request without its query, for logs. */
export function pathOf(url: string): string {
  const end = url.search(/[?#]/);
  return end === -1 ? url : url.slice(0, end);
}

const secretKey = /token|secret|passw|authorization|cookie|kubeconfig|credential|private|api[-_]?key/i;

/** Removes credentials from a value that is going to be shown: texts as `redactText` does, and what secret keys hold. */
export function redactValue(value: unknown): unknown {
  if (typeof value === 'string') return redactText(value);
  if (Array.isArray(value)) return value.map(redactValue);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, held]) => [
    redactText(key),
    secretKey.test(key) ? '[REDACTED]' : redactValue(held),
  ]);
  return Object.fromEntries(entries) as unknown;
}
