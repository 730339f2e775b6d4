/** The headers that can carry an identity; names in lower case. */
export interface CredentialHeaders {
  readonly authorization?: string | undefined;
  readonly cookie?: string | undefined;
  readonly 'meshery-provider'?: string | string[] | undefined;
}

/** What a request presents: a token (possibly empty) and the provider that it names. */
export interface PresentedCredential {
  readonly token: string;
  readonly provider: string | undefined;
  /** Where the token came from; cookies travel on their own and need the origin rules. */
  readonly source: 'header' | 'cookie' | 'none';
}

/** Tokens above this length are refused before anything is computed from them. */
export const maxTokenLength = 8192;

/** Reads `Authorization: Bearer`, else the cookie `token`, beside the provider's cookie or header. */
export function presentedCredential(headers: CredentialHeaders): PresentedCredential {
  const cookie = headers.cookie;
  const named = headers['meshery-provider'];
  const provider = cookieValue(cookie, 'meshery-provider') ?? (Array.isArray(named) ? named[0] : named);
  const bearer = bearerToken(headers.authorization);
  if (bearer !== undefined) return { token: bearer, provider, source: 'header' };
  const token = cookieValue(cookie, 'token');
  return token === undefined ? { token: '', provider, source: 'none' } : { token, provider, source: 'cookie' };
}

/** The value of one cookie of a Cookie header; undefined when it is absent. */
export function cookieValue(header: string | undefined, name: string): string | undefined {
  if (header === undefined) return undefined;
  for (const part of header.split(';')) {
    const equals = part.indexOf('=');
    if (equals !== -1 && part.slice(0, equals).trim() === name) return unquote(part.slice(equals + 1).trim());
  }
  return undefined;
}

/** True when the named provider is the Local one, or none is named; "None" is its older name. */
export function isLocalProvider(name: string | undefined): boolean {
  if (name === undefined || name === '') return true;
  const lower = name.toLowerCase();
  return lower === 'local' || lower === 'none';
}

function bearerToken(header: string | undefined): string | undefined {
  const match = header === undefined ? null : /^Bearer +([^\s]+)$/i.exec(header.trim());
  return match?.[1];
}

function unquote(value: string): string {
  return value.length >= 2 && value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : value;
}
