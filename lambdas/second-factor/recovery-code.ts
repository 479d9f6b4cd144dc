import { newEvent } from '../shared/domain/event.ts';
import { findRecoveryCode, readRecoveryCode } from '../shared/domain/recovery-codes.ts';
import type { FactorKindRules } from './factor-kinds.ts';

/** A saved recovery code: each once, and the person is told how many are left (MFA6). */
export const recoveryCode: FactorKindRules = {
  read: async ({ random, sealing, store }, { user }) => {
    const stored = (await store.listFactors(user)).find(({ sk }) => sk === 'recovery') ?? {};
    return (given, now) => {
      const code = readRecoveryCode(given);
      const found = code === undefined ? undefined : findRecoveryCode(sealing.mac, user, stored, code);
      if (!found) return undefined;
      const notice = newEvent('recovery_code.used', { sub: user, left: found.left }, now, random);
      return { method: 'recovery-code', spent: { factor: 'recovery-code', ...found }, notice };
    };
  },
};
