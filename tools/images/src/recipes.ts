import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { ImageSpec } from '../../cluster/src/oci-image.ts';
import type { TarEntry } from '../../cluster/src/tar.ts';
import { resolveBinary } from '../../setup/src/binaries.ts';
import { type BinaryName, recipeOf } from '../../setup/src/recipes.ts';
import { runCommand } from '../../setup/src/run-command.ts';
import { bundleFiles, filesBelow, koffiFiles, sqliteBinary, sqliteFiles } from './app-files.ts';
import { type NodeProgram, memorySettings } from './memory-settings.ts';
import { imageUser, rootFiles, writableFolder } from './root-files.ts';
import { libraryEntries, sharedLibraries } from './shared-libraries.ts';

/** Where an image comes from: the repository and the product's version. */
export interface ImageSource {
  readonly root: string;
  readonly version: string;
}

/** One image that this project builds. */
export interface ImageRecipe {
  readonly name: ImageName;
  /** The apps of tools/build that it holds, if any. */
  readonly builds: readonly string[];
  readonly compose: (source: ImageSource) => Promise<ImageSpec>;
  /** The program of tools/setup that it holds, when that is all. */
  readonly program?: BinaryName;
}

/** The images that are built. */
export type ImageName = NodeProgram | 'nats-server' | 'nats-config-reloader' | 'nats-exporter';

const node = '/usr/local/bin/node';
const path = 'PATH=/app:/usr/local/bin';
const user = `${String(imageUser)}:${String(imageUser)}`;

/** The apps that are static exports, which the server serves; an image without them works as well. */
export const pageApps = ['dashboard', 'provider-ui'] as const;

/** Every image, in the order they are built. */
export const imageRecipes: readonly ImageRecipe[] = [
  { name: 'server', builds: ['server', ...pageApps], compose: composeServer },
  { name: 'operator', builds: ['operator'], compose: composeOperator },
  { name: 'meshsync', builds: ['meshsync'], compose: composeMeshsync },
  { name: 'broker-bridge', builds: ['broker-bridge'], compose: composeBridge },
  { name: 'remote-provider', builds: ['remote-provider'], compose: composeProvider },
  { name: 'nats-server', builds: [], compose: composeNats, program: 'nats-server' },
  {
    name: 'nats-config-reloader',
    builds: [],
    compose: () => composeHelper('nats-config-reloader', 'nats-server-config-reloader', []),
    program: 'nats-server-config-reloader',
  },
  {
    name: 'nats-exporter',
    builds: [],
    compose: () => composeHelper('nats-exporter', 'nats-exporter', ['7777/tcp']),
    program: 'nats-exporter',
  },
];

/** The name that an image has in clusters, for example `localhost/meshery-ts/server:0.1.0`. */
export function imageReference(name: ImageName, version: string): string {
  return `localhost/meshery-ts/${name}:${version}`;
}

/** The program that runs the images' scripts: the Node that runs this. */
export function nodeProgram(): string {
  return realpathSync(process.execPath);
}

/** The export of pages in the repository; undefined when it was not built. */
export function exportFolder(root: string, app: (typeof pageApps)[number]): string | undefined {
  const folder = join(root, 'apps', app, 'out');
  return existsSync(join(folder, 'index.html')) ? folder : undefined;
}

/** What the server is told in a container, beside where its pages are. */
export const serverSettings = [
  'HOME=/data',
  'MESHERY_DATA_DIR=/data',
  'MESHERY_BROWSER=false',
  'MESHERY_HOST=0.0.0.0',
  'MESHERY_MESHSYNC_MODE=operator',
] as const;

async function composeServer(source: ImageSource): Promise<ImageSpec> {
  const { root } = source;
  const [dashboard, providerUi] = pageApps.map((app) => exportFolder(root, app));
  const files = [
    ...bundleFiles(join(root, 'dist', 'server')),
    ...sqliteFiles(root),
    ...koffiFiles(root),
    ...(dashboard === undefined ? [] : filesBelow(dashboard, 'app/dashboard')),
    ...(providerUi === undefined ? [] : filesBelow(providerUi, 'app/provider-ui')),
    writableFolder('data'),
  ];
  const image = await nodeImage('server', source, files);
  return {
    ...image,
    entrypoint: [node, '/app/main.js'],
    env: [
      ...image.env.filter((setting) => !setting.startsWith('HOME=')),
      ...serverSettings,
      ...(dashboard === undefined ? [] : ['MESHERY_DASHBOARD_DIR=/app/dashboard']),
      ...(providerUi === undefined ? [] : ['MESHERY_PROVIDER_UI_DIR=/app/provider-ui']),
    ],
    ports: ['9081/tcp', '9082/tcp'],
  };
}

