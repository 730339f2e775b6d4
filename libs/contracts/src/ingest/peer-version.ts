/** Version of the oldest agents and bridges that a server of this version works with. */
export const oldestPeerVersion = '0.1.0';

/** Key of the metadata in which a bridge says its version. */
export const peerVersionKey = 'meshery-version';

/**
 * True for the version of a release before the oldest supported one. Whatever is no version of a release (a build of
 * somebody's own, or nothing, as peers say that know no handshake) is not judged.
 */
export function isTooOld(version: string): boolean {
  const numbers = releaseOf(version);
  if (numbers === undefined) return false;
  const oldest = releaseOf(oldestPeerVersion) ?? [];
  const index = numbers.findIndex((number, at) => number !== oldest[at]);
  return index >= 0 && (numbers[index] ?? 0) < (oldest[index] ?? 0);
}

function releaseOf(version: string): readonly number[] | undefined {
  const match = /^v?(\d{1,6})\.(\d{1,6})\.(\d{1,6})(?:[-+]|$)/.exec(version);
  return match?.slice(1).map(Number);
}
