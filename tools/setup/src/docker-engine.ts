import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cacheRoot } from './binaries.ts';
import { type Say, sayOnStderr, step } from './progress.ts';
import { findOnPath, runCommandAnyway } from './run-command.ts';
import { ToolError } from './tool-error.ts';

/** A container engine that answers. */
export interface DockerEngine {
  /** Ends the engine when it was started here; nothing happens when it was there before. */
  stop(): Promise<void>;
}

const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 20_000;

/** Uses the container engine that is there, or starts Debian's as root; who asked for it stops it. */
export async function ensureDockerEngine(options: { readonly say?: Say } = {}): Promise<DockerEngine> {
  if (await answers()) return { stop: () => Promise.resolve() };
  const dockerd = findOnPath('dockerd');
  if (dockerd === undefined || process.getuid?.() !== 0) {
    throw new ToolError(
      'no container engine answers',
      'Start Docker (for example: sudo systemctl start docker), or set DOCKER_HOST',
    );
  }
  return await step(options.say ?? sayOnStderr, 'setup: starting dockerd', () => start(dockerd));
}

async function answers(): Promise<boolean> {
  if (findOnPath('docker') === undefined) return false;
  return (
    (await runCommandAnyway('docker', ['version', '--format', '{{.Server.Version}}'], { timeoutMs: 20_000 })).code === 0
  );
}

async function start(dockerd: string): Promise<DockerEngine> {
  const logFile = join(cacheRoot(), 'dockerd.log');
  mkdirSync(cacheRoot(), { recursive: true });
  const log = openSync(logFile, 'w', 0o600);
  const child = spawn(dockerd, [], { detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  child.unref();
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve();
    });
    child.once('error', () => {
      resolve();
    });
  });
  const stop = async (): Promise<void> => {
    // Waited for, from now on.
    child.ref();
    child.kill('SIGTERM');
    await Promise.race([ended, sleep(STOP_TIMEOUT_MS, undefined, { ref: false })]);
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
  };
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline && child.exitCode === null) {
    if (await answers()) return { stop };
    await sleep(250);
  }
  await stop();
  throw new Error(
    `dockerd did not answer; last lines of ${logFile}:\n${readFileSync(logFile, 'utf8').split('\n').slice(-10).join('\n')}`,
  );
}
