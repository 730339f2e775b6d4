import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  ContainerEngine,
  buildImages,
  composeImage,
  libraryEntries,
  makeTempDir,
  nodeBase,
  requireGo,
  rootFiles,
  runCommand,
  sharedLibraries,
} from '@meshery/testing';
import type { TempDir } from '@meshery/testing';

const root = fileURLToPath(new URL('../../', import.meta.url));
const NODE = 'meshery.local/node:v1';
const STATIC = 'meshery.local/static:v1';
const GO = 'meshery.local/go:v1';

/** What is compared of an image. */
export interface ImageFacts {
  readonly config: {
    readonly User: string;
    readonly Env: readonly string[];
    readonly Entrypoint: readonly string[];
    readonly ExposedPorts?: Readonly<Record<string, object>>;
    readonly WorkingDir: string;
  };
  /** Owner and size of each file, by path; of programs only that they are there. */
  readonly files: ReadonlyMap<string, string>;
}

/** Docker that builds the Dockerfiles, with base images made of what this machine has. */
export class ImageBuilds {
  readonly engine: ContainerEngine;
  readonly #dir: TempDir;
  /** References of the composed images by name. */
  readonly #composed = new Map<string, string>();

  private constructor(engine: ContainerEngine, dir: TempDir) {
    this.engine = engine;
    this.#dir = dir;
  }

  /** Starts one for some of the images. */
  static async start(names: readonly string[]): Promise<ImageBuilds> {
    const builds = new ImageBuilds(await ContainerEngine.start(), makeTempDir('builds'));
    try {
      for (const { name, reference, archive } of await buildImages({ names })) {
        await builds.engine.docker(['load', '--input', archive]);
        builds.#composed.set(name, reference);
      }
      await builds.#load(NODE, await nodeBase(root));
      await builds.#load(STATIC, rootFiles());
      await builds.#importGo();
      return builds;
    } catch (error) {
      await builds.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    await this.engine.stop();
    this.#dir.remove();
  }

  /** The reference of the image that is composed without an engine. */
  composed(name: string): string {
    return this.#composed.get(name) ?? name;
  }

  /** Builds a Dockerfile with what its list of ignored files lets through; answers the reference. */
  async build(name: string): Promise<string> {
    const dockerfile = `deploy/images/${name}.Dockerfile`;
    const ignored = readFileSync(join(root, `${dockerfile}.dockerignore`), 'utf8').split('\n');
    const paths = ignored.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
    const context = join(this.#dir.path, `${name}.tar`);
    await runCommand('tar', ['-cf', context, '-C', root, dockerfile, ...paths]);
    const base = name.startsWith('nats-') ? STATIC : NODE;
    const args = [
      '--build-arg',
      `BASE_IMAGE=${base}`,
      ...(usesGo(dockerfile) ? ['--build-arg', `GO_IMAGE=${GO}`] : []),
    ];
    const reference = `meshery.local/built/${name}:v1`;
    await this.engine.docker(['build', '-q', '-f', dockerfile, '-t', reference, ...args, '-'], {
      input: readFileSync(context),
      timeoutMs: 600_000,
    });
    return reference;
  }

  async facts(reference: string): Promise<ImageFacts> {
    const [image] = JSON.parse(await this.engine.docker(['image', 'inspect', reference])) as {
      Config: ImageFacts['config'];
    }[];
    if (image === undefined) throw new Error(`there is no image ${reference}`);
    const container = (await this.engine.docker(['create', reference])).trim();
    const archive = join(this.#dir.path, 'image.tar');
    await this.engine.docker(['export', '--output', archive, container]);
    const listed = await runCommand('tar', ['--numeric-owner', '-tvf', archive]);
    return { config: image.Config, files: new Map(listed.split('\n').flatMap(fileOf)) };
  }

  async #load(name: string, files: Parameters<typeof composeImage>[0]['files']): Promise<void> {
    const archive = join(this.#dir.path, 'base.tar');
    writeFileSync(archive, composeImage({ name, files, entrypoint: [] }));
    await this.engine.docker(['load', '--input', archive]);
  }

  /** This machine's Go and shell; what needs modules is not built, as the engine has no way out. */
  async #importGo(): Promise<void> {
    const goroot = (await runCommand(requireGo(['the launcher']), ['env', 'GOROOT'])).trim();
    const staging = join(this.#dir.path, 'go');
    const put = (path: string, content: Uint8Array, mode = 0o644): void => {
      mkdirSync(dirname(join(staging, path)), { recursive: true });
      writeFileSync(join(staging, path), content, { mode });
    };
    put('bin/sh', readFileSync('/bin/sh'), 0o755);
    for (const { path, content } of libraryEntries(await sharedLibraries(['/bin/sh']))) put(path, content, 0o755);
    mkdirSync(join(staging, 'tmp'));
    const archive = join(this.#dir.path, 'go.tar');
    const parts = ['bin', 'pkg', 'src', 'go.env', 'VERSION'];
    await runCommand('tar', [
      '-chf',
      archive,
      '--exclude=testdata',
      '--transform=s,^,usr/local/go/,',
      '-C',
      goroot,
      ...parts,
    ]);
    await runCommand('tar', ['-rf', archive, '-C', staging, '.']);
    const env = [
      'PATH=/usr/local/go/bin:/bin',
      'HOME=/tmp',
      'GOPROXY=off',
      'GOTOOLCHAIN=local',
      'GOFLAGS=-buildvcs=false',
    ];
    await this.engine.docker(['import', ...env.flatMap((setting) => ['--change', `ENV ${setting}`]), archive, GO]);
  }
}

const usesGo = (dockerfile: string): boolean => readFileSync(join(root, dockerfile), 'utf8').includes('GO_IMAGE');

/** One line of `tar -tv`: programs of base images, and folders, are left out. */
function fileOf(line: string): [string, string][] {
  const [mode = '', owner = '', size = '', , , path = ''] = line.split(/\s+/);
  const isOurs = /^(app|data|usr\/local\/bin)\//.test(path) && path !== 'usr/local/bin/node';
  if (!isOurs || !(mode.startsWith('-') || path === 'data/')) return [];
  const isProgram = path.startsWith('usr/') || path === 'app/meshery-meshsync';
  return [[path, isProgram || path === 'data/' ? owner : `${owner} ${size}`]];
}
