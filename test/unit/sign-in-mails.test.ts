import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decideSignInMails, type SignInLookups } from '../../lambdas/mailer/decide-sign-in-mails.ts';
import type { EmailAddress } from '../../lambdas/shared/domain/email-address.ts';
import type { EventType } from '../../lambdas/shared/domain/events.ts';
import { notMeLink, provenNotMe } from '../../lambdas/shared/domain/not-me.ts';
import type { User } from '../../lambdas/shared/domain/user.ts';
import { sampleBrands } from './mail-samples.ts';
import { sampleSealing } from './sample-keys.ts';

const now = Date.parse('2026-11-22T09:00:00Z');
const user = 'usr_aaaaaaaaaaaaaaaaaaaaaa';
const session = `ses_${'0'.repeat(36)}` as const;
const ring = sampleSealing();

interface World {
  readonly status?: User['status'];
  readonly suppressed?: boolean;
  readonly erased?: boolean;
}

const lookups = ({ status = 'active', suppressed = false, erased = false }: World): SignInLookups => ({
  recipientOf: async () => ({ owner: user, suppressed }),
  findUser: async () => ({ id: user, identHash: 'hash', sealed: 's', status, locale: 'es' }) as unknown as User,
  personalData: async () => (erased ? [] : [{ email: 'anna@example.com' as EmailAddress, profile: {} }]),
  openDevice: () => ({ ip: '192.0.2.1', userAgent: '', edge: { country: 'FR' } }),
  notMeLink: ({ session: of }) => `https://id.example/${of ?? 'none'}`,
});

async function decided(type: EventType, data: Readonly<Record<string, unknown>>, world: World = {}) {
  const event = { id: 'evt_aaaaaaaaaaaaaaaaaaaaaa', type, at: new Date(now).toISOString(), data } as const;
  const change = { event, user, session, itemKey: 'k', sealed: 's' } as const;
  const mails = await decideSignInMails(change, { brand: sampleBrands[0], lookups: lookups(world) });
  return mails.map(({ mail, to, locale }) => `${mail.kind} -> ${to} in ${locale}`);
}

const told = ['new-sign-in -> anna@example.com in en'];
const stopped = ['sign-in-stopped -> anna@example.com in en'];

describe('LOG5: of which sign-ins the owner is told', () => {
  test.each<[string, EventType, Readonly<Record<string, unknown>>, World, readonly string[]]>([
    ['a new device', 'user.signed_in', { reasons: ['new_device'] }, {}, told],
    ['a new country', 'user.signed_in', { reasons: ['impossible_travel', 'new_country'] }, {}, told],
    ['another network', 'user.signed_in', { reasons: ['new_network', 'automation'] }, {}, []],
    ['nothing unusual', 'user.signed_in', { reasons: [] }, {}, []],
    ['a sign-up, or a code for one more client', 'user.signed_in', {}, {}, []],
    ['denied', 'sign_in.denied', { reasons: [] }, {}, stopped],
    ['stopped at the second factor', 'sign_in.stopped', { reasons: [] }, {}, stopped],
    ['signed out', 'browser_session.ended', { reasons: ['new_device'] }, {}, []],
    ['a disabled account', 'user.signed_in', { reasons: ['new_device'] }, { status: 'disabled' }, []],
    ['F13: a suppressed address', 'user.signed_in', { reasons: ['new_device'] }, { suppressed: true }, []],
    ['an erased person', 'user.signed_in', { reasons: ['new_device'] }, { erased: true }, []],
  ])('%s', async (_, type, data, world, expected) => {
    expect(await decided(type, data, world)).toEqual(expected);
  });
});

describe('VC4: the link of “this wasn’t me”', () => {
  const week = 7 * 86_400_000;
  const about = { user, session, at: now } as const;
  const queryOf = (link: string) => Object.fromEntries(new URL(link).searchParams);
  const link = notMeLink('https://id.example', ring.mac, about);

  test('VC8: it is on our host and names one sign-in, for a week', () => {
    expect(link.startsWith('https://id.example/recover/not-me?')).toBe(true);
    expect(provenNotMe(ring.mac, queryOf(link), now)).toEqual(about);
    expect(provenNotMe(ring.mac, queryOf(link), now + week - 1)).toEqual(about);
    expect(provenNotMe(ring.mac, queryOf(link), now + week)).toBeUndefined();
  });

  test('F19: a clock that is five minutes behind still knows it', () => {
    expect(provenNotMe(ring.mac, queryOf(link), now - 300_000)).toEqual(about);
  });

  test('VC4: a try without a session has a link too, and none of them is another’s', () => {
    const without = notMeLink('https://id.example', ring.mac, { user, at: now });
    expect(provenNotMe(ring.mac, queryOf(without), now)).toEqual({ user, at: now });
    const { token } = queryOf(without);
    for (const forged of [
      { ...queryOf(link), token },
      { ...queryOf(link), session: '' },
      { ...queryOf(link), at: String(now + 1) },
      { ...queryOf(link), user: 'usr_bbbbbbbbbbbbbbbbbbbbbb' },
      { ...queryOf(link), user: 'nobody' },
      { ...queryOf(link), token: '' },
      {},
    ]) {
      expect(provenNotMe(ring.mac, forged, now)).toBeUndefined();
    }
    expect(provenNotMe(sampleSealing(2).mac, queryOf(link), now)).toBeUndefined();
  });

  test('F28: whatever stands in its place is no proof and no fault', () => {
    const text = fc.option(fc.string(), { nil: undefined });
    fc.assert(
      fc.property(fc.record({ user: text, session: text, at: text, token: text }), (query) => {
        expect(provenNotMe(ring.mac, query, now)).toBeUndefined();
        expect(provenNotMe(ring.mac, { ...queryOf(link), token: query.token }, now)).toBeUndefined();
      }),
    );
  });
});
