import { fileURLToPath } from 'node:url';
import { MesheryServer, httpRequest } from '@meshery/testing';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { buildProjects } from '../../tools/build/src/build-projects.ts';
import { launchBrowser, openPage, type WatchedPage } from './support/browser.ts';

const exported = (app: string): string => fileURLToPath(new URL(`../../apps/${app}/out`, import.meta.url));
const deepLink = '/?kind=Pod&namespace=team+a&q=a%26b&object=nobody&tab=yaml';

let server: MesheryServer;
let browser: Browser;

beforeAll(async () => {
  await buildProjects({ names: ['dashboard', 'provider-ui', 'server'] });
  const pages = ['--dashboard-dir', exported('dashboard'), '--provider-ui-dir', exported('provider-ui')];
  server = await MesheryServer.start({ args: pages });
  browser = await launchBrowser();
}, 600_000);

afterAll(async () => {
  await browser.close();
  await server.stop();
});

/** The path of a fresh sign-in link, as the server prints it. */
async function signInPath(): Promise<string> {
  const url = `${server.url}/auth/local/code`;
  const answer = await httpRequest(url, { method: 'POST', headers: server.client.headers });
  return (JSON.parse(answer.body.toString('utf8')) as { path: string }).path;
}

/** A new user, signed in with the code that an administrator gave them. */
async function openAs(name: string): Promise<WatchedPage> {
  const { headers } = server.client;
  const post = async (path: string, body: object): Promise<Record<string, string>> => {
    const init = { method: 'POST', headers: { ...headers, 'content-type': 'application/json' } };
    const answer = await httpRequest(`${server.url}${path}`, { ...init, body: JSON.stringify(body) });
    return JSON.parse(answer.body.toString('utf8')) as Record<string, string>;
  };
  const { id } = await post('/api/identity/users', { name });
  const { path } = await post(`/api/identity/users/${String(id)}/code`, {});
  const watched = await openPage(browser);
  await watched.page.goto(`${server.url}${String(path)}`);
  return watched;
}

