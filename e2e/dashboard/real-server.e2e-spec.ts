import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import {
  type ControlPlane,
  KubeAdmin,
  type KubeManifest,
  MesheryServer,
  SeededRandom,
  bulkLoad,
  configMapObject,
  deploymentObject,
  httpRequest,
  inOneTurn,
  loadItem,
  makeTempDir,
  namespaceObject,
  podObject,
  runCommand,
  secretObject,
  serviceObject,
  startControlPlane,
} from '@meshery/testing';
import { buildProjects } from '../../tools/build/src/build-projects.ts';
import { launchBrowser, openPage, type WatchedPage } from './support/browser.ts';
import { rowSelector, untilLive } from './support/fixture.ts';

const objectCount = 20_000;
const folder = (app: string): string => fileURLToPath(new URL(`../../apps/${app}/out`, import.meta.url));
const pages = ['--dashboard-dir', folder('dashboard'), '--provider-ui-dir', folder('provider-ui')];
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const namespaces = ['payments', 'checkout', 'observability', 'search', 'identity'];
const apps = ['api', 'web', 'worker', 'gateway', 'ledger', 'mailer', 'catalog'];

let plane: ControlPlane;
let admin: KubeAdmin;
let server: MesheryServer;
let browser: Browser;
const dir = makeTempDir('dashboard-e2e');

function pick(list: readonly string[], index: number): string {
  return list[index % list.length] ?? '';
}

function* manyManifests(): Generator<KubeManifest> {
  const random = new SeededRandom(7);
  for (let index = 0; index < objectCount; index += 1) {
    const app = pick(apps, Math.floor(index / 5));
    const namespace = pick(namespaces, index);
    const name = `${app}-${String(index).padStart(5, '0')}`;
    const place = { name, namespace, labels: { 'app.kubernetes.io/name': app } };
    const kind = index % 10;
    if (kind < 5) yield configMapObject(place, random, 400);
    else if (kind < 7) yield secretObject(place, random, 200);
    else if (kind === 7) yield serviceObject(place);
    else if (kind === 8) yield deploymentObject(place, random);
    else yield podObject(place, random);
  }
}

beforeAll(async () => {
  await buildProjects({ names: ['dashboard', 'provider-ui', 'server'] });
  plane = await startControlPlane();
  admin = new KubeAdmin(plane);
  await bulkLoad(
    admin,
    namespaces.map((name) => loadItem(namespaceObject(name))),
  );
  await bulkLoad(admin, Iterator.from(manyManifests()).map(loadItem));
  server = await MesheryServer.start({ kubeconfig: plane.kubeconfigPath, args: pages });
  browser = await launchBrowser();
}, 600_000);

afterAll(async () => {
  await browser.close();
  await server.stop();
  admin.close();
  await plane.stop();
  dir.remove();
}, 60_000);

/** The path of a fresh sign-in link. */
async function signInPath(): Promise<string> {
  const url = `${server.url}/auth/local/code`;
  const answer = await httpRequest(url, { method: 'POST', headers: server.client.headers });
  return (JSON.parse(answer.body.toString('utf8')) as { path: string }).path;
}

/** Opens the dashboard with a session and waits until every object is there. */
async function openSignedIn(query: string, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const watched = await openPage(browser, options);
  await watched.page.goto(`${server.url}${await signInPath()}`);
  await watched.page.waitForURL(`${server.url}/`);
  await watched.page.goto(`${server.url}/${query}`);
  await untilLive(watched.page);
  return watched;
}

/** Waits until the table has at least as many rows as were created. */
async function untilAll(watched: WatchedPage): Promise<void> {
  const rows = `Number(document.querySelector('[role=grid]')?.getAttribute('aria-rowcount') ?? 0) > ${String(objectCount)}`;
  await watched.page.waitForFunction(rows, undefined, { timeout: 60_000 });
}

function kubectl(...args: string[]): Promise<string> {
  return runCommand('kubectl', ['--kubeconfig', plane.kubeconfigPath, ...args]);
}

