import { describe, expect, it } from 'vitest';
import { decideLevel, fallsShort, type LevelStep } from '../../lambdas/authorize/decide-level.ts';
import { type Acr, assuranceOf, type Method } from '../../lambdas/shared/domain/assurance.ts';
import type { SecondFactorPolicy } from '../../lambdas/shared/domain/authentication-policy.ts';
import type { BrowserSession } from '../../lambdas/shared/domain/browser-session.ts';
import type { FactorSummary } from '../../lambdas/shared/domain/factors.ts';
import type { Session } from '../../lambdas/shared/domain/session.ts';
import { standingOf, withLevelNow } from '../../lambdas/shared/domain/session-standing.ts';
import { factorsThat } from '../../lambdas/shared/domain/step-up.ts';

const now = Date.parse('2026-11-22T03:00:00Z');
const userId = 'usr_aaaaaaaaaaaaaaaaaaaaaa' as const;
const policy = { levels: { aal2: { absolute: 43_200, idle: 3600 } } };
const totp: FactorSummary = { userId, totp: true };
const passkey: FactorSummary = { userId, passkeys: 1 };

function sessionOf(methods: readonly Method[], age = 60, rest = 60): BrowserSession {
  return {
    id: `ses_${'0'.repeat(36)}`,
    userId,
    methods,
    ...assuranceOf(methods),
    authTime: now / 1000 - age,
    lastSeenAt: now / 1000 - rest,
    idleUntil: now / 1000 + 3600,
    endsAt: now / 1000 + 86_400,
    sealed: '',
  };
}

describe('SES5: what a sign-in still counts for', () => {
  const strong: readonly Method[] = ['password', 'totp'];
  const none: readonly Method[] = [];
  it.each<[readonly Method[], number, number, Acr, string, readonly Method[]]>([
    [strong, 0, 0, 'aal2', 'no', strong],
    [strong, 43_200, 3600, 'aal2', 'no', strong],
    [strong, 43_201, 0, 'aal1', 'old', ['password']],
    [strong, 3601, 3601, 'aal1', 'idle', ['password']],
    [['password', 'passkey-uv'], 3600, 3600, 'phr', 'no', ['password', 'passkey-uv']],
    [['password', 'passkey-uv'], 3601, 3601, 'aal1', 'idle', ['password']],
    [['mailed-code', 'totp'], 3601, 3601, 'aal1', 'idle', ['mailed-code']],
    [['passkey-uv'], 3601, 3601, 'aal1', 'idle', none],
    [['passkey-uv', 'totp'], 3601, 3601, 'aal1', 'idle', none],
    [['password'], 60, 60, 'aal1', 'no', ['password']],
  ])('SES5: %j, %i s old, %i s at rest: %s, %s, on top of %j', (proven, age, rest, acr, lapsed, methods) => {
    expect(standingOf(sessionOf(proven, age, rest), policy, now)).toMatchObject({ acr, lapsed, methods });
  });

  it('SES5: use after the rest does not bring it back, and refreshing does not stretch it', () => {
    const used = { ...sessionOf(strong, 7200, 0), lapsed: true } as const;
    expect(standingOf(used, policy, now)).toMatchObject({ acr: 'aal1', lapsed: 'idle' });
    const grant = { ...sessionOf(strong, 43_201), clientId: 'c', scope: '', generation: 3 } as Session;
    expect(withLevelNow(grant, policy.levels, now)).toMatchObject({ acr: 'aal1', amr: ['pwd', 'otp'] });
    expect(withLevelNow({ ...grant, authTime: now / 1000 - 43_200 }, policy.levels, now).acr).toBe('aal2');
  });

  it.each<readonly Method[]>([strong, ['passkey-uv'], ['password', 'passkey-uv']])(
    'MFA9: what lapsed is told as no two factors: %j',
    (...proven) => {
      const { acr, amr } = standingOf(sessionOf(proven, 3601, 3601), policy, now);
      expect(acr).toBe('aal1');
      expect(amr).not.toContain('mfa');
      expect(amr).toEqual(assuranceOf(proven).amr.filter((each) => each !== 'mfa'));
    },
  );
});

