import { createProjectGraphAsync } from '@nx/devkit';

/**
 * Makes Nx's project graph before any file is linted. `@nx/enforce-module-boundaries` only reads the cached graph and
 * lets every file pass, with nothing but a warning, where there is none: on a fresh clone the rule would be no rule.
 */
export async function ensureProjectGraph() {
  process.env.NX_DAEMON = 'false';
  process.env.NX_ISOLATE_PLUGINS = 'false';
  await createProjectGraphAsync({ exitOnError: true });
}
