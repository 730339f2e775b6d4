import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MesheryServer, ScriptedIssuer, httpRequest, makeTempDir } from '@meshery/testing';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { buildProjects } from '../../tools/build/src/build-projects.ts';
import { findings } from './support/axe.ts';
import { launchBrowser, openPage } from './support/browser.ts';
import type { WatchedPage } from './support/browser.ts';

/** The sign-in page of a real server with an OpenID Connect issuer, and with a remote provider that is away. */

const exportFolder = fileURLToPath(new URL('../../apps/provider-ui/out', import.meta.url));
const dir = makeTempDir('sign-in-e2e');
let issuer: ScriptedIssuer;
let server: MesheryServer;
let browser: Browser;

beforeAll(async () => {
  await buildProjects({ names: ['provider-ui', 'server'] });
  issuer = await ScriptedIssuer.start();
  const secret = join(dir.path, 'secret');
  writeFileSync(secret, ScriptedIssuer.clientSecret);
  server = await MesheryServer.start({
    args: ['--provider-ui-dir', exportFolder],
    env: {
      MESHERY_OIDC_ISSUER: issuer.url,
      MESHERY_OIDC_CLIENT_ID: ScriptedIssuer.clientId,
      MESHERY_OIDC_CLIENT_SECRET_FILE: secret,
      MESHERY_OIDC_ROLES: '{"operators":"editor"}',
      MESHERY_OIDC_NAME: 'Example ID',
      PROVIDER_BASE_URLS: 'http://127.0.0.1:9',
    },
  });
  browser = await launchBrowser();
}, 600_000);

afterAll(async () => {
  await browser.close();
  await server.stop();
  await issuer.stop();
  dir.remove();
});

/** Opens the page and waits until it knows every way to sign in. */
async function open(path = '/provider', options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const watched = await openPage(browser, options);
  await watched.page.goto(`${server.url}${path}`);
  await withIssuer(watched.page).waitFor();
  await watched.page.getByText('Does not answer').waitFor();
  return watched;
}

function withIssuer(page: Page) {
  return page.getByRole('link', { name: 'Sign in with Example ID' });
}

async function userOf(page: Page): Promise<unknown> {
  return (await page.request.get(`${server.url}/api/user`)).json();
}

async function freshCode(): Promise<string> {
  const init = { method: 'POST', headers: server.client.headers };
  const { body } = await httpRequest(`${server.url}/auth/local/code`, init);
  const { path } = JSON.parse(body.toString('utf8')) as { path: string };
  return new URL(path, server.url).searchParams.get('code') ?? '';
}

it('signs in with a code and the keyboard alone, without asking anybody outside', async () => {
  const { page, faults, close } = await openPage(browser);
  const foreign: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(server.url)) foreign.push(request.url());
  });
  await page.goto(`${server.url}/?kind=Pod`);
  await withIssuer(page).waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.type(await freshCode());
  await page.keyboard.press('Enter');
  await page.waitForURL(`${server.url}/?kind=Pod`);
  expect(await userOf(page)).toMatchObject({ name: 'Meshery' });
  expect([faults, foreign]).toEqual([[], []]);
  await close();
});

it('signs in with the issuer and leads to the page that was asked for', async () => {
  const { page, faults, close } = await open('/provider?next=%2F%3Fkind%3DJob');
  await withIssuer(page).click();
  await page.waitForURL(`${server.url}/?kind=Job`);
  expect(await userOf(page)).toMatchObject({ name: 'ada', roleNames: ['editor'] });
  expect(faults).toEqual([]);
  await close();
});

it('says why a sign-in failed, and the other ways go on', async () => {
  const { page, faults, close } = await open();
  issuer.fault = { claims: { aud: 'another' } };
  await withIssuer(page).click();
  await page.waitForURL(/\/provider\?error=meshery-auth-1207$/);
  await page.getByRole('alert').getByText('Code meshery-auth-1207').waitFor();
  await page.getByRole('textbox', { name: 'One-time code' }).fill('wrong');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').getByText('The code or link is wrong').waitFor();
  await page.getByRole('textbox', { name: 'One-time code' }).fill(await freshCode());
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(`${server.url}/`);
  expect(faults).toEqual([]);
  await close();
});

it('shows no words of a stranger', async () => {
  const { page, faults, close } = await open('/provider?error=%3Cimg%20src%3Dx%3E%20call%20us');
  await page.getByRole('alert').getByText('Signing in did not work').waitFor();
  expect(await page.getByText('call us').count()).toBe(0);
  expect(faults).toEqual([]);
  await close();
});

it('leads to a remote provider, and says that it is away', async () => {
  const { page, close } = await open('/provider?next=%2F%3Fkind%3DJob');
  const link = page.getByRole('link', { name: 'Sign in with 127.0.0.1:9' });
  const reference = Buffer.from('/?kind=Job').toString('base64url');
  expect(await link.getAttribute('href')).toBe(`/api/provider?provider=127.0.0.1%3A9&ref=${reference}`);
  await close();
});

describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
  it.each([
    ['wide', { width: 1440, height: 900 }],
    ['narrow', { width: 320, height: 640 }],
  ])('axe finds nothing on a %s screen', async (_name, viewport) => {
    const path = '/provider?error=meshery-auth-1206';
    const { page, close } = await open(path, { colorScheme, viewport, bypassCSP: true });
    await page.getByText('Where is my code?').click();
    expect(await findings(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await close();
  });

  it('has the colours that somebody chose in the dashboard', async () => {
    const other = colorScheme === 'light' ? 'dark' : 'light';
    const { page, close } = await open('/provider', { colorScheme });
    await page.evaluate(`localStorage.setItem('mui-mode', '${other}')`);
    await page.reload();
    const background = await page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    expect(background).toBe(other === 'light' ? 'rgb(246, 247, 248)' : 'rgb(15, 18, 21)');
    await close();
  });
});
