import { describe, expect, test } from 'vitest';
import { decideFlowMails } from '../../lambdas/mailer/decide-mails.ts';
import { decideFlowTexts, type TextLookups } from '../../lambdas/mailer/decide-texts.ts';
import { mayHaveGoneAstray, wentByText } from '../../lambdas/shared/domain/code-channel.ts';
import type { EmailAddress } from '../../lambdas/shared/domain/email-address.ts';
import type { EventType } from '../../lambdas/shared/domain/events.ts';
import type { FactorSummary } from '../../lambdas/shared/domain/factors.ts';
import type { Flow } from '../../lambdas/shared/domain/flow.ts';
import { type PhoneNumber, rangeOf } from '../../lambdas/shared/domain/phone-number.ts';
import type { User } from '../../lambdas/shared/domain/user.ts';
import { renderText } from '../../lambdas/shared/mail/render-text.ts';
import { mailTexts } from '../../lambdas/shared/messages/mail-texts.ts';
import { allLocales, sampleBrands, sampleCode } from './mail-samples.ts';

const [northwind, solmar] = sampleBrands;
const now = Date.parse('2026-11-21T14:05:00Z');
const owner = 'usr_aaaaaaaaaaaaaaaaaaaaaa';
const asked = '+34612345678' as PhoneNumber;
const proven = '+5511961234567' as PhoneNumber;

const flow: Flow = {
  id: 'flw_aaaaaaaaaaaaaaaaaaaaaa',
  purpose: 'login-code',
  at: 'client',
  clientId: 'solmar-web',
  identHash: 'hash-of-flow',
  channel: 'text',
  locale: 'es',
  sealed: 'sealed',
  codeNonce: 'nonce',
  resends: 0,
  startedAt: now,
  expiresAt: now / 1000 + 300,
  endsAt: now / 1000 + 1800,
};

interface World {
  readonly status?: User['status'];
  readonly owned?: boolean;
  readonly phone?: boolean;
  readonly prefers?: boolean;
  /** Texts to the number never arrive. */
  readonly dead?: boolean;
}

function lookups({ status = 'active', owned = true, phone = true, prefers = false, dead = false }: World): TextLookups {
  const user: User = {
    id: owner,
    identHash: 'hash-of-mail',
    sealed: 'sealed',
    status,
    sessionsValidFrom: 0,
    locale: 'es',
    ...(prefers && { codeChannel: 'text' }),
    createdAt: 0,
    updatedAt: 0,
    version: 1,
  };
  return {
    recipientOf: async (hash) => ({
      owner: owned ? owner : undefined,
      suppressed: dead && hash !== 'hash-of-mail' && hash !== 'hash-of-flow',
    }),
    findUser: async () => user,
    personalData: async () => [
      {
        email: 'ana@example.com' as EmailAddress,
        profile: {},
        ...(phone && { phone: { number: proven, verifiedAt: 0 } }),
      },
    ],
    codeOf: () => sampleCode,
    flowNumber: () => asked,
    hashesOf: (number) => ({ identHash: `hash of ${number}`, rangeHash: `hash of ${rangeOf(number)}` }),
    networkOf: () => 'hash of a network',
  };
}

async function decided(type: EventType, world: World, changed: Partial<Flow> = {}, brand = solmar) {
  const event = {
    id: 'evt_aaaaaaaaaaaaaaaaaaaaaa',
    type,
    at: new Date(now).toISOString(),
    data: { factor: 'sms' },
  } as const;
  const change = { event, flow: { ...flow, ...changed } };
  const texts = await decideFlowTexts(change, { brand, lookups: lookups(world), now });
  const mailLookups = {
    ...lookups(world),
    flowAddress: () => 'ana@example.com' as EmailAddress,
    mailboxHashOf: (address: string) => `hash of ${address}`,
    cancelLink: () => '',
    signInLink: () => 'https://id.example/link',
  };
  const mails = await decideFlowMails(change, { brand, lookups: mailLookups, now });
  return [
    ...texts.map(({ text, to }) => `${text.kind} -> ${to}`),
    ...mails.map(({ mail, to }) => `${mail.kind} -> ${to}`),
  ];
}

test('a text as the second step goes out at once only where it is the strongest factor', async () => {
  const after = async (data: Readonly<Record<string, unknown>>) => {
    const event = {
      id: 'evt_aaaaaaaaaaaaaaaaaaaaaa',
      type: 'second_factor.asked',
      at: new Date(now).toISOString(),
      data,
    } as const;
    const change = { event, flow: { ...flow, userId: owner } as const };
    return (await decideFlowTexts(change, { brand: solmar, lookups: lookups({}), now })).length;
  };
  expect(await after({ factors: ['sms', 'recovery-code'] })).toBe(1);
  expect(await after({ factors: ['totp', 'sms'] })).toBe(0);
  expect(await after({ factors: ['sms'], step_up: true })).toBe(0);
});

