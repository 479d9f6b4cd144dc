import { describe, expect, test } from 'vitest';
import { decideFlowMails, decideUserMails, type MailLookups } from '../../lambdas/mailer/decide-mails.ts';
import type { EmailAddress } from '../../lambdas/shared/domain/email-address.ts';
import type { ItemEvent } from '../../lambdas/shared/domain/event.ts';
import type { EventType } from '../../lambdas/shared/domain/events.ts';
import type { Flow } from '../../lambdas/shared/domain/flow.ts';
import type { User } from '../../lambdas/shared/domain/user.ts';
import { sampleBrands, sampleCode } from './mail-samples.ts';

const [northwind, solmar] = sampleBrands;
const now = Date.parse('2026-11-21T14:05:00Z');
const owner = 'usr_aaaaaaaaaaaaaaaaaaaaaa';
const asker = 'usr_bbbbbbbbbbbbbbbbbbbbbb';

const eventOf = (type: EventType): ItemEvent => ({
  id: 'evt_aaaaaaaaaaaaaaaaaaaaaa',
  type,
  at: new Date(now).toISOString(),
  data: {},
});

const flow: Flow = {
  id: 'flw_aaaaaaaaaaaaaaaaaaaaaa',
  purpose: 'registration',
  at: 'client',
  clientId: 'northwind-web',
  identHash: 'hash-of-flow',
  locale: 'de',
  sealed: 'sealed',
  codeNonce: 'nonce',
  resends: 0,
  startedAt: now,
  expiresAt: now / 1000 + 600,
  endsAt: now / 1000 + 3600,
};

const userOf = (id: typeof owner | typeof asker, status: User['status'], identHash: string): User => ({
  id,
  identHash,
  sealed: `personal of ${identHash}`,
  status,
  sessionsValidFrom: 0,
  locale: 'fr',
  createdAt: 0,
  updatedAt: 0,
  version: 1,
});

interface World {
  readonly account?: User['status'] | 'none';
  readonly suppressed?: readonly string[];
  readonly erased?: boolean;
}

function lookups({ account = 'none', suppressed = [], erased = false }: World): MailLookups {
  return {
    recipientOf: async (identHash) => ({
      owner: identHash === flow.identHash && account !== 'none' ? owner : undefined,
      suppressed: suppressed.includes(identHash),
    }),
    findUser: async (id) => {
      if (id === asker) return userOf(asker, 'active', 'hash-of-asker');
      return account === 'none' ? undefined : userOf(owner, account, flow.identHash);
    },
    personalData: async (_, sealed) =>
      erased
        ? []
        : sealed.map((each) => ({
            email: `${each.replace('personal of ', '')}@example.com` as EmailAddress,
            profile: { name: 'Anna' },
          })),
    flowAddress: () => 'new@example.com' as EmailAddress,
    codeOf: () => sampleCode,
    cancelLink: (id) => `https://id.example/email-change/cancel?flow=${id}`,
    mailboxHashOf: (address) => `hash of ${address}`,
    hashesOf: (number) => ({ identHash: `hash of ${number}`, rangeHash: 'range' }),
    signInLink: ({ id }) => `https://id.example/sign-in/link?flow=${id}`,
  };
}

async function decided(type: EventType, world: World, brand = northwind, changed: Partial<Flow> = {}) {
  const change = { event: eventOf(type), flow: { ...flow, ...changed } };
  const mails = await decideFlowMails(change, { brand, lookups: lookups(world), now });
  return mails.map(({ mail, to }) => `${mail.kind} -> ${to}`);
}

const toNew = (kind: string) => `${kind} -> new@example.com`;
const warning = 'email-change-old -> hash-of-asker@example.com';

describe.each<EventType>(['registration.started', 'registration.code_requested'])('REG6: %s', (type) => {
  test.each<[string, World, readonly string[]]>([
    ['unknown address: the code', { account: 'none' }, [toNew('verify')]],
    ['known address: its owner is told', { account: 'active' }, [toNew('already-registered')]],
    ['disabled account: its owner is told', { account: 'disabled' }, [toNew('already-registered')]],
    ['F13: suppressed address: nothing', { suppressed: ['hash-of-flow'] }, []],
    ['F13: suppressed address of an owner: nothing', { account: 'active', suppressed: ['hash-of-flow'] }, []],
  ])('%s', async (_, world, expected) => {
    expect(await decided(type, world)).toEqual(expected);
  });
});

describe('LOG1: login_code.started', () => {
  test.each<[string, World, readonly string[]]>([
    ['unknown address: nothing', { account: 'none' }, []],
    ['active account: the code', { account: 'active' }, [toNew('sign-in-code')]],
    ['disabled account: nothing', { account: 'disabled' }, []],
    ['F13: suppressed address: nothing', { account: 'active', suppressed: ['hash-of-flow'] }, []],
  ])('%s', async (_, world, expected) => {
    expect(await decided('login_code.started', world)).toEqual(expected);
  });
});

