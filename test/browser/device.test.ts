import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '../integration/support/browser-session.ts';
import { type HarnessCloud, startHarnessCloud } from '../integration/support/harness-cloud.ts';
import { launchBrowser } from './support/browser.ts';
import { settings, startWalk } from './support/walk.ts';

const grant = 'urn:ietf:params:oauth:grant-type:device_code';
const kiosk = { id: 'kiosk', name: 'Kiosk', authentication: 'none', redirectUris: [], grants: [grant] } as const;

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

describe.each(['northwind', 'solmar'] as const)('DEV1, WEB7: a device at %s', (brand) => {
  let cloud: HarnessCloud;
  let person: Person;
  beforeAll(async () => {
    cloud = await startHarnessCloud({ brand, clients: [kiosk] });
    person = await cloud.newPerson();
  });
  afterAll(() => cloud.stop());

  async function post(path: string, form: Readonly<Record<string, string>>) {
    const response = await fetch(`${cloud.url}${path}`, { method: 'POST', body: new URLSearchParams(form) });
    return { status: response.status, json: (await response.json()) as Readonly<Record<string, string>> };
  }
  const start = async () =>
    (await post('/oauth2/device_authorization', { client_id: 'kiosk', scope: 'openid email' })).json;
  const poll = (code = '') => post('/oauth2/token', { grant_type: grant, client_id: 'kiosk', device_code: code });

  it.each(settings.filter((each) => each.brand === brand))(
    'is let in or turned away in $locale on a $device, scripts: $scripts',
    async (setting) => {
      const { page, context, press, submit, inspect } = await startWalk(browser, setting);
      const [refused, wanted] = [await start(), await start()];

      await page.goto(`${refused.verification_uri}?locale=${setting.locale}`);
      await page.fill('#user_code', 'BBBB-BBBB');
      await submit();
      expect(await page.locator('#user_code[aria-invalid=true]').count()).toBe(1);
      await inspect('device-wrong');
      await page.fill('#user_code', (refused.user_code ?? '').toLowerCase());
      await submit();
      await page.fill('#username', person.email);
      await submit();
      await page.fill('#password', person.password);
      await submit();
      if (new URL(page.url()).pathname === '/purposes') {
        for (const box of await page.locator('input[type=checkbox][required]').all()) await box.check();
        await submit();
      }
      expect(await page.textContent('#user_code')).toBe(refused.user_code);
      await inspect('device-confirm');
      await press('#deny');
      await inspect('device-refused');
      expect((await poll(refused.device_code)).json.error).toBe('access_denied');

      // The link of a QR code fills the code in, and no more than that (WEB5).
      await page.goto(`${wanted.verification_uri_complete}&locale=${setting.locale}`);
      expect(await page.inputValue('#user_code')).toBe(wanted.user_code);
      expect((await poll(wanted.device_code)).json.error).toBe('authorization_pending');
      await submit();
      await submit();
      await inspect('device-connected');
      await context.close();
    },
  );
});
