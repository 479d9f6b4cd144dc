import { describe, expect, it } from 'vitest';
import { contract } from '../../lambdas/second-factor/contract.ts';
import { factorKinds } from '../../lambdas/second-factor/factor-kinds.ts';
import { enrolledFactors, type SecondFactor } from '../../lambdas/shared/domain/factors.ts';

const kinds = Object.entries(factorKinds);
const code = (factor: string) => (factor === 'recovery-code' ? 'AAAA-BBBB-CCCC-DDDD' : '123456');

describe('MFA5: what may be asked for can be given, by JSON too', () => {
  it.each(kinds.map(([factor]) => factor).filter((factor) => factor !== 'passkey'))('%s is taken', (factor) => {
    const { body } = contract['POST /v1/login/second-factor/{flow}'];
    expect(body.safeParse({ factor, code: code(factor) }).success).toBe(true);
    expect(body.safeParse({ factor }).success).toBe(false);
  });

  it.each(kinds.map(([factor, { sends }]) => [factor, sends === true] as const))('%s is sent: %s', (factor, sent) => {
    expect(contract['POST /v1/login/second-factor/{flow}/code'].body.safeParse({ factor }).success).toBe(sent);
  });

  it('every factor of an account has its rules', () => {
    const all = enrolledFactors({
      userId: 'usr_aaaaaaaaaaaaaaaaaaaaaa',
      totp: true,
      sms: true,
      passkeys: 1,
      recovery: 1,
    });
    const asked: readonly SecondFactor[] = [...all, 'mailed-code'];
    expect(kinds.map(([factor]) => factor).toSorted()).toEqual([...asked].toSorted());
  });
});
