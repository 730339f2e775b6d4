import { MesheryError } from '@meshery/errors';

/** A broker URL, taken apart; credentials never go back into a text. */
export interface NatsAddress {
  /** "host:port". */
  readonly server: string;
  readonly tls: boolean;
  readonly token?: string;
  readonly user?: string;
  readonly password?: string;
}

/**
 * Reads "[scheme://][token@|user:password@]host[:port]"; the scheme is nats:// when absent, the port 4222.
 * Throws `meshery-config-1100` without repeating the text: it may hold a token.
 */
export function parseNatsAddress(text: string): NatsAddress {
  const url = toUrl(/^[a-z]+:\/\//i.test(text) ? text : `nats://${text}`);
  const scheme = url?.protocol ?? '';
  if (url === undefined || !['nats:', 'tls:'].includes(scheme) || url.hostname === '') {
    throw new MesheryError('meshery-config-1100', 'The broker URL cannot be read.', {
      probableCause: 'It is not of the form nats://[token@]host[:4222] or tls://[token@]host[:4222].',
      remedy: 'Correct BROKER_URL; special characters in a token must be percent-encoded.',
    });
  }
  return {
    server: `${url.hostname}:${url.port === '' ? '4222' : url.port}`,
    tls: scheme === 'tls:',
    ...credentialsOf(url),
  };
}

function toUrl(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url === undefined || /%(?![\da-f]{2})/i.test(url.username + url.password) ? undefined : url;
}

function credentialsOf(url: URL): { token?: string; user?: string; password?: string } {
  const user = decodeURIComponent(url.username);
  if (user === '') return {};
  return url.password === '' ? { token: user } : { user, password: decodeURIComponent(url.password) };
}
