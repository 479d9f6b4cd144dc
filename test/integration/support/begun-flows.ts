import type { FlowPurpose } from '../../../lambdas/shared/domain/flow.ts';
import { cloudNow } from './cloud-desk.ts';
import { enrolTotp, firstFactor, startTotp, totpCode } from './factors.ts';
import { awaitMail, codeOf, mailsTo } from './inbox.ts';
import { type Member, signUp } from './journeys.ts';
import { askForCode, recoveredPassword, redeemCode } from './mailed-flows.ts';
import { follow, formTo, type PageForm, send, signInOnPages, signUpEntries } from './pages.ts';
import { randomNumber } from './phones.ts';
import { itemsUnder } from './tables.ts';
import { type Answer, type BrandId, newVisitor, randomEmail, type Visitor } from './visitor.ts';

/** A flow that was begun at one place: its id, what proves it, and how it is ended at either. */
export interface BegunFlow {
  readonly flow: string;
  readonly byJson: (visitor?: Visitor) => Promise<Answer>;
  /** Nothing where it was begun by JSON: a page's forms name no flow. */
  readonly byPage?: () => Promise<Answer>;
}

/** How one kind of flow is begun by JSON and on the pages, and ended at both. */
interface Journey {
  readonly brand: BrandId;
  /** It may end in a session. */
  readonly signsIn?: true;
  /** The route of the JSON journeys that ends it. */
  readonly route: string;
  readonly json: (member: Member) => Promise<BegunFlow>;
  readonly pages: (member: Member) => Promise<BegunFlow>;
}

/** Takes a step and tells which flow it began, past every function: pages tell nobody. */
async function flowBegunBy(brand: BrandId, purpose: FlowPurpose, act: () => Promise<unknown>): Promise<string> {
  const ids = async () =>
    (await itemsUnder(brand, 'Sessions', 'FLOW#')).filter((item) => item.purpose === purpose).map(({ pk }) => pk);
  const before = new Set(await ids());
  await act();
  const begun = (await ids()).filter((pk) => !before.has(pk));
  if (begun.length !== 1) throw new Error(`${begun.length} flows of purpose ${purpose} were begun`);
  return String(begun[0]).slice('FLOW#'.length);
}

/** Takes a step on the pages, and tells the flow that it began and the page that it led to. */
async function onPage(
  purpose: FlowPurpose,
  visitor: Visitor,
  form: PageForm,
  filled: Readonly<Record<string, string>>,
) {
  let page: Answer | undefined;
  const flow = await flowBegunBy(visitor.brand, purpose, async () => {
    page = await follow(visitor, await send(visitor, form, filled));
  });
  if (!page) throw new Error('no page');
  return { flow, page };
}

/** Takes a step after which a code arrives, and reads it. */
async function codeAfter<Made>(to: string, brand: BrandId, act: () => Promise<Made>): Promise<Made & { code: string }> {
  const before = (await mailsTo(to, brand)).length;
  const made = await act();
  return { ...made, code: codeOf(await awaitMail(to, before + 1, brand)) };
}

const signedIn = async ({ visitor: { brand }, email, password }: Member) => {
  const browser = newVisitor(brand);
  await signInOnPages(browser, email, password);
  return browser;
};

/** What a journey that mails a code does at both places. */
const mailed = (
  purpose: 'registration' | 'login-code' | 'recovery',
  begin: (visitor: Visitor, email: string) => Promise<readonly [PageForm, Readonly<Record<string, string>>]>,
  end: { readonly action: string; readonly fields?: Readonly<Record<string, string>> },
): Pick<Journey, 'json' | 'pages'> => {
  const addressOf = (member: Member) => (purpose === 'registration' ? randomEmail() : member.email);
  return {
    json: async (member) => {
      const visitor = newVisitor();
      const email = addressOf(member);
      const { json, code } = await codeAfter(email, 'northwind', () => askForCode(visitor, purpose, email));
      return { flow: json.flow, byJson: () => redeemCode(visitor, purpose, json.flow, code) };
    },
    pages: async (member) => {
      const visitor = newVisitor();
      const email = addressOf(member);
      const [form, filled] = await begin(visitor, email);
      const { flow, page, code } = await codeAfter(email, 'northwind', () => onPage(purpose, visitor, form, filled));
      return {
        flow,
        byJson: () => redeemCode(newVisitor(), purpose, flow, code),
        byPage: () => send(visitor, formTo(page, end.action), { code, ...end.fields }),
      };
    },
  };
};

