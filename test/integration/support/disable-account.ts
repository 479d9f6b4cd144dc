import { holdings, patchItem } from './tables.ts';
import type { BrandId } from './visitor.ts';

/**
 * Disables an account as an operator does, who has no route for it yet: the user and the status that the credential
 * repeats, past every function.
 */
export async function disableAccount(brand: BrandId, sub: string): Promise<void> {
  const { identHash } = await holdings(brand, sub);
  await Promise.all([
    patchItem(brand, 'Directory', `USER#${sub}`, '#', { status: 'disabled' }),
    patchItem(brand, 'Directory', `CRED#${identHash}`, 'password', { status: 'disabled' }),
  ]);
}
