import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { facts } from '../integration/support/brand-facts.ts';
import { signUp } from '../integration/support/journeys.ts';
import { type BrandId, goodPassword, newVisitor, originOf, randomEmail } from '../integration/support/visitor.ts';
import { type Application, startApplication } from './support/application.ts';
import { devices, launchBrowser, newContext } from './support/browser.ts';

const screenshots = resolve(import.meta.dirname, '../../.local/screenshots');
const maxBytes = 40 * 1024;

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const submit = (page: Page) => page.click('#submit');

/** Addresses of every page, by name, in a browser in which somebody is signed in who has not agreed to the terms. */
async function everyPage(brand: BrandId, context: BrowserContext, application: Application) {
  const origin = originOf(brand);
  const page = await context.newPage();
  const { email } = await signUp(newVisitor(brand));
  const found: Record<string, string> = {};
  const note = async (name: string, ready: string) => {
    await page.waitForSelector(ready);
    found[name] = page.url();
  };
  const stranger = randomEmail();
  await page.goto(`${origin}/sign-in`);
  await note('sign-in', '#username');
  await page.fill('#username', stranger);
  await submit(page);
  await note('password', '#password');
  await page.click('button.second');
  await note('code', '#code');
  await page.goto(`${origin}/recover`);
  await note('recover', '#username');
  await page.fill('#username', stranger);
  await submit(page);
  await note('recover-password', '#password');
  await page.goto(`${origin}/sign-up`);
  await note('sign-up', '#username');
  await page.fill('#username', stranger);
  await page.fill('#password', goodPassword);
  for (const { id, required } of facts[brand].purposes) if (required) await page.check(`[id="purpose.${id}"]`);
  await submit(page);
  await note('verify', '#code');
  found.error = `${origin}/oauth2/authorize?client_id=nobody`;
  found.ended = `${origin}/sign-in?ticket=1.forged`;
  await page.goto(application.entrance({ login_hint: email }));
  await submit(page);
  await page.fill('#password', goodPassword);
  await submit(page);
  await note('purposes', '#decline');
  found.account = `${origin}/account`;
  for (const part of ['profile', 'password', 'sessions', 'applications', 'consents']) {
    found[`account-${part}`] = `${origin}/account/${part}`;
  }
  await page.goto(`${origin}/account/email`);
  await note('account-email', '#username');
  await page.fill('#username', stranger);
  await submit(page);
  await note('account-email-code', '#code');
  found.logout = `${origin}/oauth2/logout`;
  found.device = `${origin}/device`;
  found['device-connected'] = `${origin}/device?notice=connected`;
  found['choose-account'] = found.purposes?.replace('/purposes', '/choose-account') ?? '';
  found.consent = found.purposes?.replace('/purposes', '/consent') ?? '';
  await page.close();
  return found;
}

describe.each(['northwind', 'solmar'] as const)('pages of %s', (brand) => {
  let application: Application;
  let context: BrowserContext;
  let pages: Readonly<Record<string, string>>;
  beforeAll(async () => {
    application = await startApplication(brand);
    context = await newContext(browser, { ...devices.desktop });
    pages = await everyPage(brand, context, application);
  });
  afterAll(async () => {
    await context.close();
    await application.close();
  });

  /** Pages are the same in each language, but for the direction. */
  const looksInto = (locale: string) => locale === facts[brand].locales.default || locale === 'ar';
  const barriersOf = async (page: Page) => {
    const { violations } = await new AxeBuilder({ page }).analyze();
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  };

  it.each(facts[brand].locales.offered)(
    'WEB1, WEB8: are small, ask nobody else, fit 320 px, and have no barrier, in %s',
    async (locale) => {
      const page = await context.newPage();
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      const faults: string[] = [];
      page.on('console', (message) => {
        if (/Content Security Policy|SyntaxError|TypeError/.test(message.text())) faults.push(message.text());
      });
      const folder = join(screenshots, brand, locale);
      mkdirSync(folder, { recursive: true });
      for (const [name, url] of Object.entries(pages)) {
        asked.length = 0;
        await page.emulateMedia({ colorScheme: 'light' });
        await page.setViewportSize(devices.desktop.viewport);
        const response = await page.goto(`${url}${url.includes('?') ? '&' : '?'}locale=${locale}`);
        const bytes = (await response?.body())?.length ?? 0;
        expect(bytes, name).toBeLessThan(maxBytes);
        expect(asked, name).toHaveLength(1);
        const barriers = looksInto(locale) ? await barriersOf(page) : [];
        await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });

        await page.emulateMedia({ colorScheme: 'dark' });
        await page.setViewportSize(devices.phone.viewport);
        if (locale === facts[brand].locales.default) {
          const dark = await new AxeBuilder({ page }).withRules(['color-contrast']).analyze();
          barriers.push(...dark.violations.map(({ id, nodes }) => `dark ${id}: ${nodes[0]?.html}`));
        }
        expect(barriers, `${name} in ${locale}`).toEqual([]);
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(width, `${name} in ${locale} is wider than a small phone`).toBeLessThanOrEqual(320);
        if (looksInto(locale)) {
          await page.screenshot({ path: join(folder, `${name}-phone-dark.png`), fullPage: true });
        }
      }
      expect(faults).toEqual([]);
      await page.close();
    },
  );

  it('WEB8: leave nothing in the browser but cookies that no script reads', async () => {
    const context = await newContext(browser, { ...devices.desktop });
    const page = await context.newPage();
    await page.goto(`${originOf(brand)}/sign-in`);
    const kept = await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie]);
    expect(kept).toEqual([0, 0, '']);
    const cookies = await context.cookies();
    expect(cookies.length).toBeGreaterThan(0);
    for (const { name, httpOnly, secure, sameSite } of cookies) {
      expect({ name, httpOnly, secure, sameSite }).toEqual({ name, httpOnly: true, secure: true, sameSite: 'Lax' });
      expect(name).toMatch(/^__Host-/);
    }
    await context.close();
  });
});