/** Every kind of flow; whoever adds one adds its line. */
export const journeys: { readonly [P in FlowPurpose]: Journey } = {
  registration: {
    brand: 'northwind',
    signsIn: true,
    route: 'POST /v1/registrations/{flow}/verification',
    ...mailed(
      'registration',
      async (visitor, email) => [formTo(await visitor.get('/sign-up'), '/sign-up'), signUpEntries(visitor, email)],
      { action: '/sign-up/verify' },
    ),
  },

  'login-code': {
    brand: 'northwind',
    signsIn: true,
    route: 'POST /v1/login/code/{flow}',
    ...mailed(
      'login-code',
      async (visitor, username) => {
        const first = formTo(await visitor.get('/sign-in'), '/sign-in');
        return [formTo(await follow(visitor, await send(visitor, first, { username })), '/sign-in/code/start'), {}];
      },
      { action: '/sign-in/code' },
    ),
  },

  recovery: {
    brand: 'northwind',
    route: 'POST /v1/recoveries/{flow}/password',
    ...mailed(
      'recovery',
      async (visitor, username) => [formTo(await visitor.get('/recover'), '/recover'), { username }],
      { action: '/recover/password', fields: { password: recoveredPassword } },
    ),
  },

  'factor-recovery': {
    brand: 'northwind',
    route: 'POST /v1/factor-recoveries/{flow}',
    json: async ({ email }) => {
      const visitor = newVisitor();
      const named = { client_id: visitor.client, email };
      const start = () => visitor.post('/v1/factor-recoveries', named);
      const { json, code } = await codeAfter(email, 'northwind', start);
      return { flow: json.flow, byJson: () => visitor.post(`/v1/factor-recoveries/${json.flow}`, { code }) };
    },
    pages: async ({ email }) => {
      const visitor = newVisitor();
      const form = formTo(await visitor.get('/recover/factors'), '/recover/factors');
      const start = () => onPage('factor-recovery', visitor, form, { username: email });
      const { flow, page, code } = await codeAfter(email, 'northwind', start);
      return {
        flow,
        byJson: () => newVisitor().post(`/v1/factor-recoveries/${flow}`, { code }),
        byPage: () => send(visitor, formTo(page, '/recover/factors/code'), { code }),
      };
    },
  },

  'email-change': {
    brand: 'northwind',
    route: 'POST /v1/account/email/{flow}',
    json: async ({ visitor, tokens: { access_token: token } }) => {
      const next = randomEmail();
      const { json, code } = await codeAfter(next, 'northwind', () => askForCode(visitor, 'email-change', next, token));
      return { flow: json.flow, byJson: () => redeemCode(visitor, 'email-change', json.flow, code, token) };
    },
    pages: async (member) => {
      const browser = await signedIn(member);
      const { visitor, tokens } = member;
      const next = randomEmail();
      const form = formTo(await browser.get('/account/email'), '/account/email');
      const start = () => onPage('email-change', browser, form, { username: next });
      const { flow, page, code } = await codeAfter(next, 'northwind', start);
      return {
        flow,
        byJson: () => redeemCode(visitor, 'email-change', flow, code, tokens.access_token),
        byPage: () => send(browser, formTo(page, '/account/email/code'), { code }),
      };
    },
  },

  'second-factor': {
    brand: 'northwind',
    signsIn: true,
    route: 'POST /v1/login/second-factor/{flow}',
    json: async (member) => {
      const { email, password } = member;
      const secret = await enrolTotp(member);
      const visitor = newVisitor();
      const { flow } = await firstFactor(visitor, email, password);
      const code = totpCode(secret, await cloudNow('northwind'));
      return { flow, byJson: () => visitor.post(`/v1/login/second-factor/${flow}`, { factor: 'totp', code }) };
    },
    pages: async (member) => {
      const { email, password } = member;
      const secret = await enrolTotp(member);
      const browser = newVisitor();
      let page: Answer | undefined;
      const flow = await flowBegunBy('northwind', 'second-factor', async () => {
        page = await follow(browser, await signInOnPages(browser, email, password));
      });
      const code = totpCode(secret, await cloudNow('northwind'));
      const form = page && formTo(page, '/sign-in/second-factor');
      return {
        flow,
        byJson: () => newVisitor().post(`/v1/login/second-factor/${flow}`, { factor: 'totp', code }),
        ...(form && { byPage: () => send(browser, form, { code }) }),
      };
    },
  },

  totp: {
    brand: 'northwind',
    route: 'POST /v1/account/authenticators/totp/{flow}',
    json: async (member) => {
      const { visitor, tokens } = member;
      const { flow, secret } = await startTotp(member);
      const code = totpCode(secret, await cloudNow('northwind'));
      const path = `/v1/account/authenticators/totp/${flow}`;
      return { flow, byJson: () => visitor.post(path, { code }, { token: tokens.access_token }) };
    },
    pages: async (member) => {
      const { visitor, tokens } = member;
      const browser = await signedIn(member);
      const start = formTo(await browser.get('/account/security'), '/account/security/totp/start');
      const { flow, page } = await onPage('totp', browser, start, {});
      const secret = (/id="secret">([^<]+)</.exec(page.text)?.[1] ?? '').replace(/ /g, '');
      const code = totpCode(secret, await cloudNow('northwind'));
      const path = `/v1/account/authenticators/totp/${flow}`;
      return {
        flow,
        byJson: () => visitor.post(path, { code }, { token: tokens.access_token }),
        byPage: () => send(browser, formTo(page, '/account/security/totp'), { code }),
      };
    },
  },

  phone: {
    brand: 'solmar',
    route: 'POST /v1/account/phone/{flow}',
    json: async ({ visitor, tokens: { access_token: token } }) => {
      const phone = randomNumber();
      const start = () => visitor.post('/v1/account/phone', { phone }, { token });
      const { json, code } = await codeAfter(phone, 'solmar', start);
      return { flow: json.flow, byJson: () => visitor.post(`/v1/account/phone/${json.flow}`, { code }, { token }) };
    },
    pages: async (member) => {
      const { visitor, tokens } = member;
      const browser = await signedIn(member);
      const phone = randomNumber();
      const form = formTo(await browser.get('/account/phone'), '/account/phone');
      const { flow, page, code } = await codeAfter(phone, 'solmar', () => onPage('phone', browser, form, { phone }));
      const token = tokens.access_token;
      return {
        flow,
        byJson: () => visitor.post(`/v1/account/phone/${flow}`, { code }, { token }),
        byPage: () => send(browser, formTo(page, '/account/phone/code'), { code }),
      };
    },
  },
};

/** A new person for a journey of this brand. */
export const personAt = (brand: BrandId) =>
  signUp(newVisitor(brand), { consents: [{ purpose: 'terms', granted: true }] });
