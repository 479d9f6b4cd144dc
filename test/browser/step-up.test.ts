import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { facts } from '../integration/support/brand-facts.ts';
import { advance, cloudNow } from '../integration/support/cloud-desk.ts';
import { enrolTotp, totpCode } from '../integration/support/factors.ts';
import { awaitMailOfKind, codeOf } from '../integration/support/inbox.ts';
import { signIn, signUp } from '../integration/support/journeys.ts';
import { newVisitor } from '../integration/support/visitor.ts';
import { type Application, startApplication } from './support/application.ts';
import { answers, type Equipped, enrolOnPages, equipped, press, signInByPassword } from './support/authenticator.ts';
import { launchBrowser } from './support/browser.ts';

const brand = 'northwind';
const { idle } = facts[brand].authentication.levels.aal2;

describe('a real browser proves more', () => {
  let browser: Browser;
  let application: Application;
  beforeAll(async () => {
    browser = await launchBrowser();
    application = await startApplication(brand);
  });
  afterAll(async () => {
    await browser.close();
    await application.close();
  });

  const person = () => signUp(newVisitor(brand), { consents: [{ purpose: 'terms', granted: true }] });
  const inspect = async (page: Page) => {
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${page.url()} ${id}: ${nodes[0]?.html}`)).toEqual([]);
  };
  const pathOf = (page: Page) => new URL(page.url()).pathname;

  /** Back at the application with a code, and what its ID token says. */
  async function arrived(page: Page) {
    await page.waitForURL((url) => url.href.startsWith(application.callback));
    return (await application.redeem(page.url())).idToken;
  }

  /** Shows the passkey that the page asks for. */
  async function showPasskey(device: Equipped) {
    const { page } = device;
    await page.waitForSelector('.passkey:not([hidden])');
    await answers(device, true);
    await page.click('.passkey button');
    const token = await arrived(page);
    await answers(device, false);
    return token;
  }

  it('MFA9: acr_values leads from a password to the app, and from there to a passkey; each token tells the truth', async () => {
    const member = await person();
    const device = await equipped(browser);
    const { page, context } = device;
    await signInByPassword(page, member, '/sign-in');
    await page.goto(application.entrance());
    expect(await arrived(page)).toMatchObject({ acr: 'aal1', amr: ['pwd'] });

    const secret = await enrolTotp(
      member,
      (await signIn(member.visitor, member.email, member.password)).json.access_token,
    );
    await page.goto(application.entrance({ acr_values: 'aal2' }));
    expect(pathOf(page)).toBe('/sign-in/second-factor');
    await inspect(page);
    await page.fill('#code', totpCode(secret, await cloudNow(brand)));
    await page.click('#submit');
    expect(await arrived(page)).toMatchObject({ sub: member.sub, acr: 'aal2', amr: ['pwd', 'otp', 'mfa'] });

    await page.goto(`${member.visitor.origin}/account/security/passkeys/add`);
    await page.waitForSelector('.passkey:not([hidden])');
    await page.fill('#name', 'Laptop');
    await answers(device, true);
    await press(page, '.passkey button');
    await answers(device, false);
    await page.goto(application.entrance({ acr_values: 'phr' }));
    expect(pathOf(page)).toBe('/sign-in/second-factor');
    expect(await page.locator('a[href*="factor=totp"]').count()).toBe(0);
    expect(await showPasskey(device)).toMatchObject({ sub: member.sub, acr: 'phr' });
    await context.close();
  });

  it('MFA9, SES5: phr after a rest: nothing but the passkey brings it back', async () => {
    const member = await person();
    const device = await equipped(browser);
    const { page, context } = device;
    await enrolOnPages(device, member, 'Laptop');
    await context.clearCookies();
    await page.goto(application.entrance({ acr_values: 'phr' }));
    expect(await showPasskey(device)).toMatchObject({ acr: 'phr', amr: ['pop', 'user', 'mfa'] });
    await advance(brand, idle + 60);
    await page.goto(application.entrance());
    expect(await arrived(page)).toMatchObject({ acr: 'aal1', amr: ['pop', 'user'] });
    await page.goto(application.entrance({ acr_values: 'phr' }));
    expect(pathOf(page)).toBe('/sign-in/second-factor');
    await inspect(page);
    expect(await showPasskey(device)).toMatchObject({ acr: 'phr', amr: ['pop', 'user', 'mfa'] });
    await context.close();
  });

  it('MFA8: a key that cannot verify its user is a second factor beside a password, and none after a mail', async () => {
    const member = await person();
    const device = await equipped(browser, { verifies: false });
    const { page, context } = device;
    await enrolOnPages(device, member, 'Old key');
    await context.clearCookies();
    const { pathname, search } = new URL(application.entrance());
    await signInByPassword(page, member, pathname + search);
    expect(pathOf(page)).toBe('/sign-in/second-factor');
    expect(await showPasskey(device)).toMatchObject({ acr: 'phr', amr: ['pwd', 'pop', 'user', 'mfa'] });

    await context.clearCookies();
    await page.goto(application.entrance());
    await page.fill('#username', member.email);
    await press(page, '#submit');
    await press(page, 'form[action="/sign-in/code/start"] button');
    await page.fill('#code', codeOf(await awaitMailOfKind('sign-in-code', member.email, 1, brand)));
    await page.click('#submit');
    await page.waitForURL('**/sign-in/second-factor*');
    await page.waitForSelector('.passkey:not([hidden])');
    const options = await page.getAttribute('[data-options]', 'data-options');
    expect(JSON.parse(options ?? '')).toMatchObject({ userVerification: 'required' });
    await context.close();
  });
});
