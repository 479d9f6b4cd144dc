import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { cloudNow } from './support/cloud-desk.ts';
import { enrolTotp } from './support/factors.ts';
import { wrongCode } from './support/inbox.ts';
import { signIn, type Tokens } from './support/journeys.ts';
import { follow, formTo, send } from './support/pages.ts';
import { enrolPasskey, requestOptionsOf, signInByPasskey } from './support/passkeys.ts';
import {
  askForText,
  bothProven,
  memberWithNumber,
  raisedBrowser,
  randomNumber,
  secondStep,
  startText,
  textsTo,
  type WithPhone,
} from './support/phones.ts';
import { patchItem, readItem } from './support/tables.ts';
import { newVisitor } from './support/visitor.ts';

describe('a number among the factors of an account', () => {
  /** Somebody with every kind of factor, in a session that has shown the strongest. */
  async function withEverything() {
    const owner = await memberWithNumber();
    const { visitor, tokens } = owner;
    const strong = await enrolTotpBeside(owner);
    const passkey = await enrolPasskey({ visitor, tokens: strong });
    const { json } = await signInByPasskey(visitor, passkey.get(await requestOptionsOf(visitor)));
    return { owner, token: json.access_token as string, weak: tokens.access_token };
  }

  /** An app beside the number: a session that has proven both. */
  async function enrolTotpBeside(owner: WithPhone): Promise<Tokens> {
    const tokens = await bothProven(owner);
    await enrolTotp(owner, tokens.access_token);
    return tokens;
  }

  it('PK10, MFA4: what is listed names the place at which it is removed, and is', async () => {
    const { owner, token } = await withEverything();
    const { visitor } = owner;
    const list = async () => (await visitor.get('/v1/account/authenticators', { token })).json.authenticators;
    const all = (await list()) as readonly { readonly type: string; readonly href: string }[];
    expect(all.map(({ type }) => type).toSorted()).toEqual(['passkey', 'sms', 'totp']);
    for (const { href, type } of all) {
      const removed = await visitor.ask('DELETE', href, { token });
      expect([200, 204], `${type} at ${href}: ${removed.text}`).toContain(removed.status);
    }
    expect(await list()).toEqual([]);
  });

  it.each([
    ['', 200],
    ['?sign_out_others=true', 401],
  ])('SES4: its removal%s leaves the other sessions at %i', async (query, status) => {
    const { owner, token, weak } = await withEverything();
    const removed = await owner.visitor.ask('DELETE', `/v1/account/phone${query}`, { token });
    expect(removed.status, removed.text).toBe(204);
    expect((await owner.visitor.get('/v1/account', { token: weak })).status).toBe(status);
    expect((await owner.visitor.get('/v1/account', { token })).status).toBe(200);
  });

  it('SES4: the pages offer it, at the removal as at the proof', async () => {
    const owner = await memberWithNumber();
    const { visitor, tokens } = owner;
    const browser = await raisedBrowser(owner);
    const page = await browser.get('/account/phone');
    expect(page.text).toMatch(
      /<input[^>]*type="checkbox"[^>]*name="others"|<input[^>]*name="others"[^>]*type="checkbox"/,
    );
    const removed = await send(browser, formTo(page, '/account/phone/remove'), { others: 'yes' });
    expect(removed.status).toBe(303);
    expect((await visitor.get('/v1/account', { token: tokens.access_token })).status).toBe(401);

    const number = randomNumber();
    const form = formTo(await browser.get('/account/phone'), '/account/phone');
    const typing = await follow(browser, await send(browser, form, { phone: number }));
    expect(typing.text).toContain('name="others"');
  });
});

describe('MFA1: a text as second factor', () => {
  it('RL3, WEB5: a page that is opened texts nothing, however often; its button does, once', async () => {
    const owner = await memberWithNumber();
    const { visitor, page } = await secondStep(owner);
    for (let turn = 0; turn < 11; turn++) {
      await follow(visitor, await visitor.get('/sign-in/second-factor'));
      expect((await visitor.get('/sign-in/second-factor?factor=sms')).status).toBe(303);
    }
    await sleep(500);
    expect(await textsTo(owner.number)).toHaveLength(1);
    const { form, code } = await askForText(visitor, page, owner.number);
    const passed = await send(visitor, form, { code });
    expect(passed.status, passed.text).toBe(303);
    await sleep(300);
    expect(await textsTo(owner.number)).toHaveLength(2);
  });

  it('raises a session by the code that was texted, once; MFA4: only then the number can go', async () => {
    const owner = await memberWithNumber();
    const { number, email, password } = owner;
    const low = await signIn(newVisitor('solmar'), email, password);
    expect(low.status).toBe(200);
    const kept = await owner.visitor.ask('DELETE', '/v1/account/phone', { token: low.json.access_token });
    expect([kept.status, kept.json.code]).toEqual([401, 'recent_authentication_required']);

    const { visitor, page } = await secondStep(owner);
    const { form, code } = await askForText(visitor, page, number);
    expect((await send(visitor, form, { code: wrongCode(code) })).status).toBe(400);
    const phone = ['solmar', 'Directory', `FACTOR#${owner.sub}`, 'phone'] as const;
    const { addedAt } = (await readItem(...phone)) ?? {};
    // EM4: a number that was proven since is not the one that the code went to.
    await patchItem(...phone, { addedAt: (await cloudNow('solmar')) + 1000 });
    expect((await send(visitor, form, { code })).status).toBe(400);
    await patchItem(...phone, { addedAt });
    const passed = await send(visitor, form, { code });
    expect(passed.status, passed.text).toBe(303);
    const account = await visitor.get('/account/phone');
    expect(account.status, account.text).toBe(200);
    const removed = await send(visitor, formTo(account, '/account/phone/remove'));
    expect(removed.status).toBe(303);
    await startText(newVisitor('solmar'), number);
    await sleep(300);
    expect(await textsTo(number)).toHaveLength(2);
  });
});
