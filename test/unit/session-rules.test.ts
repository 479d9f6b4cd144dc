import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newSessionId, sessionStart, systemRandom } from '../../lambdas/shared/domain/id.ts';
import { isAlive, ownerAllows, type Session, type SessionOwner } from '../../lambdas/shared/domain/session.ts';
import { checkLimits } from '../../lambdas/shared/domain/throttle.ts';
import { grantedScope, hasScope, narrowedScope } from '../../lambdas/shared/oidc/scope.ts';
import { signOutChange } from '../../lambdas/shared/store/user-store.ts';
import { sampleBrands } from './mail-samples.ts';

const begun = Date.parse('2026-11-21T14:05:00Z');
const id = newSessionId(begun, systemRandom);
const session: Session = {
  id,
  userId: 'usr_aaaaaaaaaaaaaaaaaaaaaa',
  clientId: 'c',
  scope: 'openid',
  generation: 0,
  acr: 'aal1',
  methods: ['password'],
  amr: ['pwd'],
  authTime: begun / 1000,
  lastSeenAt: begun / 1000,
  idleUntil: begun / 1000 + 60,
  endsAt: begun / 1000 + 100,
  sealed: '',
};
const owner: SessionOwner = { status: 'active', sessionsValidFrom: begun };

describe('whether a session is alive', () => {
  test('SES5: until its idle end and its absolute end, by the time that is handed in', () => {
    expect(isAlive(session, owner, begun)).toBe(true);
    expect(isAlive(session, owner, begun + 59_999)).toBe(true);
    expect(isAlive(session, owner, begun + 60_000)).toBe(false);
    expect(isAlive({ ...session, idleUntil: session.endsAt + 50 }, owner, begun + 100_000)).toBe(false);
  });

  test.each<readonly [string, Partial<Session> | undefined, Partial<SessionOwner> | undefined]>([
    ['revoked', { revokedAt: 0 }, {}],
    ['without an item', undefined, {}],
    ['without an owner', {}, undefined],
    ['of a disabled person', {}, { status: 'disabled' }],
    ['begun before signing out everywhere', {}, { sessionsValidFrom: begun + 1 }],
    ['of a disabled person, though kept', {}, { status: 'disabled', keptSession: id }],
  ])('RT6, SES4: a session %s is dead', (_, change, ownerChange) => {
    const changed = change && { ...session, ...change };
    expect(isAlive(changed, ownerChange && { ...owner, ...ownerChange }, begun)).toBe(false);
  });

  test('SES4: signing out everywhere ends what began until then, this very millisecond too, but for the kept one', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 46), fc.integer({ min: -5, max: 5 }), (at, by) => {
        const other = newSessionId(Math.max(0, at + by), systemRandom);
        expect(sessionStart(other)).toBe(Math.max(0, at + by));
        const kept = newSessionId(0, systemRandom);
        const { sessionsValidFrom, keptSession } = signOutChange({ validFrom: at, keep: kept }).set ?? {};
        const after = { status: 'active', sessionsValidFrom, keptSession } as SessionOwner;
        expect(ownerAllows(after, other)).toBe(at + by > at);
        expect(ownerAllows(after, kept)).toBe(true);
      }),
    );
    expect(signOutChange({ validFrom: 1 }).remove).toEqual(['keptSession']);
  });
});

describe('scopes', () => {
  const [web] = sampleBrands[0].clients;
  if (!web) throw new Error('the brand has a client');
  const word = fc.oneof(
    fc.constantFrom(...web.scopes),
    fc.constantFrom('admin', 'OPENID', 'openid,profile', '*', '__proto__'),
  );

  test('RT4: whatever is asked, never more is given than is held', () => {
    fc.assert(
      fc.property(fc.array(word), fc.array(word), fc.constantFrom(' ', '  ', ' \t'), (held, asked, glue) => {
        const granted = held.join(' ');
        const narrowed = narrowedScope(granted, asked.join(glue));
        if (narrowed !== undefined) for (const each of narrowed.split(' ')) expect(hasScope(granted, each)).toBe(true);
        else expect(asked.length).toBeGreaterThan(0);
        const fresh = grantedScope(web, asked.join(glue));
        for (const each of fresh?.split(' ') ?? []) expect(web.scopes).toContain(each);
      }),
      { numRuns: 500 },
    );
    expect(narrowedScope('openid profile', undefined)).toBe('openid profile');
    expect(narrowedScope('openid profile', 'profile profile')).toBe('profile');
    expect(hasScope('openid profile', 'open')).toBe(false);
    expect(hasScope('openid profile', 'openid profile')).toBe(false);
  });
});

test('RL6: the limit itself is allowed, one more is not, and the longest wait is told', () => {
  const counter = (count: number, retryAfter: number) => ({ count, max: 5, retryAfter });
  expect(() => checkLimits([counter(5, 1), counter(1, 9)])).not.toThrow();
  expect(() => checkLimits([])).not.toThrow();
  try {
    checkLimits([counter(6, 10), counter(7, 30), counter(5, 99)]);
    expect.unreachable();
  } catch (error) {
    expect(error).toMatchObject({ code: 'too_many_requests', details: { retryAfter: 30 } });
  }
});
