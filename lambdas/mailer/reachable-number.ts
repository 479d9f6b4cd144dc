import type { Brand } from '../shared/domain/brand.ts';
import { prefersText } from '../shared/domain/code-channel.ts';
import type { PhoneNumber } from '../shared/domain/phone-number.ts';
import type { User } from '../shared/domain/user.ts';
import type { MailLookups } from './decide-mails.ts';

/** What the number of a person is found by. */
type NumberLookups = Pick<MailLookups, 'recipientOf' | 'personalData' | 'hashesOf'>;

/** The number that a person has proven, unless texts to it never arrive (F13). @throws Refusal `unavailable` */
export async function reachableNumber(lookups: NumberLookups, user: User): Promise<PhoneNumber | undefined> {
  const [person] = await lookups.personalData(user.id, [user.sealed]);
  const number = person?.phone?.number;
  if (!number) return undefined;
  const { suppressed } = await lookups.recipientOf(lookups.hashesOf(number).identHash);
  return suppressed ? undefined : number;
}

/**
 * The number that codes for the account's address go to: its owner wants that, and the brand lets a text sign in. By mail
 * again where it is dead, or nobody could sign in by code any more. @throws Refusal `unavailable`
 */
export async function preferredNumber(
  { brand, lookups }: { readonly brand: Brand; readonly lookups: NumberLookups },
  user: User,
): Promise<PhoneNumber | undefined> {
  return prefersText(brand, user) ? reachableNumber(lookups, user) : undefined;
}
