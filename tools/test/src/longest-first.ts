import { statSync } from 'node:fs';

/** A test file as Jest hands it to its sequencer. */
interface TestFile {
  readonly path: string;
}

/** Files of few lines that take a minute and more. */
const longByNature = /\/e2e\/(upgrades|install|operator\/api-server|compose\/dockerfiles|faults\/crashes)\b/;

/**
 * Jest's sequencer: long files first, so that no worker is left alone with one at the end. The size of a file tells well
 * enough; how long each took last time, a fresh clone does not know.
 */
export default class LongestFirst {
  sort<File extends TestFile>(files: readonly File[]): File[] {
    return files
      .map((file) => ({ file, weight: weightOf(file) }))
      .sort((one, other) => other.weight - one.weight)
      .map(({ file }) => file);
  }

  /** Jest tells how long each took; nothing is kept. */
  cacheResults(): void {
    return;
  }
}

function weightOf({ path }: TestFile): number {
  return longByNature.test(path) ? Number.MAX_SAFE_INTEGER : statSync(path).size;
}
