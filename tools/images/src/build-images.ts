import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildProjects } from '../../build/src/build-projects.ts';
import { repositoryRoot } from '../../build/src/workspace.ts';
import { type ImageSpec, composeImage } from '../../cluster/src/oci-image.ts';
import { withLock } from '../../setup/lock.mjs';
import { cacheRoot } from '../../setup/src/binaries.ts';
import { type Say, sayOnStderr, step } from '../../setup/src/progress.ts';
import { ToolError } from '../../setup/src/tool-error.ts';
import { billOf } from './materials.ts';
import { type ImageName, type ImageRecipe, type ImageSource, imageRecipes } from './recipes.ts';

/** What to build. */
export interface ImagesOptions {
  /** Every image when empty or absent. */
  readonly names?: readonly string[];
  readonly say?: Say;
}

/** One image and where it lies. */
export interface BuiltImage {
  readonly name: ImageName;
  /** What clusters call it. */
  readonly reference: string;
  /** The archive, for `docker load` and containerd. */
  readonly archive: string;
  /** Its CycloneDX bill of materials. */
  readonly bill: string;
  readonly bytes: number;
  /** SHA-256 of what is in it (hex). */
  readonly hash: string;
  readonly outcome: 'built' | 'unchanged';
}

const LOCK_TIMEOUT_MS = 10 * 60_000;

/** Where archives and bills are kept. */
export function imagesFolder(): string {
  return join(cacheRoot(), 'images');
}

/** Builds images; one whose content is as it was keeps its archive. Throws a ToolError with the remedy. */
export async function buildImages(options: ImagesOptions = {}): Promise<readonly BuiltImage[]> {
  if (process.platform !== 'linux') {
    throw new ToolError(
      `images are composed of this machine's programs, and it runs ${process.platform}, not Linux`,
      'Build them with a container engine: see deploy/images/README.md',
    );
  }
  const say = options.say ?? sayOnStderr;
  const recipes = chosenRecipes(options.names ?? []);
  const apps = [...new Set(recipes.flatMap((recipe) => recipe.builds))];
  if (apps.length > 0) await buildProjects({ names: apps, say });
  const source: ImageSource = { root: repositoryRoot, version: productVersion(repositoryRoot) };
  return withLock(join(cacheRoot(), 'locks', 'images'), { timeoutMs: LOCK_TIMEOUT_MS }, async () => {
    const images: BuiltImage[] = [];
    for (const recipe of recipes) images.push(await buildOne(recipe, source, say));
    return images;
  });
}

function chosenRecipes(names: readonly string[]): readonly ImageRecipe[] {
  const unknown = names.filter((name) => !imageRecipes.some((recipe) => recipe.name === name));
  if (unknown.length > 0) {
    const known = imageRecipes.map((recipe) => recipe.name).join(', ');
    throw new ToolError(`there is no image ${unknown.join(', ')}`, `Known images: ${known}`);
  }
  return names.length === 0 ? imageRecipes : imageRecipes.filter((recipe) => names.includes(recipe.name));
}

function productVersion(root: string): string {
  return (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version;
}

async function buildOne(recipe: ImageRecipe, source: ImageSource, say: Say): Promise<BuiltImage> {
  const folder = imagesFolder();
  const [archive, bill, record] = ['.tar', '.cdx.json', '.sha256'].map((end) => join(folder, `${recipe.name}${end}`));
  if (archive === undefined || bill === undefined || record === undefined) throw new Error('no paths');
  const spec = await recipe.compose(source);
  const hash = hashOf(spec);
  const described = { name: recipe.name, reference: spec.name, archive, bill, hash };
  const isThere = [archive, bill, record].every((path) => existsSync(path));
  if (isThere && readFileSync(record, 'utf8') === hash)
    return { ...described, bytes: statSync(archive).size, outcome: 'unchanged' };
  mkdirSync(folder, { recursive: true });
  const bytes = await step(say, `composing ${spec.name}`, async () => {
    const content = composeImage(spec);
    replace(archive, content);
    replace(bill, await billOf(recipe, source, { spec, hash }));
    // Last, so that a run that was cut off before is done again.
    replace(record, hash);
    return content.length;
  });
  return { ...described, bytes, outcome: 'built' };
}

/** A reader sees the old file or the new one. */
function replace(path: string, content: string | Buffer): void {
  writeFileSync(`${path}.new`, content);
  renameSync(`${path}.new`, path);
}

/** The SHA-256 of everything that decides an image. */
export function hashOf(spec: ImageSpec): string {
  const { base = [], files, ...settings } = spec;
  const hash = createHash('sha256').update(JSON.stringify(settings));
  for (const layer of [...base, files]) {
    hash.update('\nlayer');
    for (const { path, mode, owner, content } of layer) {
      hash.update(`\n${JSON.stringify([path, mode, owner, content.length])}`).update(content);
    }
  }
  return hash.digest('hex');
}