test.each<[string, Partial<Flow>, Partial<FactorSummary>, boolean]>([
  ['a number was asked for', { channel: 'text' }, {}, true],
  ['texts are preferred', {}, { sms: true, textsSince: now - 1 }, true],
  ['nothing is preferred', {}, { sms: true }, false],
  ['texts are preferred since it was asked for', {}, { sms: true, textsSince: now }, false],
  ['the number is gone', {}, { textsSince: now - 1 }, false],
])('MFA5, MFA8: by what a code went: %s', (_, changed, enrolled, texted) => {
  const { channel: _none, ...toAddress } = flow;
  const asked = { ...toAddress, ...changed };
  expect(wentByText(solmar, asked, { userId: owner, ...enrolled })).toBe(texted);
  expect(wentByText(northwind, asked, { userId: owner, ...enrolled })).toBe(changed.channel === 'text');
});

test.each<[string, Partial<Flow>, number | undefined, boolean]>([
  ['no number was ever taken back', {}, undefined, false],
  ['asked for at the moment of it', {}, now, true],
  ['asked for after it', {}, now - 1, false],
  ['asked for by number', { channel: 'text' }, now, false],
])('LOG5, MFA8: a code may have gone to a number that was taken back: %s', (_, changed, textsUntil, astray) => {
  const { channel: _none, ...toAddress } = flow;
  const asked = { ...toAddress, startedAt: now, ...changed };
  expect(mayHaveGoneAstray(asked, { userId: owner, ...(textsUntil && { textsUntil }) })).toBe(astray);
});

const { channel: _, ...byMail } = flow;
const mailed = { ...byMail, channel: undefined } as unknown as Partial<Flow>;

describe('each code goes to one place, that of an owner who proved it', () => {
  test.each<[string, EventType, World, Partial<Flow>, readonly string[]]>([
    ['LOG1: a number of nobody gets nothing', 'login_code.started', { owned: false }, {}, []],
    ['LOG1: a disabled account gets nothing', 'login_code.started', { status: 'disabled' }, {}, []],
    ['an owned number gets the code', 'login_code.started', {}, {}, [`text-code -> ${asked}`]],
    ['F16: not once it is dead', 'login_code.started', {}, { expiresAt: now / 1000 }, []],
    ['an address gets mail', 'login_code.started', {}, mailed, ['sign-in-code -> ana@example.com']],
    ['who prefers texts gets one instead', 'login_code.started', { prefers: true }, mailed, [`text-code -> ${proven}`]],
    ['a number is proven by a text to itself', 'phone.started', {}, { userId: owner }, [`text-verify -> ${asked}`]],
    ['but not for a disabled account', 'phone.started', { status: 'disabled' }, { userId: owner }, []],
    [
      'a second factor goes to the proven number',
      'second_factor.code_requested',
      {},
      { userId: owner },
      [`text-code -> ${proven}`],
    ],
    ['F13: not to one that is dead', 'second_factor.code_requested', { dead: true }, { userId: owner }, []],
    [
      'F13: then it is mail again for who prefers texts',
      'login_code.started',
      { prefers: true, dead: true },
      mailed,
      ['sign-in-code -> ana@example.com'],
    ],
    [
      'F13: a dead number may be proven anew',
      'phone.started',
      { dead: true },
      { userId: owner },
      [`text-verify -> ${asked}`],
    ],
    ['and to none where there is none', 'second_factor.code_requested', { phone: false }, { userId: owner }, []],
  ])('%s', async (_, type, world, changed, expected) => {
    expect(await decided(type, world, changed)).toEqual(expected);
  });

  test('a brand that sends no texts sends none, whatever asks', async () => {
    for (const type of ['phone.started', 'second_factor.code_requested'] as const) {
      expect(await decided(type, {}, { userId: owner }, northwind)).toEqual([]);
    }
    expect(await decided('login_code.started', { prefers: true }, mailed, northwind)).toEqual([
      'sign-in-code -> ana@example.com',
    ]);
  });
});

/** GSM 03.38, the basic set: one part holds 160 of them, and 70 of anything else. */
const gsm = /^[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà]*$/;
const host = 'https://a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com';

describe.each(allLocales)('a code by text in %s', (locale) => {
  test.each(['text-code', 'text-verify'] as const)(
    '%s: code first, bound to our host, in one part where the script allows',
    async (kind) => {
      const body = renderText({ kind, code: sampleCode }, solmar, host, await mailTexts({}, locale));
      expect(body.endsWith(`\n@${new URL(host).hostname} #${sampleCode}`)).toBe(true);
      expect(body.match(/\d{6}/g)).toEqual([sampleCode, sampleCode]);
      expect(body).not.toMatch(/[{}]|undefined|https?:/);
      if (locale === 'ja' || locale === 'ar') return;
      expect(body).toMatch(gsm);
      expect(body.length).toBeLessThanOrEqual(160);
    },
  );
});