describe('REC1: recovery.started', () => {
  test.each<[string, World, typeof northwind, readonly string[]]>([
    ['active account: the code', { account: 'active' }, northwind, [toNew('recovery')]],
    ['disabled account: nothing', { account: 'disabled' }, northwind, []],
    ['unknown address, a brand that explains: an explanation', {}, northwind, [toNew('recovery-unknown')]],
    ['unknown address, a silent brand: nothing', {}, solmar, []],
    ['F13: suppressed unknown address: nothing', { suppressed: ['hash-of-flow'] }, northwind, []],
    ['F13: suppressed known address: nothing', { account: 'active', suppressed: ['hash-of-flow'] }, northwind, []],
  ])('%s', async (_, world, brand, expected) => {
    expect(await decided('recovery.started', world, brand)).toEqual(expected);
  });
});

describe('EM2: email_change.started', () => {
  const changed = { purpose: 'email-change', userId: asker } as const;
  test.each<[string, World, readonly string[]]>([
    ['free address: code to the new, warning to the old', {}, [toNew('email-change-new'), warning]],
    ['taken address: the old one cannot tell', { account: 'active' }, [toNew('already-registered'), warning]],
    ['F13: suppressed new address: warning alone', { suppressed: ['hash-of-flow'] }, [warning]],
    ['F13: suppressed old address: code alone', { suppressed: ['hash-of-asker'] }, [toNew('email-change-new')]],
    ['erased person: no warning to nobody', { erased: true }, [toNew('email-change-new')]],
  ])('%s', async (_, world, expected) => {
    expect(await decided('email_change.started', world, northwind, changed)).toEqual(expected);
  });

  test('the own address: nothing, it tells nobody anything', async () => {
    const own = { ...changed, identHash: 'hash-of-asker' };
    expect(await decided('email_change.started', {}, northwind, own)).toEqual([]);
  });

  test('the warning names the new address masked and carries the link that stops the change', async () => {
    const change = { event: eventOf('email_change.started'), flow: { ...flow, ...changed } };
    const [, old] = await decideFlowMails(change, { brand: northwind, lookups: lookups({}), now });
    expect(old).toMatchObject({
      locale: 'fr',
      mail: {
        address: 'n•••@example.com',
        name: 'Anna',
        cancelUrl: 'https://id.example/email-change/cancel?flow=flw_aaaaaaaaaaaaaaaaaaaaaa',
      },
    });
  });
});

describe('notices of what happened to an account', () => {
  async function notices(type: EventType, world: World, before?: User) {
    const change = { event: eventOf(type), user: userOf(owner, 'active', 'hash-now'), before };
    const mails = await decideUserMails(change, { brand: northwind, lookups: lookups(world), now });
    return mails.map(({ mail, to, identHash }) => `${mail.kind} -> ${to} (${identHash})`);
  }

  test.each<[EventType, readonly string[]]>([
    ['password.changed', ['password-changed -> hash-now@example.com (hash-now)']],
    ['password.reset', ['password-changed -> hash-now@example.com (hash-now)']],
    ['user.registered', []],
    ['user.updated', []],
    ['sessions.ended', []],
  ])('REC4: %s', async (type, expected) => {
    expect(await notices(type, {})).toEqual(expected);
    expect(await notices(type, { erased: true })).toEqual([]);
    expect(await notices(type, { suppressed: ['hash-now'] })).toEqual([]);
  });

  test('EM2: email.changed is told to the address that was', async () => {
    const before = userOf(owner, 'active', 'hash-before');
    expect(await notices('email.changed', {}, before)).toEqual([
      'email-changed -> hash-before@example.com (hash-before)',
    ]);
    expect(await notices('email.changed', { suppressed: ['hash-before'] }, before)).toEqual([]);
  });
});

test.each<EventType>(['user.signed_in', 'consent.granted', 'email_change.cancelled', 'session.ended'])(
  '%s asks for no mail and looks nobody up',
  async (type) => {
    const nobody = new Proxy({} as MailLookups, {
      get: () => {
        throw new Error('looked up');
      },
    });
    const context = { brand: northwind, lookups: nobody, now };
    expect(await decideFlowMails({ event: eventOf(type), flow }, context)).toEqual([]);
    const user = userOf(owner, 'active', 'hash-now');
    expect(await decideUserMails({ event: eventOf(type), user, before: undefined }, context)).toEqual([]);
  },
);

test('F16: a code that is dead when the mailer catches up is not sent', async () => {
  const late = { expiresAt: now / 1000 };
  expect(await decided('registration.started', {}, northwind, late)).toEqual([]);
  expect(await decided('recovery.started', { account: 'active' }, northwind, late)).toEqual([]);
});

test('the mail speaks the language of the flow, or the default where the brand does not offer it', async () => {
  const localeFor = async (locale: Flow['locale']) => {
    const change = { event: eventOf('registration.started'), flow: { ...flow, locale } };
    return (await decideFlowMails(change, { brand: northwind, lookups: lookups({}), now }))[0]?.locale;
  };
  expect(await localeFor('de')).toBe('de');
  expect(await localeFor('ja')).toBe('en');
});

test('the mail says how long the code lives from the moment it was asked for', async () => {
  const change = { event: eventOf('registration.started'), flow };
  const later = { brand: northwind, lookups: lookups({}), now: now + 120_000 };
  expect((await decideFlowMails(change, later))[0]?.mail).toMatchObject({ code: sampleCode, minutes: 10 });
});
