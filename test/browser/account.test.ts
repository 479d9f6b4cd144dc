import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { facts } from '../integration/support/brand-facts.ts';
import { awaitMail, codeOf } from '../integration/support/inbox.ts';
import { signUp } from '../integration/support/journeys.ts';
import { goodPassword, newVisitor, originOf, randomEmail } from '../integration/support/visitor.ts';
import { launchBrowser } from './support/browser.ts';
import { settings, startWalk } from './support/walk.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const fresh = 'nine quiet herons on a pier';

describe.each(settings.slice(0, 3))(
  'WEB7: the account at $brand in $locale on a $device, scripts: $scripts',
  (setting) => {
    const { brand, locale } = setting;

    it('is changed page by page: name, consents, address, password, sessions', async () => {
      const origin = originOf(brand);
      const { email } = await signUp(newVisitor(brand), { locale });
      const { page, context, press, submit, see, inspect } = await startWalk(browser, setting);
      const open = async (path: string) => {
        await page.goto(`${origin}/account`);
        await press(`a[href^="${path}"]`);
      };

      await page.goto(`${origin}/account/sessions`);
      await page.fill('#username', email);
      await submit();
      await page.fill('#password', goodPassword);
      await submit();
      expect(new URL(page.url()).pathname).toBe('/account/sessions');
      expect(await page.locator('.badge').count()).toBe(1);
      await inspect('walk-sessions');
      await press('form[action="/account/sessions"] button');
      await page.waitForSelector('[role=status]');
      expect(await page.locator('form[action="/account/sessions"]').count()).toBe(0);

      await open('/account/profile');
      await page.fill('#name', 'Robin');
      await submit();
      await page.waitForSelector('[role=status]');
      await see('walk-profile');
      await press('.back a');
      expect(await page.textContent('.places')).toContain('Robin');
      await see('walk-overview');

      await open('/account/consents');
      const given = page.locator('input[name=granted][value=no]');
      expect(await given.count()).toBe(0);
      const last = `li:nth-child(${facts[brand].purposes.length}) button`;
      await press(last);
      expect(await given.count()).toBe(1);
      await see('walk-consents');
      await press(last);
      expect(await given.count()).toBe(0);

      const next = randomEmail();
      await open('/account/email');
      await page.fill('#username', 'no address');
      await submit();
      expect(await page.locator('#username[aria-invalid=true]').count()).toBe(1);
      await inspect('walk-email');
      await page.fill('#username', next);
      await submit();
      await page.waitForSelector('#code');
      await see('walk-email-code');
      await page.fill('#code', codeOf(await awaitMail(next, 1, brand)));
      await submit();
      await page.waitForSelector('[role=status]');
      expect(await page.textContent('main')).toContain(next);
      await see('walk-email-changed');

      await open('/account/password');
      await page.fill('#current_password', 'not this one, I am afraid');
      await page.fill('#password', fresh);
      await submit();
      expect(await page.locator('#current_password[aria-invalid=true]').count()).toBe(1);
      await inspect('walk-password');
      await page.fill('#current_password', goodPassword);
      await page.fill('#password', fresh);
      await submit();
      await page.waitForSelector('[role=status]');

      await open('/account/sessions');
      await submit();
      expect(new URL(page.url()).pathname).toBe('/sign-in');
      await page.fill('#username', next);
      await submit();
      await page.fill('#password', fresh);
      await submit();
      expect(new URL(page.url()).pathname).toBe('/account');
      await context.close();
    });
  },
);
