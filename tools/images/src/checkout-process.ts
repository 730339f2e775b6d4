/** Builds the images of another checkout by its own rules; arguments: its folder, the tag, the folder for archives. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [root = '', tag = '', folder = ''] = process.argv.slice(2);
const its = (path: string): Promise<unknown> => import(join(root, 'tools', path));
const { buildProjects } = (await its(
  'build/src/build-projects.ts',
)) as typeof import('../../build/src/build-projects.ts');
const { composeImage } = (await its('cluster/src/oci-image.ts')) as typeof import('../../cluster/src/oci-image.ts');
const { imageRecipes } = (await its('images/src/recipes.ts')) as typeof import('./recipes.ts');

const recipes = imageRecipes.filter(({ builds }) => builds.length > 0);
// An export of pages takes a minute, and the server does without.
const pages = ['dashboard', 'provider-ui'];
await buildProjects({ names: recipes.flatMap(({ builds }) => builds).filter((name) => !pages.includes(name)) });
mkdirSync(folder, { recursive: true });
for (const { name, compose } of recipes) {
  writeFileSync(join(folder, `${name}.tar`), composeImage(await compose({ root, version: tag })));
}
