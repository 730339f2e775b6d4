import { chmodSync, cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  ContainerEngine,
  InventoryClient,
  buildImages,
  connectMachine,
  makeTempDir,
  waitUntil,
} from '@meshery/testing';
import type { ManagedProcess, NodeCluster, TempDir } from '@meshery/testing';

const folder = fileURLToPath(new URL('../../deploy/compose', import.meta.url));
/** The port of users in the compose file, and one by which a test reaches it from the machine beside. */
const PORT = 9081;
const RELAYED = 19_081;
const HEALTHY_MS = 120_000;

/** Names of the two services. */
export type Service = 'server' | 'bridge';

interface Inspected {
  readonly Config: { readonly User: string };
  readonly HostConfig: { readonly ReadonlyRootfs: boolean; readonly CapDrop: readonly string[] };
  readonly State: { readonly Health: { readonly Status: string }; readonly Pid: number };
  readonly RestartCount: number;
}

/** `deploy/compose` as it is, run by Docker on a machine beside the nodes of a cluster. */
export class ComposeScene {
  readonly engine: ContainerEngine;
  /** Of the machine, in the network of the nodes. */
  readonly address: string;
  /** A copy of the folder, whose connections and kubeconfigs are this scene's. */
  readonly #dir: TempDir;
  #relay: ManagedProcess | undefined;

  private constructor(engine: ContainerEngine, address: string, dir: TempDir) {
    this.engine = engine;
    this.address = address;
    this.#dir = dir;
  }

  static async start(cluster: NodeCluster): Promise<ComposeScene> {
    const engine = await ContainerEngine.start();
    const dir = makeTempDir('compose');
    const scene = new ComposeScene(engine, await connectMachine(cluster.name, engine.namespace), dir);
    try {
      const images = await buildImages({ names: ['server', 'broker-bridge'] });
      for (const { archive } of images) await engine.docker(['load', '--input', archive]);
      await scene.#copy();
      await scene.#open();
      return scene;
    } catch (error) {
      await scene.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    await this.#relay?.stop();
    await this.engine.stop();
    this.#dir.remove();
  }

  compose(...args: readonly string[]): Promise<string> {
    return this.engine.compose(this.#dir.path, '--project-name', 'meshery', ...args);
  }

  /** Puts a file where only the user of the containers reads it; a folder and a name. */
  put(place: `${'connections' | 'kubeconfigs'}/${string}`, text: string): void {
    const path = join(this.#dir.path, place);
    writeFileSync(path, text);
    chmodSync(path, 0o644);
  }

  take(place: `${'connections' | 'kubeconfigs'}/${string}`): void {
    rmSync(join(this.#dir.path, place));
  }

  async inspect(service: Service): Promise<Inspected> {
    const id = (await this.compose('ps', '-q', service)).trim();
    const [found] = JSON.parse(await this.engine.docker(['inspect', id])) as Inspected[];
    if (found === undefined) throw new Error(`there is no container of ${service}`);
    return found;
  }

  async healthy(service: Service): Promise<void> {
    const explain = (): Promise<string> => this.compose('logs', '--tail=30', '--no-color');
    await waitUntil({ what: `${service} being healthy`, timeoutMs: HEALTHY_MS, everyMs: 500, explain }, async () => {
      return (await this.inspect(service)).State.Health.Status === 'healthy';
    });
  }

  /** Runs a script in a container. */
  async script(service: Service, text: string): Promise<string> {
    return (await this.compose('exec', '-T', service, 'node', '-e', text)).trim();
  }

  /** What a program on this machine gets from the published port: status and text. */
  async get(path: string): Promise<string> {
    return this.engine.run('curl', [
      '--silent',
      '--show-error',
      '--max-time',
      '20',
      `http://localhost:${String(PORT)}${path}`,
    ]);
  }

  /** Signs in as the first owner does, with the link that the log has. */
  async signIn(): Promise<InventoryClient> {
    const code = await waitUntil({ what: 'a link in the log', timeoutMs: HEALTHY_MS, everyMs: 500 }, async () => {
      return /\/auth\/local\?code=([\w-]+)/.exec(await this.compose('logs', '--no-color', 'server'))?.[1];
    });
    const url = `http://${this.address}:${String(RELAYED)}`;
    const answer = await fetch(`${url}/auth/local`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code }),
    });
    if (answer.status !== 200) throw new Error(`the code of the log was answered ${String(answer.status)}`);
    return new InventoryClient(url, ((await answer.json()) as { readonly token: string }).token);
  }

  /** Compose 1 knows no `name`, which is given on the command line here. */
  async #copy(): Promise<void> {
    cpSync(folder, this.#dir.path, { recursive: true });
    chmodSync(this.#dir.path, 0o755);
    for (const name of ['connections', 'kubeconfigs']) {
      const path = join(this.#dir.path, name);
      for (const file of readdirSync(path)) rmSync(join(path, file));
      mkdirSync(path, { recursive: true });
    }
    if (!/^(docker-compose version )?1\./.test(await this.compose('version', '--short'))) return;
    const file = join(this.#dir.path, 'docker-compose.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^name: .*$/m, ''));
  }

  /** The port is published on loopback of the machine, where a test is not. */
  async #open(): Promise<void> {
    const listen = `TCP-LISTEN:${String(RELAYED)},bind=${this.address},fork,reuseaddr`;
    this.#relay = await this.engine.start('relay', 'socat', [listen, `TCP:127.0.0.1:${String(PORT)}`]);
  }
}
