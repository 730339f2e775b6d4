import { join } from 'node:path';
import { httpRequest } from '../client/http.ts';
import { type ExitStatus, ManagedProcess } from '../process/managed-process.ts';
import { type TempDir, makeTempDir } from '../process/temp-dir.ts';
import { type ServiceName, buildBundles, bundleEntry } from './bundles.ts';
import { memorySettings } from './tools.ts';

/** How one of our services is started, again and again with the same settings. */
export interface ServiceSpec {
  readonly name: ServiceName;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** URL that answers 200 when the service is ready, and the one that answers as soon as it is alive. */
  readonly readyUrl: string;
  readonly liveUrl: string;
  /** Linux CPU list. */
  readonly cpus?: string;
}

const START_TIMEOUT_MS = 120_000;
const READY_TIMEOUT_MS = 120_000;

/** One of our services as a process that can be killed and started again. Stop it when done. */
export class ServiceProcess {
  readonly dir: TempDir;
  readonly name: ServiceName;
  #spec: ServiceSpec;
  #process: ManagedProcess | undefined;
  #starts = 0;

  constructor(spec: ServiceSpec, dir: TempDir = makeTempDir(spec.name)) {
    this.name = spec.name;
    this.dir = dir;
    this.#spec = spec;
  }

  /** The running process; throws while it is down. */
  get process(): ManagedProcess {
    if (this.#process === undefined) throw new Error(`${this.name} is down`);
    return this.#process;
  }

  /** How often it was started. */
  get starts(): number {
    return this.#starts;
  }

  /** Changes environment variables for the next start. */
  setEnvironment(env: Readonly<Record<string, string | undefined>>): void {
    this.#spec = { ...this.#spec, env: { ...this.#spec.env, ...env } };
  }

  /** Starts it and waits until it is alive; it may not be ready yet. */
  async up(): Promise<void> {
    if (this.#starts === 0) await buildBundles([this.name]);
    await this.spawn();
    await this.process.ready('answering', START_TIMEOUT_MS, () => this.#answers(this.#spec.liveUrl));
  }

  /** Starts it and waits for nothing. */
  async spawn(): Promise<void> {
    if (this.#process?.alive === true) throw new Error(`${this.name} runs already`);
    const { args, env, cpus } = this.#spec;
    this.#starts += 1;
    this.#process = await ManagedProcess.start({
      name: this.name,
      file: process.execPath,
      args: [bundleEntry(this.name), ...args],
      // The runner's own flags are not for our services: they run as in their images.
      env: { NODE_OPTIONS: undefined, ...memorySettings[this.name], HOME: this.dir.path, ...env },
      cwd: this.dir.path,
      logPath: this.logPath,
      ...(cpus === undefined ? {} : { cpus }),
    });
  }

  /** Where all runs of this service write their log. */
  get logPath(): string {
    return join(this.dir.path, `${this.name}.log`);
  }

  /** Waits until it says that it is ready. */
  async ready(timeoutMs = READY_TIMEOUT_MS): Promise<void> {
    await this.process.ready('being ready', timeoutMs, () => this.isReady());
  }

  /** True when it says that it is ready. */
  isReady(): Promise<boolean> {
    return this.#answers(this.#spec.readyUrl);
  }

  /** SIGKILL. */
  async kill(): Promise<ExitStatus | undefined> {
    const exit = await this.#process?.kill();
    this.#process = undefined;
    return exit;
  }

  /** SIGTERM; its folder stays. */
  async down(): Promise<ExitStatus | undefined> {
    const exit = await this.#process?.stop();
    this.#process = undefined;
    return exit;
  }

  /** Ends it and removes its folder. */
  async stop(): Promise<void> {
    await this.down();
    this.dir.remove();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  async #answers(url: string): Promise<boolean> {
    try {
      return (await httpRequest(url, { timeoutMs: 2_000 })).status === 200;
    } catch {
      // Nobody listens yet.
      return false;
    }
  }
}
