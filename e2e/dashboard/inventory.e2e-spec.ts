import { inOneTurn, waitUntil } from '@meshery/testing';
import { fixtureClusterId, type FixtureObject } from '../../apps/dashboard/test-fixtures/fixture-inventory.ts';
import { detailedObject } from '../../apps/dashboard/test-fixtures/fixture-objects.ts';
import { DashboardFixture, rowSelector, untilLive, untilTotal } from './support/fixture.ts';

const count = 20_000;
let dashboard: DashboardFixture;

const fresh: FixtureObject = {
  kind: 'ConfigMap',
  apiVersion: 'v1',
  name: 'applied-just-now',
  namespace: 'default',
  uid: '22222222-2222-4222-8222-222222222222',
  created: '2026-07-01T00:00:00Z',
  labels: { app: 'fresh' },
};

beforeAll(async () => {
  dashboard = await DashboardFixture.start(count);
}, 600_000);

afterAll(async () => {
  await dashboard.close();
});

describe('table of 20,000 objects', () => {
  it('draws only what is on the screen, and every row can be reached', async () => {
    const { page, faults, close } = await dashboard.open('/?sort=name');
    await untilTotal(page, count + 1);
    expect(await page.locator(rowSelector).count()).toBeLessThan(100);
    await page.locator(rowSelector).first().getByText('aaa-detailed').waitFor();
    await page.locator('[role=grid]').focus();
    await page.keyboard.press('End');
    await page.getByText('worker-19991').waitFor();
    expect(faults).toEqual([]);
    await close();
  });

  it('shows an object within a second of its change and takes it away again', async () => {
    const { page, close } = await dashboard.open();
    await untilLive(page);
    await inOneTurn('an object that came and went in time', async (turn) => {
      const name = `${fresh.name}-${String(turn)}`;
      try {
        dashboard.inventory.apply({ ...fresh, name });
        await page.getByText(name).waitFor({ timeout: 1_000 });
        await page.getByText('20,002 objects').first().waitFor({ timeout: 2_000 });
      } finally {
        dashboard.inventory.remove(fresh.uid);
      }
      await page.getByText(name).waitFor({ state: 'detached', timeout: 1_000 });
    });
    await close();
  });

  it('says how old the data are, anew with every change', async () => {
    const { page, close } = await dashboard.open();
    await untilLive(page);
    const clusters = (url: string): boolean => new URL(url).pathname === '/api/system/clusters';
    await page.waitForResponse((response) => clusters(response.url()));
    const next = page.waitForRequest((request) => clusters(request.url()));
    dashboard.inventory.apply(fresh);
    await next;
    dashboard.inventory.remove(fresh.uid);
    await close();
  });

  it('keeps scroll position and selection while rows come and go above', async () => {
    const { page, close } = await dashboard.open();
    await untilLive(page);
    await untilTotal(page, count + 1);
    await page.locator('[role=grid]').evaluate((grid) => grid.scrollTo(0, 34 * 200));
    const row = page.locator(rowSelector).filter({ hasText: 'gateway-19807' });
    await row.click();
    await row.and(page.locator('[aria-selected=true]')).waitFor();
    const before = await row.boundingBox();
    const stays = (): Promise<boolean> =>
      waitUntil({ what: 'the row where it was', timeoutMs: 30_000 }, async () => {
        return (await row.boundingBox())?.y === before?.y;
      });
    dashboard.inventory.apply(fresh);
    await untilTotal(page, count + 2);
    await stays();
    expect(await row.getAttribute('aria-selected')).toBe('true');
    dashboard.inventory.remove(fresh.uid);
    await untilTotal(page, count + 1);
    await stays();
    await close();
  });

  it('catches up after the stream was cut', async () => {
    const { page, close } = await dashboard.open();
    await untilLive(page);
    await untilTotal(page, count + 1);
    const reconnecting = page.locator('header').getByText('Reconnecting').waitFor();
    dashboard.server.cutStreams();
    await reconnecting;
    dashboard.inventory.apply(fresh);
    await page.getByText(fresh.name).waitFor();
    await page.locator('header').getByText('Live', { exact: true }).waitFor();
    dashboard.inventory.remove(fresh.uid);
    await page.getByText(fresh.name).waitFor({ state: 'detached' });
    await close();
  });

  it('reads everything anew after a reset without emptying the table', async () => {
    const { page, close } = await dashboard.open('/?sort=name');
    await untilLive(page);
    await untilTotal(page, count + 1);
    dashboard.inventory.seed([{ ...fresh, name: 'aaa-after-reset' }]);
    dashboard.inventory.reset();
    await page.getByText('aaa-after-reset').waitFor();
    await untilTotal(page, count + 2);
    dashboard.inventory.remove(fresh.uid);
    await untilTotal(page, count + 1);
    await close();
  });
});

