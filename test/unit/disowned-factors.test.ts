import { describe, expect, it } from 'vitest';
import { disownedFactors } from '../../lambdas/shared/domain/disowned-factors.ts';
import type { UserId } from '../../lambdas/shared/domain/id.ts';

const userId = 'usr_AAAAAAAAAAAAAAAAAAAAAA' as UserId;
const at = 1_000;
const passkey = (name: string, addedAt: number) => ({ sk: `passkey#${name}`, addedAt });
const phone = (addedAt: number) => ({ sk: 'phone', addedAt, identHash: 'n' });

describe('LOG5: what a disowned sign-in takes along', () => {
  it('LOG5: what was added at that very moment goes, what was there a millisecond before stays', () => {
    const factors = [passkey('old', 999), passkey('new', 1_000), { sk: 'totp', addedAt: 1_001 }];
    const { gone, left } = disownedFactors(factors, { userId, passkeys: 2, totp: true, version: 3 }, at);
    expect(gone.map(({ sk }) => sk)).toEqual(['passkey#new', 'totp']);
    expect(left).toEqual({ passkeys: 1 });
  });

  it('MFA6: recovery codes from before stay with as many as are left, newer ones go', () => {
    const codes = { sk: 'recovery', code0: 'a', code7: 'b' };
    expect(disownedFactors([{ ...codes, addedAt: 1 }], undefined, at).left).toEqual({ recovery: 2 });
    expect(disownedFactors([{ ...codes, addedAt: at }], undefined, at).left).toEqual({});
  });

  it.each([
    ['an older number, texts chosen before', 1, 500, { sms: true, textsSince: 500 }, false],
    ['an older number, texts chosen since', 1, 1_500, { sms: true }, true],
    ['a newer number', 1_200, 1_500, {}, true],
    ['a newer number in the place of one that had texts', 1_200, 500, {}, true],
  ])('LOG5, MFA8: %s', (_, addedAt, textsSince, left, codesByMail) => {
    const found = disownedFactors([phone(addedAt)], { userId, sms: true, textsSince }, at);
    expect(found).toMatchObject({ left, codesByMail });
    expect(found.left).toEqual(left);
    expect(found.number !== undefined).toBe(addedAt >= at);
  });
});
