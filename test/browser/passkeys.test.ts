import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { facts } from '../integration/support/brand-facts.ts';
import { awaitMail, codeOf } from '../integration/support/inbox.ts';
import { signUp } from '../integration/support/journeys.ts';
import { requestOptionsOf, signInByPasskey } from '../integration/support/passkeys.ts';
import type { UsedCredential } from '../integration/support/software-authenticator.ts';
import { newVisitor, randomEmail } from '../integration/support/visitor.ts';
import { type Application, startApplication } from './support/application.ts';
import { answers, enrolOnPages, equipped, press, signInByPassword } from './support/authenticator.ts';
import { devices, launchBrowser, newContext } from './support/browser.ts';

let browser: Browser;
let application: Application;

beforeAll(async () => {
  browser = await launchBrowser();
  application = await startApplication('northwind');
});
afterAll(async () => {
  await browser.close();
  await application.close();
});

/** What the pages tell the browser of passkeys; it is noted, and the authenticator keeps what it has. */
async function notedSignals(page: Page): Promise<(readonly [string, unknown])[]> {
  const noted: (readonly [string, unknown])[] = [];
  await page.exposeFunction('noteSignal', (tell: string, said: unknown) => noted.push([tell, said]));
  await page.addInitScript(() => {
    const note = (window as unknown as { noteSignal: (tell: string, said: unknown) => Promise<void> }).noteSignal;
    for (const tell of ['signalAllAcceptedCredentials', 'signalUnknownCredential']) {
      Object.defineProperty(PublicKeyCredential, tell, { value: (said: unknown) => note(tell, said) });
    }
  });
  return noted;
}

