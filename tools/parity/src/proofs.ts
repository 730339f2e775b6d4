import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../../build/src/workspace.ts';
import { ToolError } from '../../setup/src/tool-error.ts';

/** A test that shows a route at work. */
export interface Proof {
  /** The spec file, relative to the repository. */
  readonly spec: string;
  /** The test's full name: the titles of its describe blocks and its own, with spaces between. */
  readonly test: string;
}

/** The proofs of each pair; all of a pair's tests must pass. */
export type Proofs = Readonly<Record<string, readonly Proof[]>>;

/** Reads the checked-in proofs. Throws when one names a pair or a file that does not exist. */
export function readProofs(pairs: readonly string[]): Proofs {
  const proofs = JSON.parse(readFileSync(join(repositoryRoot, 'tools', 'parity', 'proofs.json'), 'utf8')) as Proofs;
  const faults = faultsOf(proofs, pairs, (spec) => existsSync(join(repositoryRoot, spec)));
  if (faults.length === 0) return proofs;
  throw new ToolError(`proofs.json is wrong: ${faults.join('; ')}`, 'Correct tools/parity/proofs.json');
}

/** What is wrong with a list of proofs, one sentence each. */
export function faultsOf(
  proofs: Proofs,
  pairs: readonly string[],
  isThere: (spec: string) => boolean,
): readonly string[] {
  const known = new Set(pairs);
  return Object.entries(proofs).flatMap(([pair, list]) => [
    ...(known.has(pair) ? [] : [`${pair} is no published route`]),
    ...(list.length > 0 ? [] : [`${pair} has no test`]),
    ...list.filter((proof) => !isThere(proof.spec)).map((proof) => `${proof.spec} does not exist`),
  ]);
}

/** The spec files that the proofs are in, each once, sorted. */
export function specsOf(proofs: Proofs): string[] {
  return [...new Set(Object.values(proofs).flatMap((list) => list.map((proof) => proof.spec)))].sort();
}
