import { waitUntil } from '@meshery/testing';
import type { Page } from 'playwright-core';
import { detailedObject } from '../../apps/dashboard/test-fixtures/fixture-objects.ts';
import { DashboardFixture, untilLive, untilTotal } from './support/fixture.ts';

const count = 1_000;
let dashboard: DashboardFixture;

beforeAll(async () => {
  dashboard = await DashboardFixture.start(count);
}, 600_000);

afterAll(async () => {
  await dashboard.close();
});

/** What has the focus: its role or tag and its name. */
function focused(page: Page): Promise<string> {
  return page.evaluate(
    `(({ activeElement: e }) => (e.getAttribute('role') ?? e.tagName.toLowerCase()) + ':' + (e.getAttribute('aria-label') ?? e.textContent.slice(0, 40)))(document)`,
  );
}

async function untilFocused(page: Page, isWanted: (focus: string) => boolean): Promise<void> {
  const explain = (): Promise<string> => focused(page);
  await waitUntil({ what: 'the focus', timeoutMs: 30_000, explain }, async () => isWanted(await focused(page)));
}

function activeRow(page: Page): Promise<string> {
  return page.evaluate(
    `(() => { const g = document.querySelector('[role=grid]'); return document.getElementById(g.getAttribute('aria-activedescendant') ?? '')?.getAttribute('aria-rowindex') ?? ''; })()`,
  );
}

async function untilActive(page: Page, isWanted: (row: number) => boolean): Promise<void> {
  const explain = (): Promise<string> => activeRow(page);
  await waitUntil({ what: 'the active row', timeoutMs: 30_000, explain }, async () => {
    return isWanted(Number(await activeRow(page)));
  });
}

describe('keyboard', () => {
  it('goes from the skip link into the table, which is one stop', async () => {
    const { page, close } = await dashboard.open();
    await untilLive(page);
    await page.keyboard.press('Tab');
    await untilFocused(page, (focus) => focus === 'a:Skip to the table of objects');
    await page.keyboard.press('Enter');
    await untilFocused(page, (focus) => focus === 'grid:Discovered objects');
    await page.keyboard.press('Tab');
    await untilFocused(page, (focus) => !focus.includes('grid'));
    expect(await page.evaluate(`document.activeElement.closest('[role=grid]') === null`)).toBe(true);
    await close();
  });

  it('moves by row, page and to the ends', async () => {
    const { page, close } = await dashboard.open('/?sort=name');
    await untilTotal(page, count + 1);
    await page.locator('[role=grid]').focus();
    await page.keyboard.press('ArrowDown');
    await untilActive(page, (row) => row === 2);
    await page.keyboard.press('ArrowDown');
    await untilActive(page, (row) => row === 3);
    await page.keyboard.press('PageDown');
    await untilActive(page, (row) => row > 10);
    await page.keyboard.press('PageUp');
    await untilActive(page, (row) => row === 3);
    await page.keyboard.press('End');
    await page.locator(`[aria-rowindex="${String(count + 2)}"]`).waitFor();
    await untilActive(page, (row) => row === count + 2);
    await page.keyboard.press('Home');
    await page.locator('[aria-rowindex="2"]').waitFor();
    await untilActive(page, (row) => row === 2);
    await close();
  });

  it('opens with Enter, closes with Escape and comes back to the row', async () => {
    const { page, close } = await dashboard.open('/?sort=name');
    await untilTotal(page, count + 1);
    await page.locator('[role=grid]').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: detailedObject.name }).waitFor();
    await page.waitForFunction(`document.activeElement.tagName === 'H2'`);
    await page.keyboard.press('Escape');
    await untilFocused(page, (focus) => focus === 'grid:Discovered objects');
    await untilActive(page, (row) => row === 2);
    await page.waitForURL((url) => !url.searchParams.has('object'));
    await close();
  });

  it('sorts from the header, reached with the arrows', async () => {
    const { page, close } = await dashboard.open();
    await untilLive(page);
    await page.locator('[role=grid]').focus();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.locator('[role=columnheader][aria-sort=ascending]').filter({ hasText: 'Kind' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await untilFocused(page, (focus) => focus === 'grid:Discovered objects');
    await close();
  });

  it('searches with the slash and goes back with Escape', async () => {
    const { page, close } = await dashboard.open();
    await untilLive(page);
    await page.keyboard.press('/');
    await untilFocused(page, (focus) => focus.includes('Search by name'));
    await page.keyboard.type('00004?');
    await page.waitForURL(/q=00004%3F/);
    await page.keyboard.press('Backspace');
    await untilTotal(page, 1);
    await page.keyboard.press('Escape');
    await untilFocused(page, (focus) => focus === 'grid:Discovered objects');
    await close();
  });

  it('shows its keys with the question mark, but not over an open menu', async () => {
    const { page, close } = await dashboard.open();
    await untilLive(page);
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Account: Meshery' }).press('Enter');
    await page.locator('[role=menuitem]:focus').waitFor();
    await page.keyboard.press('?');
    expect(await page.getByRole('dialog').count()).toBe(0);
    await close();
  });

  it('chooses kinds with arrows and Enter', async () => {
    const { page, close } = await dashboard.open();
    await untilLive(page);
    await page.getByRole('option', { name: /^Certificate/ }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await untilTotal(page, count / 8);
    expect(new URL(page.url()).searchParams.getAll('kind')).toEqual(['ConfigMap']);
    await close();
  });

  it('announces the number of results', async () => {
    const { page, close } = await dashboard.open('/?q=00004');
    await page.getByRole('status').filter({ hasText: '1 object' }).waitFor();
    await close();
  });
});
