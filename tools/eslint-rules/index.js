import { documentedExports } from './documented-exports.mjs';
import { kebabFilename } from './kebab-filename.mjs';

/** Our own lint rules. `@nx/eslint-plugin` loads this folder too, by its name, and asks for `rules`. */
export const rules = { 'kebab-filename': kebabFilename, 'documented-exports': documentedExports };

/** The rules as a plugin. */
export const plugin = { meta: { name: 'meshery' }, rules };
