import { stringify } from 'yaml';

// Kubernetes reads YAML 1.1, in which a bare `off` is no text.
const format = { lineWidth: 0, aliasDuplicateObjects: false, compat: 'yaml-1.1' } as const;

/** Says that a program wrote a file. */
export const writtenByProgram = 'Written by `npm run generate` from tools/generators/manifests; do not edit.';

/** One document for each object. */
export function yamlText(objects: readonly object[]): string {
  return objects.map((object) => stringify(object, format)).join('---\n');
}
