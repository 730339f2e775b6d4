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