describe('MFA9: what a request makes of a level', () => {
  interface Asking {
    readonly acr?: readonly string[];
    readonly essential?: boolean;
    readonly policy?: SecondFactorPolicy;
    readonly fresh?: boolean;
  }
  const decide = (session: BrowserSession, enrolled: FactorSummary | undefined, asking: Asking) => {
    const { acr = [], essential, policy: second = 'optional', fresh = false } = asking;
    const request = { acrValues: acr, ...(essential && { acrEssential: true }) };
    const facts = { request, policy: second, standing: standingOf(session, policy, now), fresh };
    const step = decideLevel(facts, enrolled);
    if (!fallsShort(facts) && step !== 'unmet') expect(step).toBe('reached');
    return step;
  };

  it.each<[string, readonly Method[], FactorSummary | undefined, Asking, LevelStep]>([
    ['nothing asked', ['password'], totp, {}, 'reached'],
    ['any of several will do', ['password'], totp, { acr: ['phr', 'aal1'] }, 'reached'],
    ['reached already', ['password', 'totp'], totp, { acr: ['aal2'] }, 'reached'],
    ['a factor is there', ['password'], totp, { acr: ['aal2'] }, 'step-up'],
    ['no factor, a wish', ['password'], undefined, { acr: ['aal2'] }, 'reached'],
    ['no factor, essential', ['password'], undefined, { acr: ['aal2'], essential: true }, 'unmet'],
    ['out of reach, a wish', ['password', 'totp'], totp, { acr: ['phr'] }, 'reached'],
    ['out of reach, essential', ['password', 'totp'], totp, { acr: ['phr'], essential: true }, 'unmet'],
    ['a passkey reaches it', ['password', 'totp'], { ...totp, ...passkey }, { acr: ['phr'] }, 'step-up'],
    ['a foreign value, a wish', ['password'], totp, { acr: ['urn:mace:gold'] }, 'reached'],
    ['a foreign value, essential', ['password'], totp, { acr: ['urn:mace:gold'], essential: true }, 'unmet'],
    ['mail first: the password has to come', ['mailed-code'], totp, { acr: ['aal2'] }, 'sign-in'],
    ['… and did not come: what there is', ['mailed-code'], totp, { acr: ['aal2'], fresh: true }, 'step-up'],
    ['… and was shown', ['mailed-code', 'totp'], totp, { acr: ['aal2'], fresh: true }, 'reached'],
    ['… essential', ['mailed-code'], totp, { acr: ['aal2'], essential: true, fresh: true }, 'unmet'],
    ['a text is not its own second', ['sms'], { userId, sms: true }, { acr: ['aal2'], fresh: true }, 'reached'],
    ['required, a wish beyond it', ['password'], totp, { acr: ['phr'], policy: 'required' }, 'step-up'],
    [
      'required, more than there is',
      ['password'],
      totp,
      { acr: ['phr'], essential: true, policy: 'required' },
      'enrol',
    ],
    ['required, and none', ['password'], undefined, { policy: 'required' }, 'enrol'],
    ['required, and one', ['password'], totp, { policy: 'required' }, 'step-up'],
    ['required, shown', ['password', 'totp'], totp, { policy: 'required' }, 'reached'],
    ['required, shown after mail', ['mailed-code', 'totp'], totp, { policy: 'required' }, 'reached'],
    ['required, mail beside a password', ['password', 'mailed-code'], undefined, { policy: 'required' }, 'enrol'],
    ['required, by passkey alone', ['passkey-uv'], passkey, { policy: 'required' }, 'reached'],
  ])('%s', (_, methods, enrolled, asking, step) => {
    expect(decide(sessionOf(methods), enrolled, asking)).toBe(step);
  });

  it('SES5: after too long a rest the factor is asked for, after too long a time the whole sign-in', () => {
    const strong = ['password', 'totp'] as const;
    for (const asking of [{ acr: ['aal2'] }, { policy: 'required' }] as const) {
      expect(decide(sessionOf(strong, 7200, 3700), totp, asking)).toBe('step-up');
      expect(decide(sessionOf(strong, 50_000, 10), totp, asking)).toBe('sign-in');
    }
  });

  it('MFA9: after the rest a passkey brings its own level back, and nothing else does', () => {
    const both = { ...totp, sms: true, recovery: 3, ...passkey } as const;
    const rested = standingOf(sessionOf(['passkey-uv'], 7200, 3700), policy, now);
    for (const wanted of ['phr', 'aal2'] as const) {
      expect(factorsThat(rested.methods, both, { wanted, second: false })).toEqual(['passkey']);
    }
    // The passkey is gone since: an app would not bring it back, a password before it would bring aal2.
    expect(decide(sessionOf(['passkey-uv'], 7200, 3700), totp, { acr: ['aal2'] })).toBe('sign-in');
    expect(decide(sessionOf(['passkey-uv'], 7200, 3700), totp, { acr: ['phr'], essential: true })).toBe('unmet');
    const beside = standingOf(sessionOf(['password', 'passkey'], 7200, 3700), policy, now);
    expect(factorsThat(beside.methods, both, { wanted: 'phr', second: false })).toEqual(['passkey']);
    expect(factorsThat(beside.methods, both, { wanted: 'aal2', second: false })).toHaveLength(4);
  });

  it('only factors that reach the level are offered', () => {
    const all: FactorSummary = { userId, totp: true, sms: true, passkeys: 1, recovery: 10 };
    expect(factorsThat(['password'], all, { wanted: 'phr', second: false })).toEqual(['passkey']);
    expect(factorsThat(['password'], all, { wanted: 'aal2', second: false })).toHaveLength(4);
    expect(factorsThat(['sms'], { userId, sms: true }, { second: true })).toEqual([]);
  });
});
