import { newEvent } from '../shared/domain/event.ts';
import type { Random } from '../shared/domain/id.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { suppress } from '../shared/store/suppression-store.ts';
import type { findOwner } from '../shared/store/user-store.ts';
import type { Feedback } from './read-feedback.ts';

interface Deps {
  readonly store: Bound<{ readonly suppress: typeof suppress; readonly findOwner: typeof findOwner }>;
  readonly lookup: (kind: 'email', value: string) => string;
  readonly random: Random;
}

/** An address by its keyed hash, and whether the mark is news. */
export interface Marked {
  readonly identHash: string;
  readonly news: boolean;
}

/**
 * Marks the address and tells the world whose it is, if anybody's.
 * @throws Refusal `unavailable`
 */
export async function markAddress(deps: Deps, { address, reason, at }: Feedback): Promise<Marked> {
  const { store, lookup, random } = deps;
  const identHash = lookup('email', address);
  const owner = await store.findOwner(identHash);
  const event = newEvent(`address.${reason}`, owner ? { sub: owner } : {}, at, random);
  return { identHash, news: await store.suppress(identHash, reason, at, event) };
}
