import { existsSync, readFileSync, readdirSync } from 'node:fs';
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

/** One file of proofs: the tests of one spec, by the pairs that they prove. */
interface ProofFile {
  readonly spec: string;
  readonly proves: Readonly<Record<string, readonly string[]>>;
}

/** Reads the checked-in proofs. Throws when one names a pair or a file that does not exist. */
export function readProofs(pairs: readonly string[]): Proofs {
  const folder = join(repositoryRoot, 'tools', 'parity', 'proofs');
  const files = readdirSync(folder).sort();
  const proofs = joinProofs(files.map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as ProofFile));
  const faults = faultsOf(proofs, pairs, (spec) => existsSync(join(repositoryRoot, spec)));
  if (faults.length === 0) return proofs;
  throw new ToolError(`the list of proofs is wrong: ${faults.join('; ')}`, 'Correct the files in tools/parity/proofs');
}

/** All files as one list; a pair may be proven by tests of several specs. */
export function joinProofs(files: readonly ProofFile[]): Proofs {
  const joined: Record<string, Proof[]> = {};
  for (const { spec, proves } of files) {
    for (const [pair, tests] of Object.entries(proves)) {
      (joined[pair] ??= []).push(...tests.map((test) => ({ spec, test })));
    }
  }
  return joined;
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