const inspect = async (page: Page) => {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${page.url()} ${id}: ${nodes[0]?.html}`)).toEqual([]);
};

describe('passkeys in a real browser', () => {
  it('adds one, signs in by the button into the application, and after its removal no longer', async () => {
    const member = await signUp(newVisitor(), { consents: [{ purpose: 'terms', granted: true }] });
    const device = await equipped(browser);
    const { page, context, cdp, authenticatorId } = device;
    const signals = await notedSignals(page);
    await enrolOnPages(device, member, 'Test laptop');
    await inspect(page);
    expect(new URL(page.url()).pathname).toBe('/account/security/passkeys');
    expect(await page.textContent('.list')).toContain('Test laptop');
    const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId });
    expect(credentials.length).toBe(1);

    await context.clearCookies();
    await page.goto(application.entrance());
    await page.waitForSelector('.passkey:not([hidden])');
    await inspect(page);
    await answers(device, true);
    await page.click('.passkey button');
    await page.waitForURL((url) => url.href.startsWith(application.callback));
    await answers(device, false);
    const signedIn = await application.redeem(page.url());
    expect(signedIn).toMatchObject({
      status: 200,
      idToken: { sub: member.sub, acr: 'phr', amr: ['pop', 'user', 'mfa'] },
    });

    await page.goto(`${member.visitor.origin}/account/security/passkeys`);
    await press(page, '.rows a');
    await inspect(page);
    await press(page, '#submit');
    expect(await page.locator('.rows li').count()).toBe(0);

    await context.clearCookies();
    await page.goto(application.entrance());
    await page.waitForSelector('.passkey:not([hidden])');
    await answers(device, true);
    await press(page, '.passkey button');
    expect(new URL(page.url()).pathname).toBe('/sign-in/passkey');
    expect(await page.locator('[role=alert].summary').count()).toBe(1);
    await inspect(page);
    // The browser is told what is dead, so that it offers it no more.
    const accepted = signals.filter(([tell]) => tell === 'signalAllAcceptedCredentials').map(([, said]) => said);
    expect(accepted.at(-1)).toMatchObject({ rpId: 'localhost', allAcceptedCredentialIds: [] });
    expect(signals.at(-1)).toMatchObject(['signalUnknownCredential', { rpId: 'localhost' }]);
    await context.close();
  });

  it('is the second factor after a password, and the way of a step-up', async () => {
    const member = await signUp(newVisitor(), { consents: [{ purpose: 'terms', granted: true }] });
    const device = await equipped(browser);
    const { page, context } = device;
    await enrolOnPages(device, member, 'Key');
    await context.clearCookies();
    await signInByPassword(
      page,
      member,
      new URL(application.entrance()).pathname + new URL(application.entrance()).search,
    );
    expect(new URL(page.url()).pathname).toBe('/sign-in/second-factor');
    await page.waitForSelector('.passkey:not([hidden])');
    await inspect(page);
    await answers(device, true);
    await page.click('.passkey button');
    await page.waitForURL((url) => url.href.startsWith(application.callback));
    const { idToken } = await application.redeem(page.url());
    expect(idToken).toMatchObject({ sub: member.sub, acr: 'phr', amr: ['pwd', 'pop', 'user', 'mfa'] });
    await context.close();
  });

  it('WEB7: without scripts there is no button, and the page does all it did', async () => {
    const context = await newContext(browser, { ...devices.phone, javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(application.entrance());
    expect(await page.locator('.passkey').isVisible()).toBe(false);
    await page.fill('#username', 'somebody@example.com');
    await press(page, '#submit');
    expect(await page.locator('#password').isVisible()).toBe(true);
    await page.goto(`${newVisitor().origin}/sign-in/passkey`);
    expect(await page.locator('.no-passkey').isVisible()).toBe(true);
    await context.close();
  });

  it('conditional UI: the field of the name offers passkeys, and the one that is chosen signs in', async () => {
    const member = await signUp(newVisitor(), { consents: [{ purpose: 'terms', granted: true }] });
    const device = await equipped(browser);
    const { page, context } = device;
    await enrolOnPages(device, member, 'Phone');
    await context.clearCookies();
    const asked: unknown[] = [];
    await page.exposeFunction('noteAsked', (mediation: unknown) => asked.push(mediation));
    await page.addInitScript(() => {
      const get = navigator.credentials.get.bind(navigator.credentials);
      navigator.credentials.get = (options) => {
        (window as unknown as { noteAsked: (mediation: unknown) => void }).noteAsked(options?.mediation);
        return get(options);
      };
    });
    await answers(device, true);
    await page.goto(application.entrance());
    await page.waitForURL((url) => url.href.startsWith(application.callback));
    expect(asked).toEqual(['conditional']);
    expect((await application.redeem(page.url())).idToken).toMatchObject({ sub: member.sub, acr: 'phr' });
    await context.close();
  });

  it('signs up without a password: the address is proven, then the passkey is made', async () => {
    const device = await equipped(browser, { locale: 'es' });
    const { page, context } = device;
    const agency = await startApplication('solmar');
    const email = randomEmail();
    await page.goto(agency.entrance());
    await press(page, '.more a');
    await page.fill('#username', email);
    await page.check('#passwordless');
    for (const { id, required } of facts.solmar.purposes) if (required) await page.check(`[id="purpose.${id}"]`);
    await inspect(page);
    await page.waitForTimeout(facts.solmar.abuse.signUp.minSeconds * 1000);
    await press(page, '#submit');
    await page.fill('#code', codeOf(await awaitMail(email, 1, 'solmar')));
    await press(page, '#submit');
    expect(new URL(page.url()).pathname).toBe('/account/security/passkeys/add');
    await page.waitForSelector('.passkey:not([hidden])');
    await inspect(page);
    await answers(device, true);
    await page.click('.passkey button');
    await page.waitForURL((url) => url.href.startsWith(agency.callback));
    const made = await agency.redeem(page.url());
    expect(made.status).toBe(200);
    await context.clearCookies();
    // The one passkey of this browser is offered in the field of the name, and taken.
    await page.goto(agency.entrance());
    await page.waitForURL((url) => url.href.startsWith(agency.callback));
    expect((await agency.redeem(page.url())).idToken).toMatchObject({ sub: made.idToken.sub, acr: 'phr' });
    await context.close();
    await agency.close();
  });

  it('PK2: what a page of another origin gets from the same authenticator opens nothing', async () => {
    const member = await signUp(newVisitor(), { consents: [{ purpose: 'terms', granted: true }] });
    const device = await equipped(browser);
    const { page, context } = device;
    await enrolOnPages(device, member, 'Phished');
    const visitor = newVisitor();
    const options = await requestOptionsOf(visitor);
    await page.goto(application.callback);
    await answers(device, true);
    const credential = await page.evaluate(async (asked) => {
      const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(asked as PublicKeyCredentialRequestOptionsJSON);
      const made = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential;
      return made.toJSON();
    }, options as unknown);
    const refused = await signInByPasskey(visitor, credential as UsedCredential);
    expect([refused.status, refused.json.code]).toEqual([400, 'passkey_invalid']);
    await context.close();
  });
});
