import { describe, expect, it } from 'vitest';
import { assuranceOf, type Method } from '../../lambdas/shared/domain/assurance.ts';
import type { FactorSummary } from '../../lambdas/shared/domain/factors.ts';
import { showsLevel } from '../../lambdas/shared/domain/recent-sign-in.ts';

const userId = 'usr_aaaaaaaaaaaaaaaaaaaaaa' as const;
const password = {};
const totp: FactorSummary = { userId, totp: true };
const sms: FactorSummary = { userId, sms: true };
const passkey: FactorSummary = { userId, passkeys: 1 };
const codesAlone: FactorSummary = { userId, recovery: 10 };

describe('MFA4: what a change of what protects an account takes', () => {
  it.each<[string, readonly Method[], unknown, FactorSummary | undefined, boolean]>([
    ['nothing but a password', ['password'], password, undefined, true],
    ['nothing but a password, in by mail', ['mailed-code'], password, undefined, true],
    ['nothing at all, in by mail', ['mailed-code'], undefined, undefined, true],
    ['recovery codes are no factor', ['mailed-code'], undefined, codesAlone, true],
    ['a password and an app, by the password', ['password'], password, totp, false],
    ['a password and an app, by both', ['password', 'totp'], password, totp, true],
    ['a password and an app, by mail and the app', ['mailed-code', 'totp'], password, totp, false],
    ['an app, by mail', ['mailed-code'], undefined, totp, false],
    ['an app, by the link in a mail', ['mailed-link'], undefined, totp, false],
    ['an app, by mail and the app', ['mailed-code', 'totp'], undefined, totp, true],
    ['an app, by mail and a recovery code', ['mailed-code', 'recovery-code'], undefined, totp, true],
    ['a number, by a text', ['sms'], undefined, sms, false],
    ['a number, by a text and mail', ['sms', 'mailed-code'], undefined, sms, true],
    ['a number and an app, by a text', ['sms'], undefined, { ...sms, ...totp }, false],
    ['a number and an app, by a text and the app', ['sms', 'totp'], undefined, { ...sms, ...totp }, true],
    ['a passkey, by it', ['passkey-uv'], undefined, passkey, true],
    ['a passkey, by mail', ['mailed-code'], undefined, passkey, false],
    ['a passkey that nobody unlocked, after mail', ['mailed-code', 'passkey'], undefined, passkey, false],
    ['a password and a passkey that nobody unlocked', ['password', 'passkey'], password, passkey, true],
    ['an app and a passkey, by mail and the app', ['mailed-code', 'totp'], undefined, { ...totp, ...passkey }, false],
  ])('%s', (_, methods, credential, enrolled, shows) => {
    const { acr } = assuranceOf(methods);
    const owned = { enrolled, ...(credential !== undefined && { password: credential }) };
    expect(showsLevel({ acr, methods }, owned)).toBe(shows);
  });
});
