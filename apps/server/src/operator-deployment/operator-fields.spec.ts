import { readConfig } from '../config.ts';

function modeWith(env: Readonly<Record<string, string>>): string {
  const read = readConfig({ argv: [], env: { HOME: '/tmp', ...env } });
  return read.kind === 'config' ? read.config.meshsyncMode : read.kind;
}

test.each([
  ['on a desk', {}, 'embedded'],
  ['in a container of a cluster', { KUBERNETES_SERVICE_HOST: '10.96.0.1' }, 'operator'],
  ['where somebody says so', { KUBERNETES_SERVICE_HOST: '10.96.0.1', MESHERY_MESHSYNC_MODE: 'embedded' }, 'embedded'],
  ['where somebody says otherwise', { MESHERY_MESHSYNC_MODE: 'operator' }, 'operator'],
])('%s clusters that say nothing are discovered by mode', (_where, env, mode) => {
  expect(modeWith(env)).toBe(mode);
});

test.each(['registry.example.com/m/', 'https://registry.example.com', 'a b'])('%s is no registry', (registry) => {
  expect(() => modeWith({ MESHERY_IMAGE_REGISTRY: registry })).toThrow('MESHERY_IMAGE_REGISTRY');
});
