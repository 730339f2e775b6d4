/** Finds the Node that our code runs on and starts programs with it. Plain JavaScript, Node >= 20. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';

/** The oldest Node that runs our code. */
export const REQUIRED_NODE_MAJOR = 24;

/**
 * The path of a Node >= 24: the one among the npm packages, else the one that runs this.
 * @param {string} root
 * @param {{ version?: string, execPath?: string }} [self]
 * @returns {string}
 */
export function findNode(root, self = {}) {
  const brought = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
  if (existsSync(brought)) return brought;
  const version = self.version ?? process.versions.node;
  if (Number.parseInt(version, 10) >= REQUIRED_NODE_MAJOR) return self.execPath ?? process.execPath;
  throw new Error(
    `Node ${version} is too old for Meshery, and no npm package brings a newer one for ${process.platform}-${process.arch}. ` +
      `Install Node ${REQUIRED_NODE_MAJOR} (for example: nvm install ${REQUIRED_NODE_MAJOR}, or brew install node@${REQUIRED_NODE_MAJOR}) and run the command again.`,
  );
}

/**
 * The environment of our programs: that Node and the packages' commands come first on the PATH.
 * @param {string} root
 * @param {Record<string, string | undefined>} env
 * @returns {Record<string, string | undefined>}
 */
export function runtimeEnvironment(root, env) {
  const key = Object.keys(env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  const first = join(root, 'node_modules', '.bin');
  const rest = (env[key] ?? '').split(delimiter).filter((entry) => entry !== first && entry !== '');
  return { ...env, [key]: [first, ...rest].join(delimiter) };
}

const LOOK_AT_PARENT_MS = 500;

/**
 * npm passes a SIGTERM on to the shell between itself and us, and some shells end without passing it on: then we are
 * the ones that are left over. Only below npm: elsewhere a parent that ends is no reason to end.
 */
function watchParent(onGone) {
  if (process.env.npm_lifecycle_event === undefined || process.platform === 'win32') return () => undefined;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid !== parent) onGone();
  }, LOOK_AT_PARENT_MS);
  watch.unref();
  return () => clearInterval(watch);
}

/**
 * Runs a program with our terminal, passes signals on, and gives the exit code (128 + number for a signal).
 * @param {string} file
 * @param {string[]} args
 * @param {{ cwd?: string, env: Record<string, string | undefined> }} options
 * @returns {Promise<number>}
 */
export function runForeground(file, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { ...options, stdio: 'inherit', shell: file.endsWith('.cmd') });
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    // A terminal sends its interrupt to the child as well; a second one would mean "at once" to many programs.
    const forward = (signal) => (signal === 'SIGINT' && process.stdin.isTTY ? undefined : child.kill(signal));
    for (const signal of signals) process.on(signal, forward);
    const dismiss = watchParent(() => child.kill('SIGTERM'));
    child.on('error', (error) => reject(new Error(`${file} cannot be started: ${error.message}`)));
    child.on('exit', (code, signal) => {
      dismiss();
      for (const name of signals) process.off(name, forward);
      resolve(code ?? 128 + (constants.signals[signal] ?? 0));
    });
  });
}
