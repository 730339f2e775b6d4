import { readdirSync } from 'node:fs';

/** Scopes are the names of the projects; the ones without a project are parts of the repository. */
const folders = ['apps', 'apps/adapters', 'libs', 'tools'].flatMap((parent) => {
  try {
    return readdirSync(new URL(`./${parent}/`, import.meta.url), { withFileTypes: true });
  } catch {
    // A folder that the product does not have yet has no scopes.
    return [];
  }
});
const scopes = folders.filter((entry) => entry.isDirectory()).map((entry) => entry.name);

export default {
  extends: ['@commitlint/config-conventional'],
  rules: {
    'scope-enum': [2, 'always', [...scopes, 'adapters', 'proto', 'deploy', 'docs', 'ci', 'e2e', 'deps']],
    'header-max-length': [2, 'always', 72],
    'subject-case': [0],
    'body-max-line-length': [0],
  },
};
