import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { customResourceDefinitions } from '@meshery/contracts/crds';
import { parse, parseAllDocuments } from 'yaml';
import { operatorManifest } from '../../../apps/server/src/operator-deployment/generated/operator-manifest.ts';

const kustomize = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'deploy', 'kustomize');

/** The objects of a file, without fields that nobody set. */
function objectsOf(folder: string, file: string): readonly { readonly kind: string }[] {
  return parseAllDocuments(readFileSync(join(kustomize, folder, file), 'utf8')).map(
    (document) => document.toJS() as { kind: string },
  );
}

test('the server deploys exactly what Kustomize installs', () => {
  const { resources } = parse(readFileSync(join(kustomize, 'operator', 'kustomization.yaml'), 'utf8')) as {
    readonly resources: readonly string[];
  };
  const installed = [
    ...resources.flatMap((file) => objectsOf('operator', file)),
    ...objectsOf('server', 'broker.yaml'),
    ...objectsOf('server', 'meshsync.yaml'),
  ];
  const definitions = JSON.parse(JSON.stringify(customResourceDefinitions())) as typeof installed;
  expect(installed.filter(({ kind }) => kind === 'CustomResourceDefinition')).toEqual(definitions);
  expect(installed.filter(({ kind }) => kind !== 'CustomResourceDefinition')).toEqual(operatorManifest);
});
