import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { MesheryServer, httpRequest, waitUntil } from '@meshery/testing';
import type { AxeResults } from 'axe-core';
import type { Browser } from 'playwright-core';
import { buildProjects } from '../../tools/build/src/build-projects.ts';
import { launchBrowser, openPage, type WatchedPage } from './support/browser.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let server: MesheryServer;
let browser: Browser;

beforeAll(async () => {
  await buildProjects({ names: ['server'] });
  server = await MesheryServer.start();
  browser = await launchBrowser();
}, 600_000);

afterAll(async () => {
  await browser.close();
  await server.stop();
});

async function openExplorer(colorScheme: 'dark' | 'light' = 'light'): Promise<WatchedPage> {
  const url = `${server.url}/auth/local/code`;
  const answer = await httpRequest(url, { method: 'POST', headers: server.client.headers });
  const watched = await openPage(browser, { colorScheme });
  await watched.page.goto(server.url + (JSON.parse(answer.body.toString('utf8')) as { path: string }).path);
  await watched.page.goto(`${server.url}/api/explorer`);
  await watched.page.getByText(/^\d+ operations$/).waitFor();
  return watched;
}

it('finds an operation, sends what is filled in and shows the answer, within its strict policy', async () => {
  const { page, faults, close } = await openExplorer();
  await page.getByRole('searchbox', { name: 'Search' }).fill('post workspaces make');
  const operation = page.getByRole('group').filter({ hasText: 'Make a workspace' });
  await waitUntil({ what: 'one operation', timeoutMs: 30_000 }, async () => {
    return (await page.getByRole('group').count()) === 1;
  });
  await operation.getByText('POST /api/workspaces').click();
  const body = operation.getByRole('textbox', { name: 'Body (JSON)' });
  expect(JSON.parse(await body.inputValue())).toMatchObject({ name: '', organizationId: '' });
  await operation.getByRole('button', { name: 'Send' }).click();
  await operation.getByText('meshery-core-1001').waitFor();
  await body.fill(JSON.stringify({ name: '<b>made</b> here', organizationId: '00000000-0000-4000-8000-000000000002' }));
  await operation.getByRole('button', { name: 'Send' }).click();
  await operation.getByText('"name": "<b>made</b> here"').waitFor();
  await page.getByRole('searchbox', { name: 'Search' }).fill('list workspaces');
  const list = page.getByRole('group').filter({ hasText: 'List workspaces' });
  await list.getByText('GET /api/workspaces').click();
  await list.getByRole('textbox', { name: 'search' }).fill('nothing of this name');
  await list.getByRole('button', { name: 'Send' }).click();
  await list.getByText('"totalCount": 0').waitFor();
  expect(faults).toEqual([]);
  await close();
});

it.each(['light', 'dark'] as const)('has no fault of accessibility in %s colours', async (colours) => {
  const { page, close } = await openExplorer(colours);
  await page.getByText('GET /api/identity/orgs', { exact: true }).click();
  await page.getByRole('button', { name: 'Send' }).waitFor();
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate<AxeResults>('axe.run(document)');
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
  await close();
});
