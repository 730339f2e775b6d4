import { checkConnection } from './connection-file.ts';

const check = (text: string) => checkConnection(text, '/etc/meshery');

test('YAML and JSON are read, paths are relative to the file', () => {
  const result = check(
    'name: prod\nurl: nats://nats.meshery:4222\ntokenFile: token\ntls: {caFile: /ca.pem, serverName: x}\n',
  );
  expect(result).toMatchObject({
    ok: true,
    connection: {
      name: 'prod',
      mode: 'auto',
      tokenFile: '/etc/meshery/token',
      tls: { caFile: '/ca.pem', serverName: 'x' },
    },
  });
  expect(check('{"name":"a","url":"h","clusterId":"c-1","mode":"native"}')).toMatchObject({ ok: true });
});

test.each([
  ['credentials in the URL', '{"name":"a","url":"nats://hush@h"}', 'url'],
  ['a name that is no label', '{"name":"A b","url":"h"}', 'name'],
  ['an unknown field', '{"name":"a","url":"h","token":"hush"}', 'file'],
  ['a cluster id with a dot', '{"name":"a","url":"h","clusterId":"a.b"}', 'clusterId'],
  ['an unknown mode', '{"name":"a","url":"h","mode":"both"}', 'mode'],
  ['no YAML', '{"name":', 'YAML'],
  ['an empty file', '', 'file'],
])('%s is refused by name, without values', (_name, text, where) => {
  const result = check(text);
  expect(result.ok ? '' : result.reason).toContain(where);
  expect(JSON.stringify(result)).not.toContain('hush');
});
