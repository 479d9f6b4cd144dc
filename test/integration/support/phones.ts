import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
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

/** A session by password, on the page of the second factor: its text is sent on request (RL3). */
export async function secondStep({ email, password }: Member) {
  const visitor = newVisitor('solmar');
  await signInOnPages(visitor, email, password);
  return { visitor, page: await follow(visitor, await visitor.get('/sign-in/second-factor')) };
}

/** Presses the button of that page; gives the form for the code, and the code. */
export async function askForText(visitor: Visitor, page: Answer, number: string) {
  const before = (await textsTo(number)).length;
  const asked = await follow(visitor, await send(visitor, formTo(page, '/sign-in/second-factor/code')));
  return { form: formTo(asked, '/sign-in/second-factor'), code: codeOf(await awaitText(number, before + 1)) };
}

/** A browser of somebody with a number that has proven both of their factors: the password, and a text (MFA4). */
export async function raisedBrowser(owner: WithPhone): Promise<Visitor> {
  const { visitor, page } = await secondStep(owner);
  const { form, code } = await askForText(visitor, page, owner.number);
  await send(visitor, form, { code });
  return visitor;
}

/** Tokens of such a browser. */
export async function bothProven(owner: WithPhone): Promise<Tokens> {
  const browser = await raisedBrowser(owner);
  return (await redeem(browser, await browser.get(authorizationPath(browser)))).json;
}

/** Asks for a code by text; the gateway's own throttle of the route, which names no code, is waited for. */
export async function startText(visitor: Visitor, phone: string): Promise<Answer> {
  const answer = await visitor.post('/v1/login/text', { client_id: visitor.client, phone });
  if (answer.status !== 429 || answer.json.code !== undefined) return answer;
  await sleep(250);
  return startText(visitor, phone);
}
