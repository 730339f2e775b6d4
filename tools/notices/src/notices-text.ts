/** Packages that state their license only in their readme. */
const stated: ReadonlyMap<string, string> = new Map([['pause', 'MIT']]);

/** What is read of an entry of the lock file. */
interface LockEntry {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly link?: boolean;
}

/** The lock file, as far as it is read here. */
export interface LockFile {
  readonly packages: Readonly<Record<string, LockEntry>>;
}

/** Licenses that the product may ship with: permissive ones, OFL for fonts, EPL and MPL for packages used unchanged. */
const allowed =
  /^(MIT|MIT-0|ISC|0BSD|BSD-2-Clause|BSD-3-Clause|Apache-2\.0|BlueOak-1\.0\.0|CC0-1\.0|CC-BY-4\.0|Unlicense|Python-2\.0|PSF-2\.0|Zlib|MPL-2\.0|EPL-2\.0|OFL-1\.1)$/;

/**
 * The Markdown text of the notices. `readLicense` gives the license field of an installed package's manifest, for
 * entries whose lock file says none. Throws when a package has a license that the product may not ship with.
 */
export function noticesText(lock: LockFile, readLicense: (folder: string) => unknown): string {
  const rows = new Map<string, string>();
  for (const [folder, entry] of Object.entries(lock.packages)) {
    if (!isShipped(folder, entry)) continue;
    const name = folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const license = entry.license ?? stated.get(name) ?? licenseText(readLicense(folder));
    if (!isAllowed(license)) throw new Error(`${name} has the license ${license}, which the product may not ship with`);
    rows.set(`${name}@${entry.version ?? ''}`, `| ${name} | ${entry.version ?? ''} | ${license} |`);
  }
  const sorted = [...rows].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, row]) => row);
  return `${header}${sorted.join('\n')}\n`;
}

const header = `# Third-party notices

Meshery in TypeScript ships with the npm packages below; each keeps its own license, whose full text is in the package.
This list is written by \`npm run notices\` from \`package-lock.json\`.

| package | version | license |
| --- | --- | --- |
`;

/** Packages of other platforms and of development are not part of what is shipped. */
function isShipped(folder: string, entry: LockEntry): boolean {
  return folder.includes('node_modules/') && entry.link !== true && entry.dev !== true && entry.optional !== true;
}

function licenseText(value: unknown): string {
  return typeof value === 'string' ? value : 'not stated';
}

/** Of several alternatives one must do; of several together, all. */
function isAllowed(license: string): boolean {
  const plain = license.replace(/[()]/g, '');
  return plain.split(' OR ').some((choice) => choice.split(' AND ').every((one) => allowed.test(one.trim())));
}
