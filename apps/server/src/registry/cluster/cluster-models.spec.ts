import { modelDraft } from '@meshery/object-model';
import { componentFrom, groupModel, kubernetesModel } from './cluster-models.ts';

test.each([
  ['cert-manager.io', 'v1', 'cert-manager-io', 'Cert Manager Io', 'v1.0.0'],
  ['k8s.nginx.org', 'v2beta3', 'k8s-nginx-org', 'K8s Nginx Org', 'v2.0.0-beta.3'],
  ['odd', 'foo', 'odd', 'Odd', 'v0.0.0'],
])('the model of %s in %s', (group, version, ...texts) => {
  const model = groupModel(group, version);
  expect([model.name, model.displayName, model.modelVersion]).toEqual(texts);
  expect(modelDraft.parse(model)).toEqual(model);
});

test('models are as the registry takes them, whatever a cluster says', () => {
  for (const model of [groupModel('a'.repeat(253), 'v1'), kubernetesModel('v1.33.1+k3s1')]) {
    expect(modelDraft.parse(model)).toEqual(model);
  }
});

test('a component has its scope and a description of bounded length; what has no name is none', () => {
  const found = {
    kind: 'Good',
    isNamespaced: true,
    isNative: false,
    description: `a\0${'b'.repeat(9000)}`,
    schema: '{}',
  };
  const made = componentFrom(found, 'shop.io/v1');
  expect(made).toMatchObject({ kind: 'Good', apiVersion: 'shop.io/v1', metadata: { isNamespaced: true } });
  expect(made?.description).toBe(`a${'b'.repeat(4095)}`);
  expect(componentFrom({ ...found, kind: '../x' }, 'shop.io/v1')).toBeUndefined();
});
