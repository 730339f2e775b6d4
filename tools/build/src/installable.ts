import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Manifest {
  readonly bin?: string;
  readonly [field: string]: unknown;
}

/** Makes the bundle of an app with a `bin` a package that npm installs: it needs nothing beside itself. */
export function makeInstallable(root: string, folder: string, outdir: string): void {
  const text = readFileSync(join(root, folder, 'package.json'), 'utf8');
  const { name, version, license, description, bin } = JSON.parse(text) as Manifest;
  if (bin === undefined) return;
  const how = { type: 'module', bin: 'main.js', files: ['*.js'], engines: { node: '>=24' } };
  const manifest = { name, version, license, description, ...how };
  writeFileSync(join(outdir, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
  copyFileSync(join(root, 'LICENSE'), join(outdir, 'LICENSE'));
}
