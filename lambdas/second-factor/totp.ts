import { factorItemKey } from '../shared/domain/factors.ts';
import { totpStep } from '../shared/domain/totp.ts';
import type { FactorKindRules } from './factor-kinds.ts';

/** A code of the authenticator app: of a step that none was used of yet (MFA1, MFA2). */
export const totp: FactorKindRules = {
  read: async ({ sealing, open, store }, { user }) => {
    const [factors, dataKey] = await Promise.all([store.listFactors(user), store.findDataKey(user)]);
    const app = factors.find(({ sk, state }) => sk === 'totp' && state === 'active');
    if (!app || !dataKey) return () => undefined;
    const key = sealing.unwrapDataKey(user, dataKey.wrapped, dataKey.kek);
    const { secret } = open(key, app.sealed, factorItemKey(user, 'totp')) as { readonly secret: string };
    return (code, now) => {
      const step = totpStep(secret, code, now);
      return step === undefined ? undefined : { method: 'totp', spent: { factor: 'totp', step } };
    };
  },
};
