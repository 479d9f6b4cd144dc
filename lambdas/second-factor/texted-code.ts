import { codeMatches } from '../shared/domain/code-flow.ts';
import type { FactorKindRules } from './factor-kinds.ts';

/** A code by text to the number that the account has proven; the number must still be there when it is used. */
export const textedCode: FactorKindRules = {
  sends: true,
  read: async ({ sealing }, { flow }) => {
    return (code, now) =>
      codeMatches(flow, code, sealing.mailedCode) ? { method: 'sms', spent: { factor: 'sms', at: now } } : undefined;
  },
};
