/** Writes the CustomResourceDefinitions of our kinds, and the page that explains them, from their definition in contracts. */
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { customResourceDefinitions, meshGroup } from '@meshery/contracts/crds';
import { stringify } from 'yaml';
import { customResourcesSpec } from './custom-resources-spec.ts';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const head = '# Written by `npm run generate` from libs/contracts/src/crds; do not edit.\n';

// Kubernetes reads YAML 1.1, in which a bare `off` is no text.
const format = { lineWidth: 0, aliasDuplicateObjects: false, compat: 'yaml-1.1' } as const;

const definitions = customResourceDefinitions();
writeFileSync(join(root, 'docs', 'spec', 'custom-resources.md'), customResourcesSpec(definitions));
for (const definition of definitions) {
  const [plural] = definition.metadata.name.split('.');
  const text = stringify(definition, format);
  writeFileSync(join(root, 'deploy', 'crds', `${meshGroup}_${plural ?? ''}.yaml`), `${head}${text}`);
}
