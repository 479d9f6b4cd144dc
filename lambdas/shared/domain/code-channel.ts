import type { Brand } from './brand.ts';
import type { FactorSummary } from './factors.ts';
import type { Flow } from './flow.ts';

/** Whether codes of this account's sign-in go by text: the owner wants it so, and the brand lets a text sign in. */
export function prefersText({ authentication }: Brand, { codeChannel }: { readonly codeChannel?: 'text' }): boolean {
  return codeChannel === 'text' && authentication.sms?.firstFactor === true;
}

/**
 * Whether the code of a sign-in went by text, to a number or to that of the owner of an address. What was asked for before
 * the owner chose texts counts as mail, which is worth less (MFA8); so does everything once no text reaches the number.
 */
export function wentByText(
  brand: Brand,
  { channel, startedAt }: Pick<Flow, 'channel' | 'startedAt'>,
  enrolled: FactorSummary | undefined,
): boolean {
  if (channel === 'text') return true;
  const { sms, textsSince, unreachable } = enrolled ?? {};
  if (!sms || unreachable || textsSince === undefined || startedAt <= textsSince) return false;
  return prefersText(brand, { codeChannel: 'text' });
}

/**
 * Whether the code of a sign-in may have gone to a number that its owner has since taken back, or chosen mail over: it proves
 * no address, whoever reads that number (LOG5, MFA8). One that was asked for by number proves that number or nothing.
 */
export function mayHaveGoneAstray(
  { channel, startedAt }: Pick<Flow, 'channel' | 'startedAt'>,
  enrolled: FactorSummary | undefined,
): boolean {
  const { textsUntil } = enrolled ?? {};
  return channel !== 'text' && textsUntil !== undefined && startedAt <= textsUntil;
}
