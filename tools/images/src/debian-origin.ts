import { existsSync, readFileSync } from 'node:fs';
import { findOnPath, runCommandAnyway } from '../../setup/src/run-command.ts';

/** The package of the machine's distribution that a file came with. */
export interface DistributionPackage {
  readonly version: string;
  /** For example `pkg:deb/debian/libc6@2.36-9?arch=amd64`. */
  readonly purl: string;
}

/** Asks dpkg where these files came from; files that it does not know, and machines without it, give nothing. */
export async function debianOrigins(files: readonly string[]): Promise<ReadonlyMap<string, DistributionPackage>> {
  if (files.length === 0 || findOnPath('dpkg-query') === undefined) return new Map();
  // Where /lib is a link to /usr/lib, dpkg may know a file under either name.
  const spellings = files.flatMap((file) => [file, `/usr${file}`]);
  const { stdout } = await runCommandAnyway('dpkg-query', ['--search', ...spellings]);
  const owners = parseOwners(stdout);
  const names = [...new Set(owners.values())];
  if (names.length === 0) return new Map();
  const format = '${binary:Package}\\t${Package}\\t${Version}\\t${Architecture}\\n';
  const shown = await runCommandAnyway('dpkg-query', ['--show', '--showformat', format, ...names]);
  const packages = parsePackages(shown.stdout, distribution());
  const origins = new Map<string, DistributionPackage>();
  for (const file of files) {
    const origin = packages.get(owners.get(file) ?? owners.get(`/usr${file}`) ?? '');
    if (origin !== undefined) origins.set(file, origin);
  }
  return origins;
}

/** Files and the packages that own them, from lines such as `libc6:amd64: /lib/x86_64-linux-gnu/libc.so.6`. */
export function parseOwners(output: string): Map<string, string> {
  const lines = output.split('\n').map((line) => /^(\S+): (\/.*)$/.exec(line));
  return new Map(lines.flatMap((match) => (match === null ? [] : [[match[2] ?? '', match[1] ?? '']])));
}

/** Packages by the name that dpkg gives them. */
export function parsePackages(output: string, vendor: string): Map<string, DistributionPackage> {
  const rows = output.split('\n').map((line) => line.split('\t'));
  return new Map(
    rows.flatMap(([key, name, version, architecture]) => {
      if (key === undefined || name === undefined || version === undefined || architecture === undefined) return [];
      const purl = `pkg:deb/${vendor}/${encodeURIComponent(name)}@${encodeURIComponent(version)}?arch=${architecture}`;
      return [[key, { version, purl }]];
    }),
  );
}

/** The `ID` of /etc/os-release. */
function distribution(): string {
  const path = '/etc/os-release';
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  return /^ID="?([\w.-]+)"?$/m.exec(text)?.[1] ?? 'debian';
}
