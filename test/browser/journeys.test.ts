import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { facts } from '../integration/support/brand-facts.ts';
import { awaitMail, codeOf } from '../integration/support/inbox.ts';
import { type BrandId, goodPassword, randomEmail } from '../integration/support/visitor.ts';
import { type Application, startApplication } from './support/application.ts';
import { devices, launchBrowser, newContext } from './support/browser.ts';

let browser: Browser;
const applications = new Map<BrandId, Application>();

beforeAll(async () => {
  browser = await launchBrowser();
  for (const brand of ['northwind', 'solmar'] as const) applications.set(brand, await startApplication(brand));
});
afterAll(async () => {
  await browser.close();
  for (const application of applications.values()) await application.close();
});

function applicationOf(brand: BrandId): Application {
  const application = applications.get(brand);
  if (!application) throw new Error(`no application of ${brand}`);
  return application;
}

interface Setting {
  readonly brand: BrandId;
  readonly locale: string;
  readonly dir: 'ltr' | 'rtl';
  readonly device: keyof typeof devices;
  readonly scripts: boolean;
}

const settings: readonly Setting[] = [
  { brand: 'northwind', locale: 'en', dir: 'ltr', device: 'desktop', scripts: true },
  { brand: 'northwind', locale: 'de', dir: 'ltr', device: 'phone', scripts: false },
  { brand: 'solmar', locale: 'ar', dir: 'rtl', device: 'phone', scripts: true },
  { brand: 'solmar', locale: 'ar', dir: 'rtl', device: 'desktop', scripts: false },
];

/** Presses and waits for the page that comes of it. */
async function press(page: Page, selector: string): Promise<void> {
  const loaded = page.waitForEvent('load');
  await page.click(selector);
  await loaded;
}

const submit = (page: Page) => press(page, '#submit');

/** Where the person came back to at the application. */
async function arrival(page: Page, { callback }: Application): Promise<string> {
  await page.waitForURL((url) => url.href.startsWith(callback));
  return page.url();
}

describe.each(settings)('WEB7: the journey at $brand in $locale on a $device, scripts: $scripts', (setting) => {
  const { brand, locale, dir, device, scripts } = setting;

  async function newPage() {
    const context = await newContext(browser, { ...devices[device], locale, javaScriptEnabled: scripts });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    return { context, page };
  }

  /** The page speaks the language, in its direction, and a machine finds no barrier in it. */
  async function inspect(page: Page) {
    expect(await page.locator('html').getAttribute('lang')).toBe(locale);
    expect(await page.locator('html').getAttribute('dir')).toBe(dir);
    if (!scripts) return;
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${page.url()} ${id}: ${nodes[0]?.html}`)).toEqual([]);
  }

  it('signs up, proves the address, signs in again, forgets the password and comes back', async () => {
    const application = applicationOf(brand);
    const email = randomEmail();
    const { context, page } = await newPage();

    await page.goto(application.entrance());
    await inspect(page);
    await press(page, '.more a');
    await inspect(page);
    await page.fill('#username', email);
    await page.fill('#password', 'short');
    await submit(page);
    await inspect(page);
    expect(await page.inputValue('#username')).toBe(email);
    expect(await page.inputValue('#password')).toBe('');
    expect(await page.locator('#password').getAttribute('aria-invalid')).toBe(null);
    for (const { id, required } of facts[brand].purposes) {
      const box = page.locator(`[id="purpose.${id}"]`);
      expect(await box.isChecked()).toBe(false);
      expect(await box.getAttribute('aria-invalid')).toBe(required ? 'true' : null);
      if (required) await box.check();
    }
    await page.fill('#password', 'short');
    await submit(page);
    expect(await page.locator('#password').getAttribute('aria-invalid')).toBe('true');
    expect(await page.locator('#password:focus').count()).toBe(1);
    await page.fill('#password', goodPassword);
    await submit(page);

    await page.waitForSelector('#code');
    await inspect(page);
    await page.fill('#code', codeOf(await awaitMail(email, 1, brand)));
    await submit(page);
    const signedUp = await application.redeem(await arrival(page, application));
    expect(signedUp).toMatchObject({ status: 200, idToken: { amr: ['otp'], nonce: 'n-0S6' } });

    await page.goto(application.entrance());
    expect((await application.redeem(await arrival(page, application))).status).toBe(200);

    // A sign-in counts by whole seconds (`auth_time`): one of the same second is as good as a new one.
    await page.waitForTimeout(1100);
    await page.goto(application.entrance({ prompt: 'login', login_hint: email }));
    expect(await page.inputValue('#username')).toBe(email);
    await submit(page);
    await inspect(page);
    await page.fill('#password', 'not the password at all');
    await submit(page);
    await inspect(page);
    expect(await page.locator('[role=alert]').count()).toBe(1);
    await page.fill('#password', goodPassword);
    await submit(page);
    const again = await application.redeem(await arrival(page, application));
    expect(again).toMatchObject({ status: 200, idToken: { sub: signedUp.idToken.sub, amr: ['pwd'] } });

    await page.waitForTimeout(1100);
    await page.goto(application.entrance({ prompt: 'login', login_hint: email }));
    await submit(page);
    await press(page, '.more a');
    await inspect(page);
    await submit(page);
    await page.waitForSelector('#code');
    await inspect(page);
    const fresh = 'eleven patient moths by lamplight';
    await page.fill('#code', codeOf(await awaitMail(email, 2, brand)));
    await page.fill('#password', fresh);
    await submit(page);
    await page.waitForSelector('.notice');
    await inspect(page);
    await submit(page);
    await page.fill('#password', fresh);
    await submit(page);
    const recovered = await application.redeem(await arrival(page, application));
    expect(recovered).toMatchObject({ status: 200, idToken: { sub: signedUp.idToken.sub } });
    await context.close();
  });

  it('signs in by a mailed code', async () => {
    const application = applicationOf(brand);
    const { context, page } = await newPage();
    await page.goto(application.entrance({ login_hint: randomEmail() }));
    await submit(page);
    await press(page, 'button.second');
    await page.waitForSelector('#code');
    await inspect(page);
    await page.fill('#code', '000000');
    await submit(page);
    await page.waitForSelector('#code[aria-invalid=true]');
    await inspect(page);
    await context.close();
  });
});