async function enterCode(page: Page, code: string): Promise<void> {
  await page.getByRole('textbox', { name: 'One-time code' }).fill(code);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

async function freshCode(): Promise<string> {
  return new URL(await signInPath(), server.url).searchParams.get('code') ?? '';
}

/** Opens a path with a session and waits until the page has read what there is. */
async function openSignedIn(path: string): Promise<WatchedPage> {
  const watched = await openPage(browser);
  await watched.page.goto(`${server.url}${await signInPath()}`);
  await watched.page.goto(`${server.url}${path}`);
  await watched.page.getByText('No cluster is known yet').waitFor();
  return watched;
}

function accountButton(page: Page) {
  return page.getByRole('button', { name: 'Account: Meshery' });
}

/** Waits for the page of the deep link: its address, its filters and its open object. */
async function untilDeepLink(page: Page): Promise<void> {
  await page.waitForURL(`${server.url}${deepLink}`);
  await page.getByRole('button', { name: 'Remove filter Kind: Pod' }).waitFor();
  await page.getByRole('button', { name: 'Remove filter Namespace: team a' }).waitFor();
  await page.getByText('This object does not exist any more').waitFor();
}

async function untilSignInPage(page: Page): Promise<void> {
  await page.waitForURL(/\/provider\/?$/);
  await page.getByRole('heading', { name: 'Sign in to Meshery' }).waitFor();
}

async function sessionCookies(context: BrowserContext): Promise<readonly string[]> {
  const cookies = await context.cookies();
  return cookies.map(({ name }) => name).filter((name) => name === 'token' || name === 'meshery-provider');
}

describe('a deep link without identity', () => {
  it('is opened after a code was entered, even when the first one was wrong', async () => {
    const { page, close } = await openPage(browser);
    await page.goto(`${server.url}${deepLink}`);
    await untilSignInPage(page);
    await enterCode(page, 'wrong');
    await page.getByText('The code or link is wrong, used or older').waitFor();
    await enterCode(page, await freshCode());
    await untilDeepLink(page);
    await close();
  });

  it('is opened by the printed link in another tab, once', async () => {
    const { page, close } = await openPage(browser);
    await page.goto(`${server.url}${deepLink}`);
    await untilSignInPage(page);
    const tab = await page.context().newPage();
    await tab.goto(`${server.url}${await signInPath()}`);
    await untilDeepLink(tab);
    await tab.goto(`${server.url}${await signInPath()}`);
    expect(tab.url()).toBe(`${server.url}/`);
    await close();
  });

  it('is opened again where the session ended, even after a wrong code', async () => {
    const { page, close } = await openSignedIn(deepLink);
    await page.context().clearCookies();
    await page.getByText('You are signed out').waitFor();
    const otherWays = await page.getByRole('link', { name: 'Other ways to sign in' }).getAttribute('href');
    expect(new URL(otherWays ?? '', server.url).searchParams.get('next')).toBe(deepLink);
    await enterCode(page, 'wrong');
    await page.getByText('The code or link is wrong, used or older').waitFor();
    await enterCode(page, await freshCode());
    await untilDeepLink(page);
    await close();
  });

  it.each(['//example.invalid/', '/\\example.invalid/', 'https://example.invalid/', '/\t/example.invalid/'])(
    'never leads to another site: %j',
    async (target) => {
      const { page, close } = await openPage(browser);
      await page.goto(`${server.url}${await signInPath()}&next=${encodeURIComponent(target)}`);
      expect(page.url()).toBe(`${server.url}/`);
      await close();
    },
  );
});

describe('the account in the header', () => {
  it('has the name of whoever is signed in', async () => {
    const [owner, user] = [await openSignedIn('/'), await openAs('Vera <b>Weber</b>')];
    await accountButton(owner.page).waitFor();
    await user.page.getByRole('button', { name: 'Account: Vera <b>Weber</b>', exact: true }).click();
    const menu = user.page.getByRole('menu', { name: 'Vera <b>Weber</b>', exact: true });
    await menu.getByText('Signed in with the Local provider').waitFor();
    expect([owner.faults, user.faults]).toEqual([[], []]);
    await Promise.all([owner.close(), user.close()]);
  });

  it('lets one out when the server does not say who it is', async () => {
    const { page, close } = await openSignedIn('/');
    await page.route('**/api/user', (route) => route.fulfill({ status: 404, body: '{}' }));
    await page.goto(`${server.url}/`);
    await page.getByRole('button', { name: 'Account', exact: true }).click();
    await page.getByText('The server did not say who you are').waitFor();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await untilSignInPage(page);
    await close();
  });
});

describe('signing out', () => {
  it('ends the session with the keyboard alone, and the Back button shows nothing', async () => {
    const { page, faults, close } = await openSignedIn('/?kind=Pod');
    const session = await page.context().cookies();
    await accountButton(page).focus();
    await page.keyboard.press('Enter');
    const item = page.getByRole('menu', { name: 'Meshery' }).getByRole('menuitem', { name: 'Sign out' });
    await item.waitFor();
    await page.keyboard.press('Escape');
    await item.waitFor({ state: 'detached' });
    await page.locator('[aria-haspopup=menu]:focus').waitFor();
    await page.keyboard.press('Enter');
    await page.locator('[role=menuitem]:focus').filter({ hasText: 'Sign out' }).waitFor();
    await page.keyboard.press('Enter');
    await untilSignInPage(page);
    expect(await sessionCookies(page.context())).toEqual([]);
    await page.context().addCookies(session);
    expect((await page.request.get(`${server.url}/api/system/clusters`)).status()).toBe(401);
    await page.goBack();
    await page.getByRole('heading', { name: 'Sign in to Meshery' }).waitFor();
    expect(faults).toEqual([]);
    await close();
  });

  it('does not stay readable in a page that the browser keeps for the Back button', async () => {
    const { page, close } = await openSignedIn('/');
    await page.route('**/provider/', (route) => route.fulfill({ status: 204 }));
    const left = page.waitForResponse('**/provider/');
    await accountButton(page).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await left;
    await page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");
    await untilSignInPage(page);
    await close();
  });

  it('takes the other tabs along', async () => {
    const { page, close } = await openSignedIn('/');
    const tab = await page.context().newPage();
    await tab.goto(`${server.url}/`);
    await accountButton(page).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await untilSignInPage(page);
    await tab.getByText('You are signed out').waitFor();
    await accountButton(tab).waitFor({ state: 'detached' });
    await close();
  });

  it('stays and says why when the server does not answer, and works again afterwards', async () => {
    const { page, close } = await openSignedIn('/?kind=Pod');
    await server.kill();
    await accountButton(page).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    const dialog = page.getByRole('dialog', { name: 'You are still signed in' });
    await dialog.getByRole('alert').getByText('The server does not answer').waitFor();
    expect(page.url()).toBe(`${server.url}/?kind=Pod`);
    expect(await sessionCookies(page.context())).toHaveLength(2);
    await server.up();
    await dialog.getByRole('button', { name: 'Try again' }).click();
    await untilSignInPage(page);
    await close();
  });
});
