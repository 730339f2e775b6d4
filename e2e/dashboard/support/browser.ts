import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

const patienceMs = 30_000;
const executablePath = '/usr/bin/chromium';

/** Nothing in the browser may reach beyond this machine. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts Chromium with a fresh profile; rejects with the command that installs it where it is missing. */
export async function launchBrowser(): Promise<Browser> {
  if (!existsSync(executablePath)) throw new Error('Chromium is missing: apt-get install -y chromium');
  return chromium.launch({ executablePath, args: flags, headless: true });
}

/** A page whose script errors and breaches of its content security policy are collected. */
export interface WatchedPage {
  readonly page: Page;
  /** Uncaught errors, console errors of the page's own code and policy breaches. */
  readonly faults: readonly string[];
  readonly close: () => Promise<void>;
}

/** Failed requests are the business of the page, which shows them; the browser notes them as well. */
function isExpected(text: string): boolean {
  return text.startsWith('Failed to load resource');
}

/** Opens a page in its own profile. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(patienceMs);
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !isExpected(message.text())) faults.push(message.text());
  });
  return { page, faults, close: () => context.close() };
}
