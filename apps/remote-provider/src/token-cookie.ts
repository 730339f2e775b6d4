import type { TokenSet } from './token-desk.ts';

/** The token as servers keep it in a cookie: unpadded base64 of the token response. */
export function encodeTokens(tokens: TokenSet): string {
  return Buffer.from(JSON.stringify(tokens)).toString('base64').replaceAll('=', '');
}

/** What a server presents: the encoded form, or the bare token itself. */
export function decodeTokens(text: string): { readonly access: string; readonly refresh: string } {
  try {
    const { access_token, refresh_token } = JSON.parse(
      Buffer.from(text, 'base64').toString('utf8'),
    ) as Partial<TokenSet>;
    return { access: access_token ?? '', refresh: refresh_token ?? '' };
  } catch {
    return { access: text, refresh: text };
  }
}
