import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ManagedProcess } from '../process/managed-process.ts';
import { makeTempDir } from '../process/temp-dir.ts';
import type { TempDir } from '../process/temp-dir.ts';
import { type CommandOptions, findOnPath, removeCgroup, runCommand, runCommandAnyway } from './tools.ts';

const PROGRAMS = ['dockerd', 'docker', 'docker-compose', 'ip', 'iptables', 'nsenter', 'unshare'];
const START_MS = 60_000;
const COMMAND_MS = 180_000;

/** What the engine writes outside of its folder, whatever it is told: it finds these empty, and nobody else sees them. */
const PRIVATE_FOLDERS = '/etc/docker /run/containerd /run/docker';
const PRIVATELY = `for dir in ${PRIVATE_FOLDERS}; do mkdir -p $dir && mount -t tmpfs tmpfs $dir || exit 1; done; exec "$@"`;

/**
 * Docker with its own data, network, processes and mounts: what it does to interfaces and the firewall ends with it, and
 * an engine that is there is not touched. Needs root. Stop it when done.
 */
export class ContainerEngine {
  /** Of the network that stands for the machine of this engine: containers publish their ports there. */
  readonly namespace: string;
  readonly #dir: TempDir;
  readonly #env: Readonly<Record<string, string>>;
  #process: ManagedProcess | undefined;

  private constructor(namespace: string, dir: TempDir) {
    this.namespace = namespace;
    this.#dir = dir;
    this.#env = { DOCKER_HOST: `unix://${dir.path}/sock`, DOCKER_CONFIG: dir.path, DOCKER_BUILDKIT: '0' };
  }

  /** Starts one; throws, saying why, where that is not possible: nothing that needs an engine is passed over. */
  static async start(): Promise<ContainerEngine> {
    const missing = PROGRAMS.filter((program) => findOnPath(program) === undefined);
    if (missing.length > 0)
      throw new Error(`a container engine needs ${missing.join(', ')} (docker.io, docker-compose)`);
    if (process.getuid?.() !== 0) throw new Error('a container engine needs root, for namespaces and mounts');
    const engine = new ContainerEngine(`engine-${randomBytes(4).toString('hex')}`, makeTempDir('engine'));
    try {
      await runCommand('ip', ['netns', 'add', engine.namespace]);
      await runCommand('ip', ['-n', engine.namespace, 'link', 'set', 'lo', 'up']);
      await engine.up();
      return engine;
    } catch (error) {
      await engine.stop();
      throw error;
    }
  }

  /** Starts dockerd, after a kill with the containers that it had. */
  async up(): Promise<void> {
    const { path } = this.#dir;
    // What is below /run otherwise, and gone with the power as well.
    rmSync(join(path, 'exec'), { recursive: true, force: true });
    rmSync(join(path, 'pid'), { force: true });
    const isolated = ['--mount', '--propagation', 'slave', '--pid', '--fork', '--kill-child', '--mount-proc'];
    const folders = ['--data-root', `${path}/data`, '--exec-root', `${path}/exec`, '--pidfile', `${path}/pid`];
    const cgroup = ['--exec-opt', 'native.cgroupdriver=cgroupfs', '--cgroup-parent', `/${this.namespace}`];
    const dockerd = ['dockerd', ...folders, ...cgroup, '--host', `unix://${path}/sock`];
    const args = ['unshare', ...isolated, 'sh', '-c', PRIVATELY, 'sh', ...dockerd];
    this.#process = await this.#spawn('dockerd', 'nsenter', [`--net=/run/netns/${this.namespace}`, ...args]);
    const answers = async (): Promise<boolean> =>
      (await runCommandAnyway('docker', ['version'], { env: this.#env })).code === 0;
    await this.#process.ready('answering', START_MS, answers);
  }

  /** The machine of this engine loses its power: everything that runs on it is gone at once. */
  async kill(): Promise<void> {
    await this.#process?.kill();
    await removeCgroup(this.namespace);
  }

  async stop(): Promise<void> {
    await this.kill();
    await runCommandAnyway('ip', ['netns', 'delete', this.namespace]);
    this.#dir.remove();
  }

  docker(args: readonly string[], options: CommandOptions = {}): Promise<string> {
    return runCommand('docker', args, { timeoutMs: COMMAND_MS, ...options, env: this.#env });
  }

  /** Compose, in the folder of a project. */
  compose(cwd: string, ...args: readonly string[]): Promise<string> {
    return runCommand('docker-compose', args, { cwd, timeoutMs: COMMAND_MS, env: this.#env });
  }

  /** Runs a program on the machine of this engine, as far as the network goes. */
  run(file: string, args: readonly string[]): Promise<string> {
    return runCommand('nsenter', [`--net=/run/netns/${this.namespace}`, file, ...args]);
  }

  /** Starts one there; the caller stops it. */
  start(name: string, file: string, args: readonly string[]): Promise<ManagedProcess> {
    return this.#spawn(name, 'nsenter', [`--net=/run/netns/${this.namespace}`, file, ...args]);
  }

  #spawn(name: string, file: string, args: readonly string[]): Promise<ManagedProcess> {
    return ManagedProcess.start({ name, file, args, logPath: join(this.#dir.path, `${name}.log`) });
  }
}
