import { newEvent } from '../shared/domain/event.ts';
import type { Random } from '../shared/domain/id.ts';
import { Refusal } from '../shared/domain/refusal.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { findNumber, noteUnreachable } from '../shared/store/phone-store.ts';
import type { suppress } from '../shared/store/suppression-store.ts';
import type { findText } from '../shared/store/text-store.ts';
import type { TextStatus } from './read-status.ts';

interface Deps {
  readonly store: Bound<{
    readonly findText: typeof findText;
    readonly suppress: typeof suppress;
    readonly findNumber: typeof findNumber;
    readonly noteUnreachable: typeof noteUnreachable;
  }>;
  readonly random: Random;
}

/** Milliseconds for which a text of ours that nobody knows may still be on its way into the table. */
const patience = 60_000;

/** What was done about a status. `unknown`: the text is of somebody else in the account, or too old. */
export type Marked =
  | { readonly outcome: 'unknown' }
  | { readonly outcome: 'noted' | 'suppressed' | 'repeated'; readonly identHash: string };

/**
 * Marks the number of a text that could never arrive, as of the moment at which it was sent: whoever proves the number
 * after that has shown that it is one. Twice and in any order it comes to one state (F13).
 * @param now milliseconds
 * @throws Refusal `unavailable` where the text is not known yet, or cannot be marked
 */
export async function markNumber(
  { store, random }: Deps,
  { messageId, at, isOurs, isInvalid }: TextStatus,
  now: number,
): Promise<Marked> {
  const text = await store.findText(messageId);
  if (!text) {
    if (isOurs && now - at < patience) throw new Refusal('unavailable');
    return { outcome: 'unknown' };
  }
  const { identHash } = text;
  if (!isInvalid) return { outcome: 'noted', identHash };
  const owner = await store.findNumber(identHash);
  const event = newEvent('phone.invalid', owner ? { sub: owner.userId } : {}, at, random);
  // First, so that no code that goes by mail from now on counts as a text (MFA8).
  if (owner && text.at > owner.provenAt) await store.noteUnreachable(owner);
  const isNews = await store.suppress(identHash, 'invalid', text.at, event);
  return { outcome: isNews ? 'suppressed' : 'repeated', identHash };
}
