import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Locale } from '../../lambdas/shared/domain/brand.ts';
import type { MailKind } from '../../lambdas/shared/mail/mail.ts';
import { direction } from '../../lambdas/shared/messages/direction.ts';
import { mailTexts } from '../../lambdas/shared/messages/mail-texts.ts';
import { facts } from './support/brand-facts.ts';
import { awaitEvent } from './support/cloud-desk.ts';
import { askDesk, eventually } from './support/faults.ts';
import { awaitMail, codeOf, mailsTo, type ReceivedMail } from './support/inbox.ts';
import { type Member, signIn, signUp, startSignUp } from './support/journeys.ts';
import { askForCode, recoveredPassword, startMailedFlow } from './support/mailed-flows.ts';
import { itemsUnder } from './support/tables.ts';
import { type BrandId, newVisitor, randomEmail } from './support/visitor.ts';

const brands = ['northwind', 'solmar'] as const;
const spoken = brands.flatMap((brand) => facts[brand].locales.offered.map((locale) => [brand, locale] as const));

/** Waits until an address has a mail of the kind, and returns it. */
function mailOf(kind: MailKind, email: string, brand: BrandId): Promise<ReceivedMail> {
  const find = async () => (await mailsTo(email, brand)).find(({ tags }) => tags?.kind === kind);
  return eventually(find, `a mail "${kind}" to ${email}`);
}

/** Kinds of all mails to an address, oldest first. */
async function kindsTo(email: string, brand: BrandId) {
  return (await mailsTo(email, brand)).map(({ tags }) => tags?.kind).toReversed();
}

/** Waits until mails asked for later have gone out: what is missing then was never sent. */
async function mailsHaveGone(brand: BrandId): Promise<void> {
  const { email } = await startSignUp(newVisitor(brand));
  await awaitMail(email, 1, brand);
  await sleep(150);
}

/** The whole life of an account in a language; every mail that it causes, by kind. */
async function lifeIn(brand: BrandId, locale: Locale): Promise<Readonly<Partial<Record<MailKind, ReceivedMail>>>> {
  const visitor = newVisitor(brand);
  const member = await signUp(visitor, { locale, profile: { name: 'Noor Müller' } });
  const { email } = member;
  const inLocale = (path: string, address: string) =>
    newVisitor(brand).post(path, { client_id: visitor.client, email: address, locale });
  const stranger = randomEmail();
  await startSignUp(newVisitor(brand), { email, locale });
  await inLocale('/v1/login/code', email);
  const recovery = await inLocale('/v1/recoveries', email);
  await inLocale('/v1/recoveries', stranger);
  const code = codeOf(await mailOf('recovery', email, brand));
  await visitor.post(`/v1/recoveries/${recovery.json.flow}/password`, { code, password: recoveredPassword });
  const tokens = (await signIn(visitor, email, recoveredPassword)).json;
  const change = await startMailedFlow('email-change', brand, { ...member, tokens });
  await change.redeem(change.code);
  const explains = facts[brand].sender.recoveryForUnknownAddress === 'explain';
  const kinds: readonly MailKind[] = [
    'verify',
    'already-registered',
    'sign-in-code',
    'recovery',
    'password-changed',
    'email-change-old',
    'email-changed',
  ];
  const own = await Promise.all(kinds.map(async (kind) => [kind, await mailOf(kind, email, brand)] as const));
  return {
    ...Object.fromEntries(own),
    'email-change-new': await mailOf('email-change-new', change.email, brand),
    ...(explains && { 'recovery-unknown': await mailOf('recovery-unknown', stranger, brand) }),
  };
}

