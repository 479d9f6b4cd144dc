import type { Brand } from './brand.ts';
import type { FactorSummary } from './factors.ts';
import type { Flow } from './flow.ts';

/** Whether codes of this account's sign-in go by text: the owner wants it so, and the brand lets a text sign in. */
export function prefersText({ authentication }: Brand, { codeChannel }: { readonly codeChannel?: 'text' }): boolean {
  return codeChannel === 'text' && authentication.sms?.firstFactor === true;
}

/**
 * Whether the code of a sign-in went by text, to a number or to that of the owner of an address. What was asked for before
 * the owner chose texts counts as mail, which is worth less (MFA8).
 */
export function wentByText(
  brand: Brand,
  { channel, startedAt }: Pick<Flow, 'channel' | 'startedAt'>,
  enrolled: FactorSummary | undefined,
): boolean {
  if (channel === 'text') return true;
  const { sms, textsSince } = enrolled ?? {};
  if (!sms || textsSince === undefined || startedAt <= textsSince) return false;
  return prefersText(brand, { codeChannel: 'text' });
}
