import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ReferenceProvider, TcpFaultProxy } from '@meshery/testing';
import { CookieBrowser } from './cookie-browser.ts';
import { knowProvider } from './known-provider.ts';
import { startTestServer } from './server-harness.ts';
import type { TestServer } from './server-harness.ts';

/** What signing out leaves behind when the provider, a process of its own, could not be told of it. */

let provider: ReferenceProvider;
let way: TcpFaultProxy;
let server: TestServer;
let folder: string;
const key = (): string => `127.0.0.1:${String(way.port)}`;
async function start(): Promise<TestServer> {
  const started = await startTestServer({ folder, env: { PROVIDER_BASE_URLS: `http://${key()}` } });
  await knowProvider(started);
  return started;
}
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meshery-sign-out-'));
  provider = await ReferenceProvider.start();
  way = await TcpFaultProxy.start({ targetPort: Number(new URL(provider.url).port) });
  server = await start();
});
afterAll(async () => {
  await server.stop();
  await way.close();
  await provider.process.stop();
  await rm(folder, { recursive: true, force: true });
});

async function signIn(): Promise<CookieBrowser> {
  const browser = new CookieBrowser(server.url);
  await browser.open(`/api/provider?provider=${key()}`);
  const asked = await browser.open('/user/login');
  await browser.open(await provider.fillIn(asked.headers.get('location') ?? '', 'ada'));
  return browser;
}

const statusWith = async (token: string): Promise<number> => {
  const cookie = `token=${token}; meshery-provider=${key()}`;
  return (await fetch(`${server.url}/api/user`, { headers: { cookie } })).status;
};

test('a kept copy of the token is refused after a restart as well; other sessions go on', async () => {
  const [leaving, staying] = [await signIn(), await signIn()];
  const [left = '', kept = ''] = [leaving, staying].map(({ cookies }) => cookies.get('token'));
  expect([await statusWith(left), await statusWith(kept)]).toEqual([200, 200]);
  way.injectEverywhere({ type: 'refuse' });
  expect((await leaving.open('/user/logout')).headers.get('location')).toBe('/provider');
  way.heal();
  await server.stop();
  expect(server.lines.join('\n')).toContain('the provider could not be told of a sign-out');
  server = await start();
  expect([await statusWith(left), await statusWith(kept)]).toEqual([401, 200]);
});
