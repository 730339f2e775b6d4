import { isIP } from 'node:net';

/** What is known of a request before its identity is; header names in lower case. */
export interface PeerFacts {
  /** Address of the socket's far end. */
  readonly remoteAddress: string | undefined;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

const proxyHeaders = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'];
// Sec-Fetch-Mode is no sign of a browser: Node's own fetch sends it.
const browserHeaders = ['origin', 'sec-fetch-site', 'sec-fetch-dest'];

/** True for 127.0.0.0/8 and ::1, also when mapped into IPv6. */
export function isLoopbackAddress(address: string | undefined): boolean {
  if (address === undefined) return false;
  const plain = address.startsWith('::ffff:') ? address.slice(7) : address;
  return plain === '::1' || (isIP(plain) === 4 && plain.startsWith('127.'));
}

/** Host name of a Host header or an authority, lower case, without port and brackets; undefined when malformed. */
export function hostNameOf(authority: string | undefined): string | undefined {
  const match = /^(?:\[([0-9a-f:.]+)\]|([^:[\]\s/\\?#@]+))(?::\d{1,5})?$/i.exec(authority ?? '');
  return (match?.[1] ?? match?.[2])?.toLowerCase();
}

/** True for localhost, names under .localhost, and loopback addresses. */
export function isLocalHostName(name: string | undefined): boolean {
  if (name === undefined) return false;
  return name === 'localhost' || name.endsWith('.localhost') || isLoopbackAddress(name);
}

/**
 * Why a token must not be handed out for an empty one; undefined when it may: only a program on this machine that
 * talks to the server directly, never a page in a browser and never through a proxy.
 */
export function whyExchangeRefused(peer: PeerFacts): string | undefined {
  if (!isLoopbackAddress(peer.remoteAddress)) return 'the caller is on another machine';
  const host = peer.headers.host;
  if (typeof host !== 'string' || !isLocalHostName(hostNameOf(host))) return 'the Host header is not a local name';
  if (browserHeaders.some((name) => peer.headers[name] !== undefined)) return 'the request comes from a browser page';
  const names = Object.keys(peer.headers);
  const proxied = names.some((name) => proxyHeaders.includes(name) || name.startsWith('x-forwarded-'));
  return proxied ? 'the request passed a proxy' : undefined;
}

/** What the Host header is compared with. */
export interface HostRule {
  /** Names this server answers to besides loopback ones; lower case, without port. `*` accepts any. */
  readonly allowedHosts: readonly string[];
}

/** True when the Host header names this server; protects a loopback server from DNS rebinding. */
export function isAllowedHost(host: string | undefined, rule: HostRule): boolean {
  if (rule.allowedHosts.includes('*')) return hostNameOf(host) !== undefined;
  const name = hostNameOf(host);
  return name !== undefined && (isLocalHostName(name) || rule.allowedHosts.includes(name));
}

/**
 * Why a state-changing request or a websocket handshake is refused for its origin; undefined when it is in order.
 * Programs send neither Origin nor Sec-Fetch-Site; pages must be of the very host and port they talk to.
 */
export function whyOriginRefused(headers: PeerFacts['headers'], allowedOrigins: readonly string[]): string | undefined {
  const { origin, host } = headers;
  const site = headers['sec-fetch-site'];
  if (origin === undefined) {
    const harmless = site === undefined || site === 'same-origin' || site === 'none';
    return harmless ? undefined : 'the request comes from another site';
  }
  if (typeof origin !== 'string' || typeof host !== 'string') return 'the Origin header is malformed';
  if (allowedOrigins.includes(origin)) return undefined;
  return authorityOf(origin) === host.toLowerCase() ? undefined : 'the Origin is not this server';
}

function authorityOf(origin: string): string | undefined {
  const match = /^https?:\/\/([^/?#\s]+)$/i.exec(origin);
  return match?.[1]?.toLowerCase();
}