describe.each(spoken)('mails of %s in %s', (brand, locale) => {
  it('each situation has its mail, in the brand’s look and the person’s language and direction', async () => {
    const mails = await lifeIn(brand, locale);
    const texts = await mailTexts({}, locale);
    const { name, look, sender } = facts[brand];
    for (const [kind, mail] of Object.entries(mails)) {
      expect(mail.subject, kind).toBe(texts.say(`${kind as MailKind}.subject`, { brand: name }));
      expect(mail.html).toContain(`<html lang="${locale}" dir="${direction(locale)}">`);
      expect(mail.html).toContain(look.accent);
      expect(mail.html).toContain(name);
      expect(mail.from).toContain(`<${sender.from}>`);
      expect(mail.tags).toMatchObject({ brand, kind });
      expect(mail.configuration_set).toMatch(new RegExp(`^${brand}-dev`));
      const hasCode = ['verify', 'sign-in-code', 'recovery', 'email-change-new'].includes(kind);
      expect(/\b\d{6}\b/.test(mail.text), kind).toBe(hasCode);
      if (hasCode) expect(mail.html).toContain(codeOf(mail));
      expect(mail.subject).not.toMatch(/\d{6}/);
      expect(mail.text + mail.html).not.toMatch(/undefined|\{\w+\}|\[object/);
      expect(mail.html).not.toMatch(/<(script|img|link|form)\b|javascript:|https?:\/\/(?!localhost)/i);
    }
    expect(mails['password-changed']?.text).toContain('Noor Müller');
    expect(mails['already-registered']?.text).not.toContain('Noor');
    expect(direction('ar')).toBe('rtl');
  });
});

describe.each(brands)('who gets mail from %s', (brand) => {
  const wish = (header: string) => ({ headers: { 'accept-language': header } });
  const verifySubject = async (locale: Locale) =>
    (await mailTexts({}, locale)).say('verify.subject', { brand: facts[brand].name });

  it('the language is that of the request, then of the browser, then the brand’s', async () => {
    const [first, second, third] = facts[brand].locales.offered;
    const visitor = newVisitor(brand);
    const begin = async (fields: object, header: string) => {
      const email = randomEmail();
      const body = { client_id: visitor.client, email, password: recoveredPassword, ...fields };
      expect((await visitor.post('/v1/registrations', body, wish(header))).status).toBe(202);
      return (await awaitMail(email, 1, brand)).subject;
    };
    const fallback = facts[brand].locales.default;
    expect(await begin({ locale: third }, `${second}, ${first};q=0.5`)).toBe(await verifySubject(third ?? fallback));
    expect(await begin({}, `xx, ${second};q=0.9, ${first};q=0.1`)).toBe(await verifySubject(second ?? fallback));
    expect(await begin({}, 'xx-YY')).toBe(await verifySubject(fallback));
    expect(await begin({ locale: 'ja' }, '*')).toBe(await verifySubject(fallback));
    expect(await begin({}, `${second?.toUpperCase()}-ZZ;q=1;x=y,,,;`)).toBe(
      await verifySubject(fallback === second ? fallback : (second ?? fallback)),
    );
  });

  it('REC1: strangers get what the policy says, and no sign-in code', async () => {
    const unknown = randomEmail();
    await askForCode(newVisitor(brand), 'login-code', unknown);
    await askForCode(newVisitor(brand), 'recovery', unknown);
    await mailsHaveGone(brand);
    const explained = facts[brand].sender.recoveryForUnknownAddress === 'explain';
    expect(await kindsTo(unknown, brand)).toEqual(explained ? ['recovery-unknown'] : []);
  });

  it('EM2: a change of address warns the old one without naming the new, and mails a taken one no code', async () => {
    const [member, neighbour] = await Promise.all([signUp(newVisitor(brand)), signUp(newVisitor(brand))]);
    const { visitor, tokens, email } = member;
    const asked = await askForCode(visitor, 'email-change', neighbour.email, tokens.access_token);
    expect(asked.status).toBe(202);
    expect((await mailOf('already-registered', neighbour.email, brand)).text).not.toMatch(/\b\d{6}\b/);
    const warning = await mailOf('email-change-old', email, brand);
    expect(warning.text + warning.html).not.toContain(neighbour.email);
    expect(warning.text).toContain(`${visitor.origin}/email-change/cancel?`);
  });

  it('F13: an address that bounced or complained gets no more mail, and its owner can move away', async () => {
    const { visitor, tokens, email, password, sub }: Member = await signUp(newVisitor(brand));
    const bounce = (bounceType: string) =>
      askDesk(brand, 'POST', 'events', {
        source: 'aws.ses',
        'detail-type': 'Email Bounced',
        detail: {
          eventType: 'Bounce',
          bounce: {
            bounceType,
            bouncedRecipients: [{ emailAddress: email.toUpperCase() }],
            timestamp: new Date().toISOString(),
          },
          mail: { tags: { 'ses:configuration-set': [`${brand}-dev`] } },
        },
      });
    const set = (await mailsTo(email, brand))[0]?.configuration_set;
    expect(set).toBe(`${brand}-dev`);
    await bounce('Transient');
    await askForCode(newVisitor(brand), 'recovery', email);
    await mailOf('recovery', email, brand);
    await bounce('Permanent');
    await bounce('Permanent');
    const news = await awaitEvent(brand, 'address.bounced', sub);
    expect(JSON.stringify(news)).not.toContain('@');
    const before = (await mailsTo(email, brand)).length;
    await askForCode(newVisitor(brand), 'recovery', email);
    await askForCode(newVisitor(brand), 'registration', email);
    await mailsHaveGone(brand);
    expect(await mailsTo(email, brand)).toHaveLength(before);

    expect((await signIn(visitor, email, password)).status).toBe(200);
    const moved = await startMailedFlow('email-change', brand, { visitor, tokens, email, password, sub });
    expect((await moved.redeem(moved.code)).status).toBe(200);
    await mailsHaveGone(brand);
    expect(await mailsTo(email, brand)).toHaveLength(before);
  });

  it.each(['bounce', 'complaint'])(
    'F13: the mailbox simulator’s %s address gets one mail and no second',
    async (box) => {
      const email = `${box}+${randomBytes(6).toString('hex')}@simulator.amazonses.com`;
      const marks = async () => (await itemsUnder(brand, 'Directory', 'SUPPRESS#')).length;
      const before = await marks();
      await startSignUp(newVisitor(brand), { email });
      await awaitMail(email, 1, brand);
      await eventually(async () => ((await marks()) > before ? true : undefined), 'the mark of the address');
      expect((await askForCode(newVisitor(brand), 'registration', email)).status).toBe(202);
      await mailsHaveGone(brand);
      expect(await kindsTo(email, brand)).toEqual(['verify']);
    },
  );
});
