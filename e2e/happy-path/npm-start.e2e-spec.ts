import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import {
  type ControlPlane,
  ManagedProcess,
  type TempDir,
  freePorts,
  httpRequest,
  inOneTurn,
  makeTempDir,
  runCommand,
  startControlPlane,
  waitUntil,
} from '@meshery/testing';
import { launchBrowser, openPage } from '../dashboard/support/browser.ts';
import { rowSelector, untilLive } from '../dashboard/support/fixture.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const manifestOf = (name: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  namespace: default\ndata:\n  a: b\n`;

describe('npm start', () => {
  let plane: ControlPlane;
  let browser: Browser;
  let dir: TempDir;
  let started: ManagedProcess;
  let url: string;

  beforeAll(async () => {
    dir = makeTempDir('npm-start');
    plane = await startControlPlane();
    browser = await launchBrowser();
    const [port = 0, grpcPort = 0] = await freePorts(2);
    url = `http://localhost:${String(port)}`;
    const flags = ['--no-browser', '--port', String(port), '--grpc-port', String(grpcPort)];
    started = await ManagedProcess.start({
      name: 'npm start',
      file: 'npm',
      args: ['start', '--', ...flags],
      cwd: repository,
      // A user's own kubeconfig and home; the flags of this test runner are not for our programs.
      env: { HOME: dir.path, KUBECONFIG: plane.kubeconfigPath, NODE_OPTIONS: undefined },
      logPath: join(dir.path, 'npm-start.log'),
    });
    await started.ready('its sign-in link', 120_000, () => Promise.resolve(signInLink() !== undefined));
  }, 300_000);

  afterAll(async () => {
    await started.stop();
    await browser.close();
    await plane.stop();
    dir.remove();
  }, 60_000);

  const signInLink = (): string | undefined => /https?:\S+\/auth\/local\?code=\S+/.exec(started.log())?.[0];
  const kubectl = (...args: string[]): Promise<string> =>
    runCommand('kubectl', ['--kubeconfig', plane.kubeconfigPath, ...args]);

  async function signedIn(): Promise<Page> {
    const { page } = await openPage(browser);
    await page.goto(signInLink() ?? '');
    await page.goto(`${url}/?namespace=default`);
    await untilLive(page);
    return page;
  }

  test('shows in a browser an object within a second of kubectl apply, gone within a second of kubectl delete', async () => {
    const page = await signedIn();
    await inOneTurn('an object that came and went in time', async (turn) => {
      const name = `from-kubectl-${String(turn)}`;
      const file = join(dir.path, `${name}.yaml`);
      writeFileSync(file, manifestOf(name));
      const row = page.locator(rowSelector).getByText(name, { exact: true });
      await kubectl('apply', '-f', file);
      await row.waitFor({ timeout: 1_000 });
      await kubectl('delete', '-f', file, '--wait=false');
      await row.waitFor({ state: 'detached', timeout: 1_000 });
    });
  });

  test('ends with all its processes when it is told to', async () => {
    expect((await httpRequest(`${url}/healthz/ready`)).status).toBe(200);
    await started.stop();
    await waitUntil({ what: 'the port being free', timeoutMs: 60_000, everyMs: 50 }, () =>
      httpRequest(`${url}/healthz/live`, { timeoutMs: 2_000 }).then(
        () => false,
        (error: unknown) => String(error).includes('ECONNREFUSED'),
      ),
    );
  });
});
