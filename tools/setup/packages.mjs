/** Installs the npm packages when the lock file and the last install differ. Plain JavaScript, Node >= 20. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { withLock } from './lock.mjs';

const STAMP = 'node_modules/.meshery-setup.json';
const INSTALL_TIMEOUT_MS = 15 * 60_000;

/**
 * The files that decide what an install makes: the lock and every workspace's package.json, sorted.
 * @param {string} root
 * @returns {string[]} paths relative to root
 */
export function manifestFiles(root) {
  const patterns = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).workspaces ?? [];
  const folders = patterns.flatMap((pattern) => expand(root, pattern));
  const manifests = folders.map((folder) => join(folder, 'package.json'));
  return ['package-lock.json', 'package.json', ...manifests.sort()].filter((file) => existsSync(join(root, file)));
}

function expand(root, pattern) {
  if (!pattern.endsWith('/*')) return [pattern];
  const parent = pattern.slice(0, -2);
  if (!existsSync(join(root, parent))) return [];
  const entries = readdirSync(join(root, parent), { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => join(parent, entry.name));
}

/**
 * A hash over those files' names and contents.
 * @param {string} root
 * @returns {string}
 */
export function manifestHash(root) {
  const hash = createHash('sha256');
  for (const file of manifestFiles(root))
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  return hash.digest('hex');
}

/**
 * True when what is installed was installed from these manifests.
 * @param {string} root
 * @returns {boolean}
 */
export function packagesAreCurrent(root) {
  const stamp = join(root, STAMP);
  if (!existsSync(stamp)) return false;
  try {
    return JSON.parse(readFileSync(stamp, 'utf8')).hash === manifestHash(root);
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

/**
 * Runs `npm ci` (or `npm install` when there is no lock file) if anything changed; one process at a time.
 * @param {string} root
 * @param {(line: string) => void} say
 */
export async function ensurePackages(root, say) {
  if (packagesAreCurrent(root)) return;
  const onWait = (pid) => say(`setup: waiting for process ${pid ?? '?'}, which installs the npm packages`);
  const lock = join(root, '.nx', 'meshery-setup.lock');
  await withLock(lock, { timeoutMs: INSTALL_TIMEOUT_MS, onWait }, async () => {
    if (packagesAreCurrent(root)) return;
    if (installedByHand(root)) writeStamp(root);
    else await install(root, say);
  });
}

const FLAGS = ['--no-audit', '--no-fund', '--loglevel=error'];
const KINDS = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];

/**
 * True when someone ran npm by hand: the lock says what every package.json says, and npm's own record of
 * node_modules has every package of the lock (optional ones of other platforms aside).
 * @param {string} root
 * @returns {boolean}
 */
export function installedByHand(root) {
  const locked = readJson(root, 'package-lock.json')?.packages;
  const there = readJson(root, 'node_modules/.package-lock.json')?.packages;
  if (locked === undefined || there === undefined) return false;
  const wanted = Object.entries(locked).filter(([path, entry]) => path.includes('node_modules/') && !entry.optional);
  return lockMatchesManifests(root) && wanted.every(([path, entry]) => there[path]?.version === entry.version);
}

/**
 * True when the lock file says what every package.json says, so that nobody forgot to update it.
 * @param {string} root
 * @returns {boolean}
 */
function lockMatchesManifests(root) {
  const locked = readJson(root, 'package-lock.json')?.packages;
  if (locked === undefined) return false;
  return manifestFiles(root)
    .filter((file) => basename(file) === 'package.json')
    .every((file) => {
      const entry = locked[dirname(file) === '.' ? '' : dirname(file).replaceAll('\\', '/')];
      const manifest = readJson(root, file);
      return entry !== undefined && KINDS.every((kind) => isDeepStrictEqual(entry[kind] ?? {}, manifest[kind] ?? {}));
    });
}

function readJson(root, file) {
  return existsSync(join(root, file)) ? JSON.parse(readFileSync(join(root, file), 'utf8')) : undefined;
}

async function install(root, say) {
  const command = existsSync(join(root, 'package-lock.json')) ? 'ci' : 'install';
  const started = Date.now();
  say(`setup: installing npm packages (npm ${command}) ...`);
  const beat = setInterval(() => say(`setup: still installing (${seconds(started)} s)`), 15_000);
  try {
    const { code, signal, said } = await npm(root, [command, ...FLAGS]);
    if (code !== 0 && command === 'ci' && onlyOptionalsDiffer(root, said)) await installByLock(root, say);
    else if (code !== 0) throw npmFailure(command, signal ?? `exit code ${code}`, said);
  } finally {
    clearInterval(beat);
  }
  writeStamp(root);
  say(`setup: npm packages installed in ${seconds(started)} s`);
}

/**
 * `npm ci` calls a lock out of date when the registry in use has other optional packages of other platforms than the
 * one the lock was made with. They are only named as missing; what a package.json asks for is checked by our own look.
 * @param {string} root
 * @param {string} said what npm printed
 * @returns {boolean}
 */
export function onlyOptionalsDiffer(root, said) {
  const findings = said.split('\n').filter((line) => /^npm error (Missing|Invalid): /.test(line));
  const missing = findings.every((line) => /^npm error Missing: \S+ from lock file$/.test(line));
  return findings.length > 0 && missing && lockMatchesManifests(root);
}

/** The same lock, the same versions, nothing written but node_modules. */
async function installByLock(root, say) {
  say('setup: the registry has other optional packages of other platforms; going on with npm install --no-save');
  const { code, signal, said } = await npm(root, ['install', '--no-save', ...FLAGS]);
  if (code !== 0) throw npmFailure('install --no-save', signal ?? `exit code ${code}`, said);
}

function npmFailure(command, how, said) {
  return new Error(`npm ${command} failed (${how}):\n${withoutUsage(said)}\nRun it by hand: npm ${command}`);
}

function seconds(since) {
  return ((Date.now() - since) / 1000).toFixed(1);
}

function npm(root, args) {
  return new Promise((resolve, reject) => {
    const windows = process.platform === 'win32';
    const child = spawn(windows ? 'npm.cmd' : 'npm', args, {
      cwd: root,
      shell: windows,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output = [];
    child.stdout.on('data', (chunk) => output.push(chunk));
    child.stderr.on('data', (chunk) => output.push(chunk));
    const timer = setTimeout(() => child.kill('SIGKILL'), INSTALL_TIMEOUT_MS);
    child.on('error', (error) => reject(new Error(`npm cannot be started (${error.message}): install npm >= 10`)));
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ code, signal, said: Buffer.concat(output).toString('utf8') });
    });
  });
}

/** What npm says goes wrong, without the list of all its options. */
function withoutUsage(output) {
  const lines = output.trim().split('\n');
  const usage = lines.findIndex((line) => /^npm error Usage:/.test(line));
  return (usage === -1 ? lines : lines.slice(0, usage)).slice(0, 60).join('\n');
}

/** The hash is taken after the install: npm writes the lock file when there was none. */
function writeStamp(root) {
  const stamp = join(root, STAMP);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(`${stamp}.${process.pid}`, `${JSON.stringify({ hash: manifestHash(root) })}\n`);
  renameSync(`${stamp}.${process.pid}`, stamp);
}
