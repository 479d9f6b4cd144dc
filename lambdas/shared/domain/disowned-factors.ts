import { codesIn, type UsedFactor } from './factor-recovery.ts';
import type { FactorSummary } from './factors.ts';

/** What of an account’s factors came with a sign-in that its owner disowns, and what is left without it. */
export interface DisownedFactors<F extends UsedFactor> {
  readonly gone: readonly F[];
  /** The proven number, where it is among them. */
  readonly number: F | undefined;
  /** Codes by text were chosen since, or have no number left to go to. */
  readonly codesByMail: boolean;
  /** The summary that a sign-in reads, without what is gone. */
  readonly left: Pick<FactorSummary, 'totp' | 'sms' | 'textsSince' | 'unreachable' | 'passkeys' | 'recovery'>;
}

const isPasskey = ({ sk }: UsedFactor) => String(sk).startsWith('passkey#');

/**
 * Parts what was added at or after a moment from what its owner had before (LOG5). What an intruder put in the place of
 * something older is gone with it; the older one does not come back. `at` in milliseconds.
 */
export function disownedFactors<F extends UsedFactor>(
  factors: readonly F[],
  enrolled: FactorSummary | undefined,
  at: number,
): DisownedFactors<F> {
  const isNew = ({ addedAt }: F) => Number(addedAt ?? 0) >= at;
  const gone = factors.filter(isNew);
  const kept = factors.filter((factor) => !isNew(factor));
  const has = (sk: string) => kept.some((factor) => factor.sk === sk);
  const { textsSince, unreachable } = enrolled ?? {};
  const codesByMail = !has('phone') || (textsSince !== undefined && textsSince >= at);
  const passkeys = kept.filter(isPasskey).length;
  const recovery = codesIn(kept);
  return {
    gone,
    number: gone.find(({ sk }) => sk === 'phone'),
    codesByMail,
    left: {
      ...(has('totp') && { totp: true }),
      ...(has('phone') && { sms: true, ...(unreachable && { unreachable }) }),
      ...(!codesByMail && textsSince !== undefined && { textsSince }),
      ...(passkeys > 0 && { passkeys }),
      ...(recovery > 0 && { recovery }),
    },
  };
}
