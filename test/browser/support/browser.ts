import { existsSync } from 'node:fs';
import packed from '@sparticuz/chromium';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core';
import { randomIp } from '../../integration/support/visitor.ts';

const installed = [
  process.env.CHROME_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
].find((path) => path !== undefined && existsSync(path));

/**
 * A real Chromium: the machine's own, else the one that comes from npm. Not with the flags that the package proposes: they
 * switch off web security, which is half of what is looked at here.
 */
export async function launchBrowser(...more: readonly string[]): Promise<Browser> {
  const executablePath = installed ?? (await packed.executablePath());
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--no-zygote', ...more] });
}

export const devices = {
  phone: { viewport: { width: 320, height: 640 }, deviceScaleFactor: 2 },
  desktop: { viewport: { width: 1280, height: 900 } },
} as const;

/** A browser of its own: cookies, language, and a place on the network where no other test's limits are met. */
export function newContext(browser: Browser, options: BrowserContextOptions): Promise<BrowserContext> {
  return browser.newContext({ extraHTTPHeaders: { 'x-local-source-ip': randomIp() }, ...options });
}
