import { lookup as resolveName } from 'node:dns';
import type { LookupAddress, LookupAllOptions } from 'node:dns';
import { isIP } from 'node:net';
import type { LookupFunction } from 'node:net';
import { MesheryError } from '@meshery/errors';
import { whyEgressRefused } from './egress-rules.ts';
import type { EgressRule } from './egress-rules.ts';

/** Finds every address of a name, as `lookup` of node:dns does. */
export type ResolveName = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

const anywhere: EgressRule = { allowsPrivate: true };

/** Throws `meshery-connection-1704` when an address of a host may not be called for a user. */
export function requireEgress(host: string, address: string, rule: EgressRule): void {
  const why = whyEgressRefused(address, rule);
  if (why === undefined) return;
  throw new MesheryError('meshery-connection-1704', `The address of ${host} is not called: ${why}.`, {
    probableCause: 'The URL points at this machine, its network, or a service that is not for users.',
    remedy:
      whyEgressRefused(address, anywhere) === undefined
        ? 'Name a server of yours; MESHERY_EGRESS_PRIVATE=true allows private networks and this machine.'
        : 'Name another server: no setting allows this address.',
    details: { host },
  });
}

/** The same for a URL whose host is written as an address; names are looked at when they are dialled. */
export function requireEgressOf(url: string, rule: EgressRule): void {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) > 0) requireEgress(host, host, rule);
}

/**
 * Finds the addresses of a name for a connection that is being made, and refuses a name with one that may not be
 * called: a name that is answered differently the second time gains nothing.
 */
export function guardedLookup(rule: EgressRule, resolve: ResolveName = resolveName): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) {
        callback(error, '');
        return;
      }
      try {
        for (const { address } of addresses) requireEgress(hostname, address, rule);
      } catch (refused) {
        callback(refused as Error, '');
        return;
      }
      const [first] = addresses;
      if (options.all === true) callback(null, addresses);
      else if (first === undefined) callback(new Error('the name has no address'), '');
      else callback(null, first.address, first.family);
    });
  };
}
