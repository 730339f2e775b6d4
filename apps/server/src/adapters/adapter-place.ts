import { MesheryError } from '@meshery/errors';

/** Where an adapter listens. */
export interface AdapterPlace {
  /** Name or address, IPv6 without brackets. */
  readonly host: string;
  readonly port: number;
  /** What published clients call it: "host:port". */
  readonly location: string;
}

/** Reads "host:port", with or without `http://`; undefined for anything else. */
export function parsePlace(text: string): AdapterPlace | undefined {
  const [, address = ''] = /^(?:http:\/\/)?([^/\s@?#]+:\d{1,5})\/?$/i.exec(text.trim()) ?? [];
  const url = address === '' ? null : URL.parse(`http://${address}`);
  const port = Number(/\d+$/.exec(address)?.[0]);
  if (url === null || url.hostname === '' || port === 0) return undefined;
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port, location: `${url.hostname}:${String(port)}` };
}

/** URL that the connection to an adapter keeps. */
export function urlOf({ location }: AdapterPlace): string {
  return `http://${location}`;
}

/** Where the adapter of a connection listens. Throws `meshery-core-1001`. */
export function placeOf({ name, url }: { readonly name: string; readonly url: string }): AdapterPlace {
  const place = parsePlace(url);
  if (place !== undefined) return place;
  throw new MesheryError('meshery-core-1001', `The connection "${name}" does not say where its adapter listens.`, {
    probableCause: 'An adapter is reached over gRPC without TLS, by a host and a port.',
    remedy: 'Give the connection a "url" such as http://localhost:10000.',
  });
}
