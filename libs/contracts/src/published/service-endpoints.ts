import type { PublishedComponentMetadata } from './kubernetes-resource.ts';

/** The parts of a Service that say where it answers; anything may be missing or of another type. */
interface ServiceLike {
  readonly spec?: { readonly ports?: unknown; readonly clusterIP?: unknown; readonly externalIPs?: unknown } | null;
  readonly status?: { readonly loadBalancer?: { readonly ingress?: unknown } | null } | null;
}

/**
 * The URLs of a Service, external before internal, https exactly for port 443; null when it has none.
 * Read from the object alone: no address is dialled.
 */
export function serviceEndpoints(object: unknown): PublishedComponentMetadata | null {
  const service = object as ServiceLike;
  const port = firstPort(service.spec?.ports);
  if (port === undefined) return null;
  const addresses = [...externalAddresses(service), service.spec?.clusterIP].filter(isAddress);
  if (addresses.length === 0) return null;
  const urls = [...new Set(addresses)].map(
    (address) => `${port === 443 ? 'https' : 'http'}://${bracket(address)}:${port}`,
  );
  return { capabilities: { connection: true, urls } };
}

function firstPort(ports: unknown): number | undefined {
  const first: unknown = Array.isArray(ports) ? ports[0] : undefined;
  const port = (first as { readonly port?: unknown } | undefined)?.port;
  return typeof port === 'number' ? port : undefined;
}

function externalAddresses(service: ServiceLike): unknown[] {
  const ingress: unknown[] = asArray(service.status?.loadBalancer?.ingress);
  const balanced = ingress.map((entry) => {
    const { ip, hostname } = (entry ?? {}) as { readonly ip?: unknown; readonly hostname?: unknown };
    return ip ?? hostname;
  });
  return [...balanced, ...asArray(service.spec?.externalIPs)];
}

function asArray(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function isAddress(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && !value.toLowerCase().includes('none');
}

function bracket(address: string): string {
  return address.includes(':') ? `[${address}]` : address;
}
