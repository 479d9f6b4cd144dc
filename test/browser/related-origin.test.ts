import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { localCertificate } from '../../local/certificate.ts';
import { type HarnessCloud, startHarnessCloud } from '../integration/support/harness-cloud.ts';
import { signIn } from '../integration/support/journeys.ts';
import { creationOptionsOf, requestOptionsOf, sendPasskey, signInByPasskey } from '../integration/support/passkeys.ts';
import type { CreatedCredential, UsedCredential } from '../integration/support/software-authenticator.ts';
import { newVisitor, randomIp } from '../integration/support/visitor.ts';
import { answers, equipped } from './support/authenticator.ts';
import { launchBrowser } from './support/browser.ts';

const shop = 'https://www.northwind.example';
const stranger = 'https://www.other.example';

describe('related origins (WebAuthn Level 3, section 5.11)', () => {
  let harness: HarnessCloud;
  let pages: Server;
  let browser: Browser;
  let folder: string;
  beforeAll(async () => {
    harness = await startHarnessCloud({ https: true });
    folder = await mkdtemp(join(tmpdir(), 'latchkey-origins-'));
    const { key, cert } = await localCertificate(folder);
    pages = createServer({ key, cert }, (_, response) => {
      response.setHeader('content-type', 'text/html');
      response.end('<!doctype html><html lang="en"><title>A page</title><h1>A page</h1></html>');
    });
    await new Promise<void>((resolve) => pages.listen(0, '127.0.0.1', resolve));
    const { port } = pages.address() as AddressInfo;
    // Browsers ask the relying party at the standard port, whatever the page's.
    const places = [
      `MAP www.northwind.example:443 127.0.0.1:${port}`,
      `MAP www.other.example:443 127.0.0.1:${port}`,
      `MAP localhost:443 127.0.0.1:${new URL(harness.url).port}`,
    ];
    browser = await launchBrowser('--ignore-certificate-errors', `--host-resolver-rules=${places.join(', ')}`);
  });
  afterAll(async () => {
    await browser.close();
    pages.close();
    await harness.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('PK2: a passkey is made and used on a page of the brand at another origin, and on no page of anybody else', async () => {
    const visitor = newVisitor('northwind', randomIp(), { origin: harness.url });
    const { email, password } = await harness.newPerson();
    const { json: tokens } = await signIn(visitor, email, password);
    const device = await equipped(browser, { ignoreHTTPSErrors: true });
    const { page, context } = device;
    await answers(device, true);

    await page.goto(shop);
    const options = await creationOptionsOf(visitor, tokens.access_token);
    const made = await page.evaluate(async (asked) => {
      const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(
        asked as PublicKeyCredentialCreationOptionsJSON,
      );
      return ((await navigator.credentials.create({ publicKey })) as PublicKeyCredential).toJSON();
    }, options as unknown);
    const enrolled = await sendPasskey(visitor, tokens.access_token, made as CreatedCredential);
    expect(enrolled.status, enrolled.text).toBe(201);

    const use = async () =>
      page.evaluate(
        async (asked) => {
          const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(
            asked as PublicKeyCredentialRequestOptionsJSON,
          );
          try {
            return ((await navigator.credentials.get({ publicKey })) as PublicKeyCredential).toJSON();
          } catch (error) {
            return (error as Error).name;
          }
        },
        (await requestOptionsOf(visitor)) as unknown,
      );
    const signedIn = await signInByPasskey(visitor, (await use()) as UsedCredential);
    expect(signedIn.status, signedIn.text).toBe(200);
    await page.goto(stranger);
    expect(await use()).toBe('SecurityError');
    await context.close();
  });
});
