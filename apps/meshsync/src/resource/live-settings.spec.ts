import { readConfig } from '../config.ts';
import { liveSettings } from './live-settings.ts';

function configOf(env: Readonly<Record<string, string>>) {
  const read = readConfig({ argv: ['-outputNamespaces', 'told'], env });
  if (read.kind === 'help') throw new Error('help');
  return read.values;
}

const told = configOf({ MESHSYNC_REDACT_SECRETS: 'true', LOG_LEVEL: 'warn' });
const list = { data: { blacklist: '["pods.v1."]' } };

test.each([
  ['nothing', {}, { outputNamespaces: ['told'], secretKeyNames: true }],
  ['namespaces', { namespaces: ['a'] }, { outputNamespaces: ['a'] }],
  ['that keys of Secrets are left out', { redaction: { secretKeys: true } }, { secretKeyNames: false }],
  ['that keys of Secrets are named', { redaction: { secretKeys: false } }, { secretKeyNames: true }],
  ['a watch list', { watchList: { except: ['pods.v1.'] } }, { watchList: { except: ['pods.v1.'] } }],
  ['a published watch list', { 'watch-list': list }, { watchList: list }],
  ['an empty published one', { 'watch-list': {} }, { watchList: told.watchList }],
])('a MeshSync that says %s', (_, spec, discovery) => {
  expect(liveSettings(told, spec).discovery).toMatchObject(discovery);
});

test('the log level is that of the MeshSync, else that of the environment', () => {
  expect(liveSettings(told, { logLevel: 'error' }).logLevel).toBe('error');
  expect(liveSettings(told, {}).logLevel).toBe('warn');
  expect(liveSettings(configOf({ DEBUG: 'true' }), {}).logLevel).toBe('debug');
});
