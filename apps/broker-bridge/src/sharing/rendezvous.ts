import { createHash } from 'node:crypto';

/** The shard that an identity belongs to: the same on every replica. */
export function shardOf(identity: string, shards: number): number {
  return scoreOf(identity) % shards;
}

/**
 * The member that each shard belongs to. Every replica that knows the same members comes to the same answer; shares
 * differ by at most one shard.
 */
export function assign(shards: number, members: readonly string[]): readonly string[] {
  const least = Math.floor(shards / members.length);
  let extras = shards % members.length;
  const taken = new Map(members.map((member) => [member, 0]));
  return Array.from({ length: shards }, (_, shard) => {
    const free = [...taken].filter(([, count]) => count < least + (extras > 0 ? 1 : 0));
    const scores = free.map(([member, count]) => ({ member, count, score: scoreOf(`${member} ${shard}`) }));
    const best = scores.reduce((one, other) => (other.score > one.score ? other : one));
    if (best.count === least) extras -= 1;
    taken.set(best.member, best.count + 1);
    return best.member;
  });
}

function scoreOf(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0);
}
