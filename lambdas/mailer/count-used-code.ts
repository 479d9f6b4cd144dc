import type { Brand } from '../shared/domain/brand.ts';
import type { UserId } from '../shared/domain/id.ts';
import type { Party } from '../shared/domain/message-budget.ts';
import type { User } from '../shared/domain/user.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { countUsed } from '../shared/store/rate-store.ts';
import type { ItemChange } from '../shared/store/stream-changes.ts';
import { rangeCounter } from './check-limits.ts';
import type { MailLookups } from './decide-mails.ts';

interface Deps {
  readonly brand: Brand;
  readonly store: Bound<{ readonly countUsed: typeof countUsed }>;
  readonly lookups: Pick<MailLookups, 'findUser' | 'personalData' | 'hashesOf'>;
}

/** Whose code it was, and what for: a new number, or a session. `maybe` where it may have gone by mail. */
interface UsedCode {
  readonly user: UserId;
  readonly party: Party;
  readonly maybe: boolean;
}

/** The code by text that a change tells of, if any. */
function usedBy({ event, item }: ItemChange): UsedCode | undefined {
  const { type, data } = event;
  const user = data.sub as UserId;
  if (type === 'factor.added') return data.factor === 'sms' ? { user, party: 'strangers', maybe: false } : undefined;
  if (type !== 'user.signed_in') return undefined;
  const methods: readonly unknown[] = Array.isArray(item.methods) ? item.methods : [];
  if (methods.includes('sms')) return { user, party: 'customers', maybe: false };
  return methods.includes('mailed-code') ? { user, party: 'customers', maybe: true } : undefined;
}

const prefersTexts = ({ codeChannel }: User) => codeChannel === 'text';

/**
 * Counts the use of a code that went by text, beside the texts of its range: pumped texts are never used (RL3). A code for
 * an address counts as mail, but went by text where its owner prefers that.
 * @throws Refusal `unavailable`
 */
export async function countUsedCode({ brand, store, lookups }: Deps, change: ItemChange, now: number): Promise<void> {
  const { sms } = brand.authentication;
  const used = sms && usedBy(change);
  const user = used && (await lookups.findUser(used.user));
  if (!used || !user || (used.maybe && !prefersTexts(user))) return;
  const [person] = await lookups.personalData(user.id, [user.sealed]);
  const number = person?.phone?.number;
  if (number) await store.countUsed(rangeCounter(sms, lookups.hashesOf(number)), used.party, now);
}
