import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ImageSpec } from '../../cluster/src/oci-image.ts';
import { recipeOf } from '../../setup/src/recipes.ts';
import { type NpmPackage, bundledFolders, dependencyFolders, describePackages, readLock } from './bundled-packages.ts';
import { koffiFolders } from './app-files.ts';
import { debianOrigins } from './debian-origin.ts';
import { type ImageRecipe, type ImageSource, exportFolder, nodeProgram, pageApps } from './recipes.ts';
import { type GoModule, type ImageFile, cycloneDx, requiredModules } from './sbom.ts';

/** The bill of materials of an image, as a CycloneDX document. */
export async function billOf(
  recipe: ImageRecipe,
  source: ImageSource,
  image: { spec: ImageSpec; hash: string },
): Promise<string> {
  const { spec, hash } = image;
  const [name = '', version = ''] = spec.name.split(/:(?=[^/]*$)/);
  const packages = packagesOf(recipe, source.root);
  return cycloneDx({
    name,
    version,
    hash,
    packages,
    files: await filesOf(recipe, spec),
    modules: modulesOf(recipe, source.root),
  });
}

/** Packages that stay outside the bundles. */
const nativeFolders: Readonly<Record<string, readonly string[]>> = {
  server: ['node_modules/better-sqlite3', ...koffiFolders],
  'broker-bridge': koffiFolders,
};

function packagesOf(recipe: ImageRecipe, root: string): NpmPackage[] {
  const lock = readLock(root);
  const pages = pageApps.filter((app) => recipe.builds.includes(app) && exportFolder(root, app) !== undefined);
  const bundles = recipe.builds.filter((app) => !pageApps.some((page) => page === app));
  const folders = bundles.flatMap((app) => bundledFolders(root, join(root, 'dist', app)));
  const native = nativeFolders[recipe.name] ?? [];
  const shown = pages.flatMap((app) => dependencyFolders(lock, `apps/${app}`));
  return describePackages(root, lock, [...folders, ...native, ...shown]);
}

/** The Node program and the shared libraries; our own scripts are the image itself. */
async function filesOf(recipe: ImageRecipe, spec: ImageSpec): Promise<ImageFile[]> {
  const entries = [...(spec.base ?? []).flat(), ...spec.files];
  const libraries = entries.filter(({ path }) => /\.(so|node)(\.|$)/.test(path));
  const origins = await debianOrigins(libraries.map(({ path }) => `/${path}`));
  const files = libraries.map(({ path, content }): ImageFile => {
    const origin = origins.get(`/${path}`);
    return { name: `/${path}`, content, ...(origin === undefined ? {} : { origin }) };
  });
  if (recipe.builds.length === 0) return files;
  const version = process.versions.node;
  const origin = { version, purl: `pkg:generic/node@${version}` };
  return [{ name: 'node', origin, license: 'MIT', content: readFileSync(nodeProgram()) }, ...files];
}

function modulesOf(recipe: ImageRecipe, root: string): GoModule[] {
  if (recipe.program === undefined) return [];
  const { module } = recipeOf(recipe.program);
  return requiredModules(readFileSync(join(root, 'tools', 'setup', 'go', module, 'go.mod'), 'utf8'));
}
