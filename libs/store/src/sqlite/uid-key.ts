/**
 * A number below 2^48 for the index over uids. UUIDs give their first twelve random digits, anything else a hash;
 * equal keys are only candidates: the uid itself is compared as well.
 */
export function uidKey(uid: string): number {
  if (uid.length === 36) {
    const key = Number.parseInt(uid.slice(0, 8) + uid.slice(9, 13), 16);
    if (!Number.isNaN(key)) return key;
  }
  let hash = 0x811c9dc5;
  for (let index = 0; index < uid.length; index += 1) {
    hash = Math.imul(hash ^ uid.charCodeAt(index), 0x01000193) >>> 0;
  }
  return hash;
}
