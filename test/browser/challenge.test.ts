import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { facts } from '../integration/support/brand-facts.ts';
import { signIn, signUp } from '../integration/support/journeys.ts';
import { roomyWindow } from '../integration/support/rate-windows.ts';
import { newVisitor, originOf } from '../integration/support/visitor.ts';
import { launchBrowser, newContext } from './support/browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

it('RL1: an owner in a new browser signs in while the account is under attack: the page does the work by itself', async () => {
  const { passwordPerAccount } = facts.northwind.limits;
  const member = await signUp();
  await roomyWindow('northwind', passwordPerAccount);
  for (let turn = 0; turn < (passwordPerAccount.free ?? 0); turn++) {
    await signIn(newVisitor(), member.email, 'thirteen loud crows at noon');
  }
  const context = await newContext(browser, {});
  const page = await context.newPage();
  await page.goto(`${originOf('northwind')}/sign-in`);
  await page.fill('#username', member.email);
  await page.click('#submit');
  await page.fill('#password', member.password);
  // Read on the way: the page may have done its work, and be gone, before the browser is asked for what it got.
  const answers: { readonly status: number; readonly body: string }[] = [];
  await page.route(/\/sign-in\/password/, async (route) => {
    const response = await route.fetch({ maxRedirects: 0 });
    answers.push({ status: response.status(), body: await response.text() });
    await route.fulfill({ response });
  });
  await page.click('#submit');
  await page.waitForURL(/\/account/);
  const [asked] = answers;
  expect(asked?.status).toBe(403);
  expect(asked?.body).not.toContain(member.password);
  await context.close();
});

it('without scripts the page says how to go on', async () => {
  const { passwordPerAccount } = facts.northwind.limits;
  const member = await signUp();
  await roomyWindow('northwind', passwordPerAccount);
  for (let turn = 0; turn < (passwordPerAccount.free ?? 0); turn++) {
    await signIn(newVisitor(), member.email, 'thirteen loud crows at noon');
  }
  const context = await newContext(browser, { javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${originOf('northwind')}/sign-in`);
  await page.fill('#username', member.email);
  await page.click('#submit');
  await page.fill('#password', member.password);
  await page.click('#submit');
  await page.waitForSelector('#proof-status');
  expect(await page.locator('#proof-form').innerText()).toMatch(/try again in 15 minutes/i);
  await page.getByRole('button', { name: /code/i }).click();
  await page.waitForSelector('#code');
  await context.close();
});
