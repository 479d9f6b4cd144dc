import { randomInt } from 'node:crypto';
import { expect } from 'vitest';
import { awaitMail, codeOf, mailsTo } from './inbox.ts';
import { type Member, signUp, type Tokens } from './journeys.ts';
import { authorizationPath, follow, formTo, redeem, send, signInOnPages } from './pages.ts';
import { type Answer, newVisitor, type Visitor } from './visitor.ts';

/** A Spanish mobile number that no other test has. */
export const randomNumber = () => `+346${randomInt(10_000_000, 99_999_999)}`;

export const textsTo = (number: string) => mailsTo(number, 'solmar');
export const awaitText = (number: string, count = 1) => awaitMail(number, count, 'solmar');

export interface WithPhone extends Member {
  readonly number: string;
}

export async function prove(member: Member, number: string): Promise<Answer> {
  const { visitor, tokens } = member;
  const token = tokens.access_token;
  const before = (await textsTo(number)).length;
  const started = await visitor.post('/v1/account/phone', { phone: number }, { token });
  expect(started.status, started.text).toBe(202);
  const code = codeOf(await awaitText(number, before + 1));
  return visitor.post(`/v1/account/phone/${started.json.flow}`, { code }, { token });
}

/** Somebody at the brand that texts, with a number that they have proven. */
export async function memberWithNumber(): Promise<WithPhone> {
  const somebody = await signUp(newVisitor('solmar'), { consents: [{ purpose: 'terms', granted: true }] });
  const number = randomNumber();
  expect((await prove(somebody, number)).status).toBe(200);
  return { ...somebody, number };
}

/** A browser of somebody with a number that has proven both of their factors: the password, and a text (MFA4). */
export async function raisedBrowser({ email, password, number }: WithPhone): Promise<Visitor> {
  const browser = newVisitor('solmar');
  const before = (await textsTo(number)).length;
  await signInOnPages(browser, email, password);
  const page = await follow(browser, await browser.get('/sign-in/second-factor'));
  const code = codeOf(await awaitText(number, before + 1));
  await send(browser, formTo(page, '/sign-in/second-factor'), { code });
  return browser;
}

/** Tokens of such a browser. */
export async function bothProven(owner: WithPhone): Promise<Tokens> {
  const browser = await raisedBrowser(owner);
  return (await redeem(browser, await browser.get(authorizationPath(browser)))).json;
}

export const startText = (visitor: Visitor, phone: string) =>
  visitor.post('/v1/login/text', { client_id: visitor.client, phone });
