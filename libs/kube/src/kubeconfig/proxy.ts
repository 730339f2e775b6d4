/** Proxy settings of the environment, handed in by the app's configuration. */
export interface ProxySettings {
  readonly httpProxy?: string;
  readonly httpsProxy?: string;
  /** Comma list of hosts, domains (".example.com"), "host:port", IPv4 ranges ("10.0.0.0/8") or "*". */
  readonly noProxy?: string;
}

/** The proxy for a URL, or undefined. Loopback hosts never go through a proxy. */
export function proxyFor(target: string, settings: ProxySettings | undefined): string | undefined {
  if (settings === undefined) return undefined;
  const url = new URL(target);
  const host = url.hostname.toLowerCase().replace(/^\[|\]$/g, '');
  if (isLoopback(host) || isExcluded(host, effectivePort(url), settings.noProxy ?? '')) return undefined;
  const proxy = url.protocol === 'https:' ? settings.httpsProxy : settings.httpProxy;
  if (proxy === undefined || proxy === '') return undefined;
  return proxy.includes('://') ? proxy : `http://${proxy}`;
}

function effectivePort(url: URL): string {
  if (url.port !== '') return url.port;
  return url.protocol === 'https:' ? '443' : '80';
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

function isExcluded(host: string, port: string, noProxy: string): boolean {
  return noProxy
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => entryMatches(entry.toLowerCase(), host, port));
}

function entryMatches(entry: string, host: string, port: string): boolean {
  if (entry === '*') return true;
  if (entry.includes('/')) return inRange(host, entry);
  const match = /^(.*?)(?::(\d+))?$/.exec(entry);
  const name = (match?.[1] ?? entry).replace(/^\*?\./, '');
  if (match?.[2] !== undefined && match[2] !== port) return false;
  return host === name || host.endsWith(`.${name}`);
}

function inRange(host: string, range: string): boolean {
  const [base = '', bits = ''] = range.split('/');
  const address = ipv4Number(host);
  const network = ipv4Number(base);
  const length = Number(bits);
  if (address === undefined || network === undefined || !Number.isInteger(length) || length < 0 || length > 32)
    return false;
  const size = 2 ** (32 - length);
  return Math.floor(address / size) === Math.floor(network / size);
}

function ipv4Number(text: string): number | undefined {
  const parts = text.split('.').map(Number);
  if (parts.length !== 4 || parts.some((part) => !Number.isInteger(part) || part < 0 || part > 255)) return undefined;
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}
