import { parseGoDuration, withTwoDashes } from './go-arguments.ts';
import { readConfig } from './config.ts';

function values(argv: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const read = readConfig({ argv, env });
  if (read.kind === 'help') throw new Error('help');
  return read.values;
}

describe('flags and environment', () => {
  test('published flags are taken in the form of Go programs', () => {
    const argv = [
      '-output',
      'file',
      '-outputFile=x.yaml',
      '-outputNamespaces',
      'a, b',
      '-outputResources',
      'pods',
      '-stopAfter',
      '1m30s',
      '-broker-url',
      'x',
    ];
    expect(values(argv)).toMatchObject({
      output: 'file',
      outputFile: 'x.yaml',
      outputNamespaces: ['a', 'b'],
      outputResources: ['pods'],
      stopAfterMs: 90_000,
    });
  });

  test('have the published defaults', () => {
    expect(values([])).toMatchObject({
      outputFormat: 'native',
      outputNamespaces: [],
      outputResources: [],
      healthPort: 11_000,
      debug: false,
      redactSecrets: false,
      contentDedup: false,
      allowLogs: true,
      allowExec: false,
      maxSessions: 16,
    });
    expect(values([]).stopAfterMs).toBeUndefined();
    expect(values(['-stopAfter', '-1']).stopAfterMs).toBeUndefined();
  });

  test('server and Lease are named by the environment', () => {
    const env = { MESHSYNC_SERVER: 'meshery.example.com:9082', MESHSYNC_LEASE: 'meshery/agents' };
    const { output, server, lease } = values([], env);
    expect({ output, server, lease }).toEqual({
      output: undefined,
      server: 'meshery.example.com:9082',
      lease: { namespace: 'meshery', name: 'agents' },
    });
    for (const address of ['https://x:9082', 'host', 'token@host:9082'])
      expect(() => values([], { MESHSYNC_SERVER: address })).toThrow('MESHSYNC_SERVER');
  });

  test('published variables are taken', () => {
    const env = {
      BROKER_URL: 'tok@h',
      DEBUG: '1',
      MESHSYNC_REDACT_SECRETS: 'true',
      MESHSYNC_BROKER_CONTENT_DEDUP: '1',
      MESHSYNC_WATCH_LIST: '{"blacklist":["pods"]}',
    };
    expect(values([], env)).toMatchObject({
      brokerUrl: 'tok@h',
      debug: true,
      redactSecrets: true,
      contentDedup: true,
      watchList: '{"blacklist":["pods"]}',
    });
  });

  test.each([
    ['1', true],
    ['t', true],
    ['TRUE', true],
    ['0', false],
    ['F', false],
    ['verbose', false],
  ])('the published switch DEBUG=%s is %s', (text, on) => {
    expect(values([], { DEBUG: text }).debug).toBe(on);
  });

  test('the MeshSync of the agent is named by namespace and name', () => {
    expect(values([], { MESHSYNC_RESOURCE: 'meshery/agent.one' }).resource).toEqual({
      namespace: 'meshery',
      name: 'agent.one',
    });
    expect(values([]).resource).toBeUndefined();
    expect(() => values([], { MESHSYNC_RESOURCE: 'agent' })).toThrow(/MESHSYNC_RESOURCE/);
  });

  test.each([[['-output', 'disk']], [['-stopAfter', 'soon']], [['-nonsense']]])('%j is refused with a code', (argv) => {
    expect(() => readConfig({ argv, env: {} })).toThrow(
      expect.objectContaining({ code: 'meshery-config-1100' }) as Error,
    );
  });

  test('a watch list that is not JSON does not end the agent', () => {
    expect(values([], { MESHSYNC_WATCH_LIST: '{hush' }).watchList).toBe('{hush');
  });

  test('-h is help', () => {
    const read = readConfig({ argv: ['-h'], env: {} });
    expect(read.kind === 'help' && read.text).toContain('--stopAfter');
  });
});

test.each([
  ['90s', 90_000],
  ['1h2m3s', 3_723_000],
  ['1.5m', 90_000],
  ['300ms', 300],
  ['-1', -1],
  ['-1ns', -1e-6],
  ['0', 0],
  ['5', undefined],
  ['', undefined],
  ['1 s', undefined],
])('the Go duration %j is %s ms', (text, ms) => {
  expect(parseGoDuration(text)).toBe(ms);
});

test('single dashes become double ones, values do not change', () => {
  expect(withTwoDashes(['-output', 'file', '--x', '-h', '-stopAfter', '-1'])).toEqual([
    '--output',
    'file',
    '--x',
    '-h',
    '--stopAfter',
    '-1',
  ]);
});
