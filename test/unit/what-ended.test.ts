import { describe, expect, test } from 'vitest';
import { endClientSessions } from '../../lambdas/back-channel-logout/end-client-sessions.ts';
import { diesWith, isEnded, whatEnded } from '../../lambdas/back-channel-logout/what-ended.ts';
import type { Client } from '../../lambdas/shared/domain/brand.ts';
import type { EventType } from '../../lambdas/shared/domain/events.ts';
import {
  type EventId,
  newEventId,
  newSessionId,
  newUserId,
  type SessionId,
  systemRandom,
} from '../../lambdas/shared/domain/id.ts';
import type { Session, SessionOwner } from '../../lambdas/shared/domain/session.ts';
import { sampleBrands } from './mail-samples.ts';

const now = Date.parse('2026-11-22T10:00:00Z');
const sub = newUserId(systemRandom);
const browser = newSessionId(now - 9000, systemRandom);
const id = newSessionId(now - 5000, systemRandom);
const client = { id: 'told', backchannelLogoutUri: 'https://rp.example/told' } as Client;
const session = (of: Partial<Session> = {}): Session => ({
  id,
  userId: sub,
  clientId: 'told',
  scope: 'openid',
  generation: 0,
  acr: 'aal1',
  amr: ['pwd'],
  methods: [],
  authTime: 0,
  lastSeenAt: 0,
  idleUntil: 9e9,
  endsAt: 9e9,
  sealed: '',
  browserSession: browser,
  ...of,
});
const owner: SessionOwner = { status: 'active', sessionsValidFrom: 0 };
const event = (type: EventType, data: Readonly<Record<string, unknown>> = {}) =>
  whatEnded({ type, at: new Date(now).toISOString(), data: { sub, ...data } })?.ending;

describe('LO2: what an event says has ended', () => {
  test.each<[EventType, Readonly<Record<string, unknown>>, ReturnType<typeof event>]>([
    ['browser_session.ended', { session: browser }, { of: 'browser', session: browser }],
    ['session.ended', { session: id, reason: 'signed_out' }, { of: 'session', session: id }],
    ['session.ended', { session: id, reason: 'revoked' }, undefined],
    ['sessions.ended', {}, { of: 'person' }],
    ['password.changed', {}, { of: 'person' }],
    ['password.reset', {}, { of: 'person' }],
    ['email.changed', {}, { of: 'person' }],
    ['agreement.withdrawn', { client: 'told' }, { of: 'client', clientId: 'told', at: now }],
    ['user.signed_in', { session: id }, undefined],
    ['browser_session.ended', { session: 'rubbish' }, undefined],
    ['sessions.ended', { sub: 'rubbish' }, undefined],
  ])('%s %o', (type, data, ending) => expect(event(type, data)).toEqual(ending));

  const offline = session({ scope: 'openid offline_access' });
  const revoked = session({ revokedAt: now });
  const later = session({ id: newSessionId(now + 1, systemRandom) });
  test.each<[string, Parameters<typeof isEnded>[0], Session, SessionOwner | undefined, boolean, boolean]>([
    ['its browser', { of: 'browser', session: browser }, session(), owner, true, true],
    ['another browser', { of: 'browser', session: id }, session(), owner, false, true],
    [
      'offline access outlives the browser, and is told',
      { of: 'browser', session: browser },
      offline,
      owner,
      true,
      false,
    ],
    ['itself', { of: 'session', session: id }, session(), owner, true, false],
    ['its client', { of: 'client', clientId: 'told', at: now }, offline, owner, true, true],
    ['its client, connected anew since', { of: 'client', clientId: 'told', at: now }, later, owner, false, true],
    ['everything before', { of: 'person' }, session(), { ...owner, sessionsValidFrom: now }, true, false],
    [
      'not what is kept',
      { of: 'person' },
      session(),
      { ...owner, sessionsValidFrom: now, keptSession: id },
      false,
      false,
    ],
    ['not what is alive', { of: 'person' }, session(), owner, false, false],
    ['an erased person', { of: 'person' }, session(), undefined, true, false],
    ['not what was ended before', { of: 'person' }, revoked, { ...owner, sessionsValidFrom: now }, false, false],
  ])('%s', (_, ending, of, by, ended, dies) => {
    expect(isEnded(ending, of, by)).toBe(ended);
    if (ended) expect(diesWith(ending, of)).toBe(dies);
  });
});

describe('LO2: telling', () => {
  /** Sessions in memory, with claims as the table keeps them. */
  function world(sessions: readonly Session[]) {
    const claims = new Map<SessionId, EventId>();
    const told = new Set<SessionId>();
    const ended: SessionId[] = [];
    const tellings: string[] = [];
    const failing = { times: 0 };
    const store = {
      findUser: async () => undefined,
      listSessions: async () => sessions.map((each) => ({ ...each, ...(told.has(each.id) && { toldAt: now }) })),
      endSession: async (_: unknown, which: SessionId) => {
        ended.push(which);
        return true;
      },
      claimTelling: async (_: unknown, which: SessionId, by: EventId) => {
        const free = !told.has(which) && [undefined, by].includes(claims.get(which));
        if (free) claims.set(which, by);
        return free;
      },
      markTold: async (_: unknown, which: SessionId) => {
        told.add(which);
      },
    };
    const tell = async ({ id: to }: Client, _: unknown, sid: SessionId) => {
      tellings.push(`${to} ${sid}`);
      if (to === 'told' && failing.times-- > 0) throw new Error('out of reach');
    };
    const [northwind] = sampleBrands;
    const other = { ...client, id: 'other' };
    const brand = {
      ...northwind,
      clients: [
        ...northwind.clients,
        client,
        other,
        { ...client, id: 'quiet', backchannelLogoutUri: undefined } as unknown as Client,
      ],
    };
    const run = (by: EventId) =>
      endClientSessions(
        { brand, random: systemRandom, store: { ...store, findBrowserSession: async () => undefined }, tell },
        sub,
        { of: 'browser', session: browser },
        by,
        now,
      );
    return { run, tellings, ended, failing };
  }
  const another = () => newSessionId(now - 4000, systemRandom);
  const first = newEventId(systemRandom);

  test('a client with two grants of one browser hears once; one that never redeemed its code, or asked for nothing, not at all', async () => {
    const pending = { redirectUri: '', until: 9e9 };
    const { run, tellings, ended } = world([
      session(),
      session({ id: another() }),
      session({ id: another(), clientId: 'other', code: pending }),
      session({ id: another(), clientId: 'quiet' }),
    ]);
    await run(first);
    expect(tellings).toEqual([`told ${browser}`]);
    expect(ended).toHaveLength(4);
    await run(first);
    await run(newEventId(systemRandom));
    expect(tellings).toHaveLength(1);
  });

  test('one that fails keeps no other from being told, and is told when the event comes again, by that event alone', async () => {
    const { run, tellings, failing } = world([session(), session({ id: another(), clientId: 'other' })]);
    failing.times = 1;
    await expect(run(first)).rejects.toThrow('out of reach');
    expect(tellings.toSorted()).toEqual([`other ${browser}`, `told ${browser}`]);
    await run(newEventId(systemRandom));
    expect(tellings).toHaveLength(2);
    await run(first);
    expect(tellings.at(-1)).toBe(`told ${browser}`);
    expect(tellings).toHaveLength(3);
  });
});