describe('filters', () => {
  it('filters by kind, namespace, label and text, and says so in the address', async () => {
    const { page, close } = await dashboard.open();
    await untilLive(page);
    await page.getByRole('option', { name: /^Pod/ }).click();
    await untilTotal(page, 2_501);
    await page.getByRole('combobox', { name: 'Namespaces' }).click();
    await page.getByRole('option', { name: 'kube-system' }).click();
    await untilTotal(page, 500);
    const labels = page.getByRole('combobox', { name: 'Labels' });
    await labels.fill('app.kubernetes.io/name=ledger');
    await labels.press('Enter');
    await page.getByRole('button', { name: 'Remove filter Label: app.kubernetes.io/name=ledger' }).waitFor();
    await page.getByRole('searchbox', { name: 'Search by name' }).fill('0');
    await page.waitForURL(/q=0/);
    const query = new URL(page.url()).searchParams;
    expect(Object.fromEntries(query)).toEqual({
      kind: 'Pod',
      namespace: 'kube-system',
      label: 'app.kubernetes.io/name=ledger',
      q: '0',
    });
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await untilTotal(page, count + 1);
    expect(new URL(page.url()).search).toBe('');
    await close();
  });

  it('applies filters to live changes', async () => {
    const { page, close } = await dashboard.open('/?label=app%3Dfresh');
    await page.getByText('No object matches these filters').waitFor();
    dashboard.inventory.apply(fresh);
    await page.getByText(fresh.name).waitFor();
    dashboard.inventory.apply({ ...fresh, labels: {} });
    await page.getByText(fresh.name).waitFor({ state: 'detached' });
    dashboard.inventory.remove(fresh.uid);
    await close();
  });

  it('refuses a label that is none', async () => {
    const { page, close } = await dashboard.open();
    await untilLive(page);
    const labels = page.getByRole('combobox', { name: 'Labels' });
    await labels.fill('nonsense');
    await labels.press('Enter');
    await page.getByText('Write a label as key=value').waitFor();
    await close();
  });

  it('opens what a link says', async () => {
    const query = new URLSearchParams({ cluster: fixtureClusterId, kind: 'Pod', sort: 'name' });
    query.set('object', detailedObject.uid);
    query.set('tab', 'yaml');
    const { page, close } = await dashboard.open(`/?${query.toString()}`);
    await page.getByText('big: 9007199254740993').waitFor();
    await page.getByRole('button', { name: 'Remove filter Cluster: playground' }).waitFor();
    await page.locator(rowSelector).first().getByText(detailedObject.name).waitFor();
    await close();
  });

  it('sorts by column', async () => {
    const { page, close } = await dashboard.open();
    await untilLive(page);
    await page.getByRole('columnheader', { name: 'Name', exact: true }).getByRole('button').click();
    await page.locator(rowSelector).first().getByText(detailedObject.name).waitFor();
    const header = page.getByRole('columnheader', { name: 'Name', exact: true });
    await header.and(page.locator('[aria-sort=ascending]')).waitFor();
    await header.getByRole('button').click();
    await page.locator('[role=columnheader][aria-sort=descending]').filter({ hasText: 'Name' }).waitFor();
    await page.getByText('worker-19991').waitFor();
    await close();
  });
});

describe('object detail', () => {
  it('shows facts, goes to the owner and back, and follows changes and the delete', async () => {
    const { page, close } = await dashboard.open(`/?object=${detailedObject.uid}`);
    const detail = page.getByRole('complementary', { name: 'Object details' });
    await detail.getByText('all containers run').waitFor();
    await detail.getByRole('link', { name: 'ReplicaSet/api-00004' }).click();
    await detail.getByRole('heading', { name: 'api-00004' }).waitFor();
    await page.goBack();
    await detail.getByRole('heading', { name: detailedObject.name }).waitFor();
    dashboard.inventory.apply({
      ...detailedObject,
      json: detailedObject.json?.replace('all containers run', 'all well') ?? '',
    });
    await detail.getByText('all well').waitFor();
    dashboard.inventory.remove(detailedObject.uid);
    await detail.getByText(/^Deleted at/).waitFor();
    await detail.getByText('all well').waitFor();
    dashboard.inventory.apply(detailedObject);
    await detail.getByText(/^Deleted at/).waitFor({ state: 'detached' });
    await close();
  });

  it('says that values of Secrets are not collected, and that an object is gone', async () => {
    const { page, close } = await dashboard.open('/?object=00000000-0000-4000-8000-000000000006');
    await page.getByText('Values of Secrets are not collected').waitFor();
    await page.goto(`${dashboard.server.url}/?object=nobody`);
    await page.getByText('This object does not exist any more').waitFor();
    await close();
  });

  it('copies the YAML as it is shown', async () => {
    const { page, close } = await dashboard.open(`/?object=${detailedObject.uid}&tab=yaml`, {
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await page.getByRole('button', { name: 'Copy YAML' }).click();
    await page.getByText('Copied').waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toContain('big: 9007199254740993\n');
    await close();
  });
});
