import type { BrowserContextOptions } from 'playwright-core';
import { detailedObject } from '../../apps/dashboard/test-fixtures/fixture-objects.ts';
import { findings } from './support/axe.ts';
import { DashboardFixture, untilLive, untilTotal } from './support/fixture.ts';

const count = 20_000;
const themes = ['light', 'dark'] as const;
let dashboard: DashboardFixture;

beforeAll(async () => {
  dashboard = await DashboardFixture.start(count);
}, 600_000);

afterAll(async () => {
  await dashboard.close();
});

afterEach(() => {
  dashboard.server.listFails = false;
  dashboard.server.signedOut = false;
  dashboard.server.signOutFails = false;
});

/** The policy of the page would keep axe out; only here it is set aside. */
function open(path: string, options: BrowserContextOptions) {
  return dashboard.open(path, { bypassCSP: true, reducedMotion: 'reduce', ...options });
}

describe.each(themes)('axe finds nothing in the %s theme', (colorScheme) => {
  it('with 20,000 rows loaded and the detail open', async () => {
    const { page, close } = await open(`/?object=${detailedObject.uid}`, { colorScheme });
    await untilLive(page);
    await untilTotal(page, count + 1);
    await page.getByText('all containers run').waitFor();
    expect(await findings(page)).toEqual([]);
    await page.getByRole('tab', { name: 'YAML' }).click();
    await page.getByText('big: 9007199254740993').waitFor();
    expect(await findings(page)).toEqual([]);
    await close();
  });

  it('with filters, the list of a field open and an error in it', async () => {
    const { page, close } = await open('/?kind=Pod&namespace=default&label=tier%3Dfront&q=a', { colorScheme });
    await untilLive(page);
    const labels = page.getByRole('combobox', { name: 'Labels' });
    await labels.fill('x');
    await labels.press('Enter');
    await page.getByText('Write a label as key=value').waitFor();
    await page.getByRole('combobox', { name: 'Namespaces' }).click();
    await page.getByRole('option', { name: 'payments' }).waitFor();
    expect(await findings(page)).toEqual([]);
    await close();
  });

  it.each([
    ['sync states', '/?sync=1', 'Changes arrive 40 s late'],
    ['nothing found', '/?q=nothing-has-this-name', 'No object matches'],
    ['gone object', '/?object=nobody', 'This object does not exist any more'],
  ])('on: %s', async (_name, path, text) => {
    const { page, close } = await open(path, { colorScheme });
    await page.getByText(text).first().waitFor();
    expect(await findings(page)).toEqual([]);
    await close();
  });

  it('on a narrow screen, with the side panel and with the detail open', async () => {
    const { page, close } = await open('/', { colorScheme, viewport: { width: 360, height: 740 } });
    await untilLive(page);
    expect(await findings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Clusters and kinds' }).click();
    await page.getByRole('dialog').getByText('ConfigMap').waitFor();
    expect(await findings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.locator('[role=row][aria-selected]').first().click();
    await page.getByRole('dialog', { name: detailedObject.name }).getByText('Resource version').waitFor();
    expect(await findings(page)).toEqual([]);
    await close();
  });

  it('with the account menu open, and when signing out fails', async () => {
    dashboard.server.signOutFails = true;
    const { page, close } = await open('/', { colorScheme });
    await untilLive(page);
    await page.getByRole('button', { name: 'Account: Meshery' }).click();
    const item = page.getByRole('menuitem', { name: 'Sign out' });
    await item.waitFor();
    expect(await findings(page)).toEqual([]);
    await item.click();
    const dialog = page.getByRole('dialog', { name: 'You are still signed in' });
    await dialog.getByText('meshery-store-1601').waitFor();
    await item.waitFor({ state: 'detached' });
    expect(await findings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await close();
  });

  it('where the session ended', async () => {
    dashboard.server.signedOut = true;
    const { page, close } = await open('/', { colorScheme });
    await page.getByText('You are signed out').waitFor();
    expect(await findings(page)).toEqual([]);
    await close();
  });

  it('when an answer is an error', async () => {
    dashboard.server.listFails = true;
    const { page, close } = await open('/', { colorScheme });
    await page.getByText('meshery-store-1601').waitFor();
    expect(await findings(page)).toEqual([]);
    await close();
  });
});

describe('layout', () => {
  it.each([
    ['360 px', { width: 360, height: 640 }],
    ['a 1280 px window at 200 %', { width: 640, height: 400 }],
    ['a 1440 px window at 400 %', { width: 360, height: 225 }],
  ])('needs no sideways scrolling at %s', async (_name, viewport) => {
    const { page, close } = await dashboard.open('/', { viewport });
    await untilLive(page);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    expect(await page.evaluate(`document.querySelector('[role=grid]').scrollWidth <= innerWidth`)).toBe(true);
    await close();
  });
});
