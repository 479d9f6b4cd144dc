import { codeMatches } from '../shared/domain/code-flow.ts';
import type { FactorKindRules } from './factor-kinds.ts';

/** A code by mail: a precaution where the circumstances are unusual, worth nothing as a factor (MFA8). */
export const mailedCode: FactorKindRules = {
  sends: true,
  read: async ({ sealing }, { flow }) => {
    return (code) =>
      codeMatches(flow, code, sealing.mailedCode)
        ? { method: 'mailed-code', spent: { factor: 'mailed-code' } }
        : undefined;
  },
};
