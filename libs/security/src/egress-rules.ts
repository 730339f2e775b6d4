import { BlockList, isIP } from 'node:net';

type Range = readonly [address: string, prefix: number];

/**
 * Never called for anybody: link-local addresses and services that give credentials of the machine away, what is no
 * host, and forms of IPv6 that lead to any address of IPv4 (compatible, translated, 6to4, Teredo).
 */
const never = blockList([
  ['0.0.0.0', 8],
  ['169.254.0.0', 16],
  ['192.0.0.0', 24],
  ['100.100.100.200', 32],
  ['168.63.129.16', 32],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  ['::', 128],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['2001::', 32],
  ['2002::', 16],
  ['fd00:ec2::254', 128],
  ['fd20:ce::254', 128],
]);
// The compatible form, but for the one address of it that is this machine itself.
never.addRange('::2', '::ffff:ffff', 'ipv6');

const inside = blockList([
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['100.64.0.0', 10],
  ['198.18.0.0', 15],
  ['::1', 128],
  ['fc00::', 7],
]);

function blockList(ranges: readonly Range[]): BlockList {
  const list = new BlockList();
  for (const [address, prefix] of ranges) list.addSubnet(address, prefix, isIP(address) === 6 ? 'ipv6' : 'ipv4');
  return list;
}

/** Which addresses may be called for a user. */
export interface EgressRule {
  /** This machine and private networks; the addresses that give credentials away stay refused. */
  readonly allowsPrivate: boolean;
}

/** Why an address may not be called for a user; undefined when it may. */
export function whyEgressRefused(address: string, { allowsPrivate }: EgressRule): string | undefined {
  const family = isIP(address);
  if (family === 0) return 'it is not an IP address';
  const type = family === 6 ? 'ipv6' : 'ipv4';
  if (never.check(address, type)) return 'it is link-local, reserved, or a metadata service';
  return !allowsPrivate && inside.check(address, type) ? 'it is on this machine or in a private network' : undefined;
}
