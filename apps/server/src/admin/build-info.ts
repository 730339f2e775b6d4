/** What this build is; the published keys of GET /api/system/version in both spellings. */
export interface BuildInfo {
  readonly version: string;
  readonly build: string;
  readonly commitsha: string;
  readonly releaseChannel: string;
}

declare const MESHERY_VERSION: string | undefined;
declare const MESHERY_COMMIT: string | undefined;

/** Facts that the bundler writes in; a run from source says so. */
export function buildInfo(): BuildInfo {
  const version = typeof MESHERY_VERSION === 'string' ? MESHERY_VERSION : '0.1.0';
  const commitsha = typeof MESHERY_COMMIT === 'string' ? MESHERY_COMMIT : 'unknown';
  return { version: `v${version}`, build: `v${version}`, commitsha, releaseChannel: 'edge' };
}

/** What is known about releases. */
export interface ReleaseFacts {
  /** "unknown" unless somebody told: no release is looked up. */
  readonly latest: string;
  readonly outdated: boolean;
}

/** Compares this build with the newest release that the administrator knows of. */
export function releaseFacts(version: string, latest: string | undefined): ReleaseFacts {
  if (latest === undefined) return { latest: 'unknown', outdated: false };
  return { latest: latest.startsWith('v') ? latest : `v${latest}`, outdated: isOlder(version, latest) };
}

/** Order of versions (semver 2.0) as far as releases need it: numbers first, and a pre-release before its release. */
function isOlder(version: string, other: string): boolean {
  const [own, than] = [parts(version), parts(other)];
  for (const [index, number] of own.numbers.entries()) {
    const difference = number - (than.numbers[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  if (own.preRelease === '' || than.preRelease === '') return own.preRelease > than.preRelease;
  return own.preRelease.localeCompare(than.preRelease, 'en', { numeric: true }) < 0;
}

function parts(version: string): { readonly numbers: readonly number[]; readonly preRelease: string } {
  const [numbers = '', ...rest] = version.replace(/^v/, '').split('-');
  return { numbers: numbers.split('.').map(Number), preRelease: rest.join('-') };
}