/** Makes an object, reads its detail and deletes it. */
async function expectSeenAtOnce(page: Page, name: string): Promise<void> {
  const manifest = join(dir.path, `${name}.yaml`);
  writeFileSync(
    manifest,
    `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  namespace: default\ndata:\n  a: b\n`,
  );
  await kubectl('apply', '-f', manifest);
  const row = page.locator(rowSelector).getByText(name, { exact: true });
  await row.waitFor({ timeout: 1_000 });
  await row.click();
  await page.getByRole('tab', { name: 'YAML' }).click();
  await page.getByText('a: b').waitFor();
  await kubectl('delete', '-f', manifest, '--wait=false');
  await row.waitFor({ state: 'detached', timeout: 1_000 });
  await page.getByText(/^Deleted at/).waitFor({ timeout: 1_000 });
}

describe('dashboard of a real server and a real cluster', () => {
  it('sends who is not signed in to the sign-in page', async () => {
    const { page, close } = await openPage(browser);
    await page.goto(`${server.url}/?kind=Pod`);
    await page.getByRole('heading', { name: 'Sign in to Meshery' }).waitFor();
    await page.getByRole('textbox', { name: 'One-time code' }).fill('wrong');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').getByText('The code or link is wrong').waitFor();
    const code = new URL(`${server.url}${await signInPath()}`).searchParams.get('code') ?? '';
    await page.getByRole('textbox', { name: 'One-time code' }).fill(code);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await untilLive(page);
    await close();
  });

  it('shows an object within a second of kubectl apply and takes it away within one of kubectl delete', async () => {
    const watched = await openSignedIn('?namespace=default');
    const turn = (number: number): Promise<void> => expectSeenAtOnce(watched.page, `seen-at-once-${String(number)}`);
    await inOneTurn('an object that came and went in time', turn, 90_000);
    expect(watched.faults).toEqual([]);
    await watched.close();
  });

  it.each(['light', 'dark'] as const)(
    'leaves axe nothing to find in the %s theme with 20,000 rows',
    async (colorScheme) => {
      const watched = await openSignedIn('', { colorScheme, bypassCSP: true, reducedMotion: 'reduce' });
      await untilAll(watched);
      const { page } = watched;
      await page.locator(rowSelector).first().click();
      await page.getByText('Resource version').waitFor();
      await page.evaluate(axeSource);
      const { violations } = await page.evaluate<AxeResults>('axe.run(document)');
      expect(violations.map((rule) => rule.id)).toEqual([]);
      await watched.close();
    },
  );

  it('goes to the last of all rows and through every filter', async () => {
    const watched = await openSignedIn('?sort=name');
    await untilAll(watched);
    const { page } = watched;
    await page.locator('[role=grid]').focus();
    await page.keyboard.press('End');
    const total = (await page.locator('[role=grid]').getAttribute('aria-rowcount')) ?? '';
    await page.locator(`${rowSelector}[aria-rowindex="${total}"]`).waitFor();
    await page.getByRole('option', { name: /^Secret/ }).click();
    await page.getByRole('button', { name: 'Remove filter Kind: Secret' }).waitFor();
    await page.goto(`${server.url}/?label=app.kubernetes.io%2Fname%3Dledger&namespace=payments&q=000`);
    await untilLive(page);
    expect(await page.locator(rowSelector).first().textContent()).toMatch(/^ledger-/);
    await page.getByRole('button', { name: 'Sync state' }).click();
    await page.getByRole('dialog').getByRole('row').filter({ hasText: 'configmaps' }).getByText('Synced').waitFor();
    await watched.close();
  });

  it('says that it is out of date while the server is away, and is live again afterwards', async () => {
    const watched = await openSignedIn('');
    await server.kill();
    await watched.page.locator('header').getByText('Reconnecting').waitFor();
    await server.up();
    await watched.page.locator('header').getByText('Live', { exact: true }).waitFor();
    await watched.close();
  });
});
