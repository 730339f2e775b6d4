import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { FixtureInventory } from '../../../apps/dashboard/test-fixtures/fixture-inventory.ts';
import { detailedObject, fixtureKinds, manyObjects } from '../../../apps/dashboard/test-fixtures/fixture-objects.ts';
import { FixtureServer } from '../../../apps/dashboard/test-fixtures/fixture-server.ts';
import { buildProjects } from '../../../tools/build/src/build-projects.ts';
import { launchBrowser, openPage, type WatchedPage } from './browser.ts';

const exportFolder = fileURLToPath(new URL('../../../apps/dashboard/out', import.meta.url));

/** Rows of the table, without the header. */
export const rowSelector = '[role=grid] [role=row][aria-selected]';

/** The exported dashboard in a browser, in front of a server of whose data and faults the test decides. */
export class DashboardFixture {
  readonly inventory: FixtureInventory;
  readonly server: FixtureServer;
  readonly browser: Browser;

  private constructor(inventory: FixtureInventory, server: FixtureServer, browser: Browser) {
    this.inventory = inventory;
    this.server = server;
    this.browser = browser;
  }

  static async start(objects: number): Promise<DashboardFixture> {
    await buildProjects({ names: ['dashboard'] });
    const inventory = new FixtureInventory();
    inventory.seed([...manyObjects(objects), detailedObject]);
    const server = await FixtureServer.start({ root: exportFolder, inventory, kinds: fixtureKinds });
    return new DashboardFixture(inventory, server, await launchBrowser());
  }

  /** Opens a path and waits until the table is live. */
  async open(path = '/', options: BrowserContextOptions = {}): Promise<WatchedPage> {
    const watched = await openPage(this.browser, options);
    await watched.page.goto(`${this.server.url}${path}`);
    return watched;
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.server.close();
  }
}

/** Waits until the table has its rows and the stream is open. */
export async function untilLive(page: Page): Promise<void> {
  await page.locator('header').getByText('Live', { exact: true }).waitFor();
  await page.locator(rowSelector).first().waitFor();
}

/** Waits until every row of the result is loaded, told by the last row being reachable. */
export async function untilTotal(page: Page, total: number): Promise<void> {
  await page.locator(`[role=grid][aria-rowcount="${String(total + 1)}"]`).waitFor();
}