/** Published operators start `./meshery-meshsync` in the working directory and probe `meshery-meshsync -h`. */
async function composeMeshsync(source: ImageSource): Promise<ImageSpec> {
  const launcher = readFileSync(await resolveBinary('launcher'));
  const files = [
    ...bundleFiles(join(source.root, 'dist', 'meshsync')),
    { path: 'app/meshery-meshsync', content: launcher, mode: 0o755 },
  ];
  const image = await nodeImage('meshsync', source, files);
  return { ...image, entrypoint: ['./meshery-meshsync'], ports: ['11000/tcp'] };
}

async function composeBridge(source: ImageSource): Promise<ImageSpec> {
  const files = [...bundleFiles(join(source.root, 'dist', 'broker-bridge')), ...koffiFiles(source.root)];
  const image = await nodeImage('broker-bridge', source, files);
  return { ...image, entrypoint: [node, '/app/main.js'] };
}

async function composeOperator(source: ImageSource): Promise<ImageSpec> {
  const files = bundleFiles(join(source.root, 'dist', 'operator'));
  const image = await nodeImage('operator', source, files);
  return { ...image, entrypoint: [node, '/app/main.js'], ports: ['8081/tcp', '8443/tcp'] };
}

async function composeProvider(source: ImageSource): Promise<ImageSpec> {
  const files = bundleFiles(join(source.root, 'dist', 'remote-provider'));
  const image = await nodeImage('remote-provider', source, files);
  const env = [...image.env, 'PROVIDER_HOST=0.0.0.0', 'PORT=8443'];
  return { ...image, env, entrypoint: [node, '/app/main.js'], ports: ['8443/tcp'] };
}

/** What runs beside the broker: one program that needs nothing else. */
async function composeHelper(name: ImageName, program: BinaryName, ports: readonly string[]): Promise<ImageSpec> {
  const version = recipeOf(program).version.replace(/^v/, '');
  return {
    name: imageReference(name, version),
    base: [rootFiles()],
    files: [{ path: `usr/local/bin/${program}`, content: readFileSync(await resolveBinary(program)), mode: 0o755 }],
    entrypoint: [program],
    user,
    env: [path],
    ports,
    labels: labels(name, version),
  };
}

async function composeNats(): Promise<ImageSpec> {
  const program = await resolveBinary('nats-server');
  // A program of the PATH has a version of its own, and the name must tell it.
  const said = await runCommand(program, ['--version']);
  const version = /\d+\.\d+\.\S+/.exec(said)?.[0] ?? 'unknown';
  return {
    name: imageReference('nats-server', version),
    base: [[...rootFiles(), ...libraryEntries(await sharedLibraries([program]))]],
    files: [{ path: 'usr/local/bin/nats-server', content: readFileSync(program), mode: 0o755 }, writableFolder('data')],
    entrypoint: ['nats-server'],
    user,
    env: [path],
    ports: ['4222/tcp', '6222/tcp', '8222/tcp'],
    labels: labels('nats-server', version),
  };
}

/** An image with Node in a layer that all of them share. */
async function nodeImage(name: NodeProgram, source: ImageSource, files: readonly TarEntry[]) {
  const memory = Object.entries(memorySettings[name]).map(([setting, value]) => `${setting}=${value}`);
  return {
    name: imageReference(name, source.version),
    base: [await nodeBase(source.root)],
    files,
    user,
    env: [path, 'NODE_ENV=production', 'HOME=/tmp', ...memory],
    workingDir: '/app',
    labels: labels(name, source.version),
  };
}

/** This machine's Node with the libraries that it and the native packages need. */
export async function nodeBase(root: string): Promise<TarEntry[]> {
  const program = nodeProgram();
  const libraries = await sharedLibraries([program, sqliteBinary(root)]);
  const entry = { path: node.slice(1), content: readFileSync(program), mode: 0o755 };
  return [...rootFiles(), ...libraryEntries(libraries), entry];
}

function labels(name: string, version: string): Record<string, string> {
  return {
    'org.opencontainers.image.title': `meshery-ts/${name}`,
    'org.opencontainers.image.version': version,
    'org.opencontainers.image.licenses': 'Apache-2.0',
  };
}
