/** `npm run notices`: writes the list of third-party packages that the product ships with, from the lock file. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../build/src/workspace.ts';
import { noticesText } from './src/notices-text.ts';
import type { LockFile } from './src/notices-text.ts';

const file = 'THIRD-PARTY-NOTICES.md';
const path = join(repositoryRoot, file);

/** The license of an installed package; old packages list them under another name. */
function manifestLicense(folder: string): unknown {
  const text = readFileSync(join(repositoryRoot, folder, 'package.json'), 'utf8');
  const manifest = JSON.parse(text) as { license?: unknown; licenses?: readonly { type?: unknown }[] };
  return manifest.license ?? manifest.licenses?.[0]?.type;
}

const lock = JSON.parse(readFileSync(join(repositoryRoot, 'package-lock.json'), 'utf8')) as LockFile;
const text = noticesText(lock, manifestLicense);
if (process.argv.includes('--check')) {
  if (readFileSync(path, 'utf8') !== text) {
    process.stderr.write(`${file} does not match the lock file; run: npm run notices\n`);
    process.exitCode = 1;
  }
} else {
  writeFileSync(path, text);
}
