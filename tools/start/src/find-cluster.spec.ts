import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findCluster } from './find-cluster.ts';
import { checkSettings, parseStartArguments } from './start-arguments.ts';

function kubeconfig(server: string): string {
  return `apiVersion: v1
kind: Config
current-context: mine
contexts: [{ name: mine, context: { cluster: c, user: u } }]
clusters: [{ name: c, cluster: { server: "${server}" } }]
users: [{ name: u, user: { token: t } }]
`;
}

describe('findCluster', () => {
  let folder: string;
  let listener: Server;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'start-'));
    listener = createServer();
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    rmSync(folder, { recursive: true });
    if (listener.listening) await new Promise((resolve) => listener.close(resolve));
  });
  const port = (): string => String((listener.address() as AddressInfo).port);
  const look = (text: string): ReturnType<typeof findCluster> => {
    const file = join(folder, 'config');
    writeFileSync(file, text);
    return findCluster({ env: { KUBECONFIG: file } });
  };

  test('an API server that accepts connections is used', async () => {
    expect(await look(kubeconfig(`https://127.0.0.1:${port()}`))).toEqual({ kind: 'reachable', context: 'mine' });
  });

  test('one that refuses them is told with its address', async () => {
    const server = `https://127.0.0.1:${port()}`;
    await new Promise((resolve) => listener.close(resolve));
    const found = await look(kubeconfig(server));
    expect(found).toMatchObject({ kind: 'none', reason: expect.stringContaining(server) as string });
  });

  test.each([['not: [yaml'], ['apiVersion: v1\nkind: Config\n']])(
    'an unusable kubeconfig is a reason: %j',
    async (text) => {
      expect((await look(text)).kind).toBe('none');
    },
  );

  test('no kubeconfig at all is a reason, which names where it was looked for once', async () => {
    const reason = `there is no kubeconfig at ${join(folder, '.kube', 'config')}`;
    expect(await findCluster({ env: { HOME: folder } })).toEqual({ kind: 'none', reason });
  });
});

describe('checkSettings', () => {
  test('what the server would refuse is refused before anything is built', () => {
    expect(() => {
      checkSettings(['--bogus'], {});
    }).toThrow('--bogus: there is no such flag');
    expect(() => {
      checkSettings(['--host', '0.0.0.0'], {});
    }).toThrow('without TLS');
    checkSettings(['--port', '9081', '--no-browser', '--context=all'], {});
  });
});

describe('parseStartArguments', () => {
  test.each([
    [['--context', 'all'], { namesClusters: true }],
    [['--kubeconfig=/x'], { namesClusters: true }],
    [['--no-discovery'], { namesClusters: false, wantsNoCluster: true }],
    [['--port', '1', '--help'], { help: true }],
  ])('%j', (argv, expected) => {
    expect(parseStartArguments(argv)).toMatchObject({ ...expected, forServer: argv });
  });
});
