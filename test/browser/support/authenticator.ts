import type { Browser, BrowserContext, BrowserContextOptions, CDPSession, Page } from 'playwright-core';
import type { Member } from '../../integration/support/journeys.ts';
import { devices, newContext } from './browser.ts';

/** A page of a browser with an authenticator in the device, which says yes when it is asked. */
export interface Equipped {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly cdp: CDPSession;
  readonly authenticatorId: string;
}

/** An authenticator that verifies its user is built into the device; one that only notices a touch is a key of an older kind. */
export async function equipped(
  browser: Browser,
  { locale = 'en', verifies = true, ...options }: BrowserContextOptions & { readonly verifies?: boolean } = {},
): Promise<Equipped> {
  const context = await newContext(browser, { ...devices.desktop, locale, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const cdp = await context.newCDPSession(page);
  await cdp.send('WebAuthn.enable', { enableUI: false });
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: verifies ? 'internal' : 'usb',
      hasResidentKey: verifies,
      hasUserVerification: verifies,
      isUserVerified: verifies,
      automaticPresenceSimulation: false,
    },
  });
  return { context, page, cdp, authenticatorId };
}

/** Whether the authenticator answers when it is asked. */
export const answers = ({ cdp, authenticatorId }: Equipped, enabled: boolean) =>
  cdp.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled });

/** Presses, and waits for the page that it leads to. */
export async function press(page: Page, selector: string): Promise<void> {
  const loaded = page.waitForEvent('load');
  await page.click(selector);
  await loaded;
}

/** Signs in on the pages, on the way to a page. */
export async function signInByPassword(page: Page, { visitor, email, password }: Member, path: string): Promise<void> {
  await page.goto(`${visitor.origin}${path}`);
  await page.fill('#username', email);
  await press(page, '#submit');
  await page.fill('#password', password);
  await press(page, '#submit');
}

/** Signs in and adds a passkey on the account's pages. */
export async function enrolOnPages(device: Equipped, member: Member, name: string): Promise<void> {
  const { page } = device;
  await signInByPassword(page, member, '/account/security/passkeys/add');
  await page.goto(`${member.visitor.origin}/account/security/passkeys/add`);
  await page.waitForSelector('.passkey:not([hidden])');
  await page.fill('#name', name);
  await answers(device, true);
  await press(page, '.passkey button');
  await answers(device, false);
}
