/**
 * True when both are decimal numbers and `candidate` is smaller. resourceVersions are opaque and are otherwise compared
 * for equality only; this one exception notices a server that was restored from a backup, which would else go unseen.
 */
export function isOlderVersion(candidate: string, known: string | undefined): boolean {
  if (known === undefined || !/^[1-9]\d*$/.test(candidate) || !/^[1-9]\d*$/.test(known)) return false;
  if (candidate.length !== known.length) return candidate.length < known.length;
  return candidate < known;
}
