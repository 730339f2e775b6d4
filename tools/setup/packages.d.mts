/** The files that decide what an install makes (relative to root): the lock and every workspace's package.json. */
export function manifestFiles(root: string): string[];
/** A hash over those files' names and contents. */
export function manifestHash(root: string): string;
/** True when what is installed was installed from these manifests. */
export function packagesAreCurrent(root: string): boolean;
/** True when someone ran npm by hand: lock, manifests and node_modules say the same. */
export function installedByHand(root: string): boolean;
/** Runs `npm ci` (or `npm install` when there is no lock file) if anything changed; one process at a time. */
export function ensurePackages(root: string, say: (line: string) => void): Promise<void>;
/** True when all that `npm ci` finds wrong is that the registry has other optional packages of other platforms. */
export function onlyOptionalsDiffer(root: string, said: string): boolean;
