import { describe, expect, it } from 'vitest';
import { acrValues, assuranceOf, type Method, reaches } from '../../lambdas/shared/domain/assurance.ts';
import type { SecondFactorPolicy } from '../../lambdas/shared/domain/authentication-policy.ts';
import { decideSignIn } from '../../lambdas/shared/domain/decide-sign-in.ts';
import { enrolledFactors, type FactorSummary } from '../../lambdas/shared/domain/factors.ts';
import { noRisk, type Risk, type RiskOutcome } from '../../lambdas/shared/domain/risk.ts';

const userId = 'usr_aaaaaaaaaaaaaaaaaaaaaa' as const;
const totp: FactorSummary = { userId, totp: true };
const texts: FactorSummary = { userId, sms: true };
const saved: FactorSummary = { ...texts, recovery: 10 };
const everything: FactorSummary = { userId, totp: true, sms: true, passkeys: 2, recovery: 10 };
const risk = (outcome: RiskOutcome): Risk => ({ score: 50, reasons: ['new_device'], outcome });

describe('MFA8, MFA9: what proofs are worth', () => {
  it.each<[readonly Method[], string, readonly string[]]>([
    [['password'], 'aal1', ['pwd']],
    [['mailed-code'], 'aal1', ['otp']],
    [['mailed-link'], 'aal1', ['otp']],
    [['sms'], 'aal1', ['sms']],
    [['passkey'], 'aal1', ['pop', 'user']],
    [['passkey-uv'], 'phr', ['pop', 'user', 'mfa']],
    [['password', 'totp'], 'aal2', ['pwd', 'otp', 'mfa']],
    [['password', 'recovery-code'], 'aal2', ['pwd', 'otp', 'mfa']],
    [['password', 'sms'], 'aal2', ['pwd', 'sms', 'mfa']],
    [['password', 'passkey'], 'phr', ['pwd', 'pop', 'user', 'mfa']],
    [['password', 'mailed-code'], 'aal1', ['pwd', 'otp']],
    [['mailed-code', 'totp'], 'aal1', ['otp']],
  ])('MFA8: %j is %s by %j', (methods, acr, amr) => {
    expect(assuranceOf(methods)).toEqual({ acr, amr });
  });

  it('MFA9: a level reaches itself and those below it', () => {
    const reached = acrValues.map((acr) => acrValues.filter((wanted) => reaches(acr, wanted)));
    expect(reached).toEqual([['aal1'], ['aal1', 'aal2'], ['aal1', 'aal2', 'phr']]);
  });
});

describe('the gate', () => {
  it('MFA6: recovery codes stand in for a factor and are none alone', () => {
    expect(enrolledFactors({ userId, recovery: 8 })).toEqual([]);
    expect(enrolledFactors(everything)).toEqual(['passkey', 'totp', 'sms', 'recovery-code']);
  });

  const ask = (...factors: readonly string[]) => ({ next: 'second-factor', factors });
  const allow = { next: 'allow' };

  it.each<[SecondFactorPolicy, FactorSummary | undefined, readonly Method[], Risk, unknown]>([
    // Nobody is asked for what they do not have, unless it is required.
    ['off', undefined, ['password'], noRisk, allow],
    ['optional', undefined, ['password'], noRisk, allow],
    ['risk-based', undefined, ['password'], noRisk, allow],
    ['required', undefined, ['password'], noRisk, { next: 'enrol' }],
    ['required', undefined, ['mailed-code'], noRisk, { next: 'enrol' }],
    // Who enrolled is asked, as the policy says.
    ['off', totp, ['password'], noRisk, allow],
    ['optional', totp, ['password'], noRisk, ask('totp')],
    ['optional', everything, ['password'], noRisk, ask('passkey', 'totp', 'sms', 'recovery-code')],
    ['risk-based', totp, ['password'], noRisk, allow],
    ['risk-based', totp, ['password'], risk('second-factor'), ask('totp')],
    ['required', totp, ['mailed-code'], noRisk, ask('totp')],
    // The second one is enough, and is not the first one again.
    ['optional', totp, ['password', 'totp'], noRisk, allow],
    ['required', totp, ['mailed-code', 'totp'], noRisk, allow],
    ['required', totp, ['password', 'mailed-code'], noRisk, ask('totp')],
    ['optional', everything, ['passkey-uv'], noRisk, allow],
    ['required', texts, ['sms'], noRisk, { next: 'enrol' }],
    ['required', { ...texts, totp: true }, ['sms'], noRisk, ask('totp')],
    // Recovery codes stand in for a factor that is asked for; where none is left, they are not asked for by themselves.
    ['optional', saved, ['password'], noRisk, ask('sms', 'recovery-code')],
    ['optional', saved, ['mailed-code'], noRisk, ask('sms', 'recovery-code')],
    ['optional', saved, ['sms'], noRisk, allow],
    ['risk-based', saved, ['sms'], risk('second-factor'), ask('mailed-code')],
    ['required', saved, ['sms'], noRisk, { next: 'enrol' }],
    ['optional', { ...saved, totp: true }, ['sms'], noRisk, ask('totp', 'recovery-code')],
    // Risk without a factor asks for mail, unless mail was the proof.
    ['off', undefined, ['password'], risk('second-factor'), ask('mailed-code')],
    ['optional', undefined, ['mailed-code'], risk('second-factor'), allow],
    ['optional', undefined, ['password', 'mailed-code'], risk('second-factor'), allow],
    // What is riskier is asked no less.
    ['optional', undefined, ['password'], risk('challenge'), ask('mailed-code')],
    ['risk-based', totp, ['password'], risk('challenge'), ask('totp')],
    // Nothing outweighs a refusal.
    ['off', undefined, ['passkey-uv'], risk('deny'), { next: 'deny' }],
    ['required', everything, ['password', 'totp'], risk('deny'), { next: 'deny' }],
  ])('MFA5: %s, %o, %j, %o', (policy, enrolled, methods, circumstances, expected) => {
    expect(decideSignIn({ policy, enrolled, methods, risk: circumstances })).toEqual(expected);
  });
});
