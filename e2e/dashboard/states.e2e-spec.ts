import { DashboardFixture, rowSelector, untilLive, untilTotal } from './support/fixture.ts';

const count = 3_000;
let dashboard: DashboardFixture;

beforeAll(async () => {
  dashboard = await DashboardFixture.start(count);
}, 600_000);

afterAll(async () => {
  await dashboard.close();
});

afterEach(() => {
  dashboard.server.signedOut = false;
  dashboard.server.listFails = false;
  dashboard.server.clusterState = 'in-sync';
});

describe('states of the page', () => {
  it('breaks no rule of its strict content security policy and reports no script error', async () => {
    const { page, faults, close } = await dashboard.open();
    await untilLive(page);
    await page.locator(rowSelector).first().click();
    await page.getByRole('tab', { name: 'YAML' }).click();
    await page.getByRole('button', { name: 'Copy YAML' }).waitFor();
    await page.getByRole('button', { name: 'Sync state' }).click();
    await page.getByRole('dialog').waitFor();
    await page.goto(`${dashboard.server.url}/404/`);
    await page.getByText('This page does not exist').waitFor();
    expect(faults).toEqual([]);
    await close();
  });

  it('asks nobody outside for anything', async () => {
    const { page, close } = await dashboard.open();
    const foreign: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(dashboard.server.url)) foreign.push(request.url());
    });
    await page.reload();
    await untilLive(page);
    expect(foreign).toEqual([]);
    await close();
  });

  it('names the code and the remedy of an error and works again after a retry', async () => {
    dashboard.server.listFails = true;
    const { page, close } = await dashboard.open();
    const alert = page.getByRole('alert');
    await alert.getByText('Turn the switch back.').waitFor();
    await alert.getByText('Code meshery-store-1601 · Request r-1').waitFor();
    dashboard.server.listFails = false;
    await alert.getByRole('button', { name: 'Try again' }).click();
    await untilTotal(page, count + 1);
    await page.getByRole('alert').filter({ hasText: 'meshery-store' }).first().waitFor({ state: 'detached' });
    await close();
  });

  it('explains how to sign in when signed out, with a form that sends the code', async () => {
    dashboard.server.signedOut = true;
    const { page, close } = await dashboard.open();
    await page.getByText('You are signed out').waitFor();
    const sent = page.waitForRequest((request) => request.url().includes('/auth/local'));
    await page.getByRole('textbox', { name: 'One-time code' }).fill('abc 123');
    await page.getByRole('button', { name: 'Sign in' }).click();
    expect(new URL((await sent).url()).searchParams.get('code')).toBe('abc 123');
    await close();
  });

  it('notices that a session ended while the page was open', async () => {
    const { page, close } = await dashboard.open();
    await untilLive(page);
    dashboard.server.signedOut = true;
    dashboard.server.cutStreams();
    await page.getByText('You are signed out').waitFor();
    await close();
  });

  it('shows what state a cluster and its kinds are in, and why', async () => {
    dashboard.server.clusterState = 'unreachable';
    const { page, close } = await dashboard.open();
    await page.locator('header').getByText('Stale').waitFor();
    await page.getByRole('option', { name: /playground.*Unreachable/ }).waitFor();
    await page.getByRole('option', { name: /Certificate.*Forbidden/ }).waitFor();
    await page.getByRole('button', { name: 'Sync state' }).click();
    const dialog = page.getByRole('dialog', { name: 'Sync state of the clusters' });
    await dialog.getByText('The API server does not answer.').waitFor();
    const rows = dialog.getByRole('row');
    await rows.filter({ hasText: 'Certificate' }).getByText('cannot list').waitFor();
    await rows.filter({ hasText: 'TokenReview' }).getByText('offers no list or watch').waitFor();
    await dialog.getByRole('switch', { name: 'Show only what is not synced' }).click();
    await rows.filter({ hasText: 'ConfigMap' }).first().waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await close();
  });

  it.each(['light', 'dark'] as const)(
    'follows the %s scheme of the system before the first paint',
    async (colorScheme) => {
      const { page, close } = await dashboard.open('/', { colorScheme });
      await page.waitForLoadState('domcontentloaded');
      expect(await page.evaluate('document.documentElement.dataset.colorScheme')).toBe(colorScheme);
      await close();
    },
  );

  it('remembers the chosen scheme', async () => {
    const { page, close } = await dashboard.open('/', { colorScheme: 'light' });
    await untilLive(page);
    await page.getByRole('button', { name: /^Colour scheme: as the system/ }).click();
    await page.getByRole('button', { name: /^Colour scheme: light/ }).click();
    await page.getByRole('button', { name: /^Colour scheme: dark/ }).waitFor();
    await page.reload();
    expect(await page.evaluate('document.documentElement.dataset.colorScheme')).toBe('dark');
    await close();
  });
});
