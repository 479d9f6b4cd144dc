import type { Brand } from '../shared/domain/brand.ts';
import { newEvent } from '../shared/domain/event.ts';
import type { Random } from '../shared/domain/id.ts';
import type { OwnAccount } from '../shared/domain/own-account.ts';
import { check } from '../shared/domain/refusal.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { changeUser } from '../shared/store/user-store.ts';
import { type PhoneView, phoneView } from './phone-view.ts';

export interface ChooseChannelDeps {
  readonly brand: Brand;
  readonly random: Random;
  readonly store: Bound<{ readonly changeUser: typeof changeUser }>;
}

/**
 * Chooses how sign-in codes travel, among the channels that the person has proven.
 * @throws Refusal `factor_unknown` where no number is proven or the brand lets none sign in; `conflict_retry`,
 * `unavailable`
 */
export async function chooseChannel(
  { brand, random, store }: ChooseChannelDeps,
  { user, personal, by }: OwnAccount,
  channel: 'mail' | 'text',
  now: number,
): Promise<PhoneView> {
  const offered = personal.phone !== undefined && brand.authentication.sms?.firstFactor === true;
  check(channel === 'mail' || offered, 'factor_unknown');
  const event = newEvent('user.updated', { sub: user.id, fields: ['code_channel'] }, now, random);
  const set = { updatedAt: now, event };
  const change = channel === 'text' ? { set: { ...set, codeChannel: channel } } : { set, remove: ['codeChannel'] };
  check(await store.changeUser(user.id, change, by.session, user.version), 'conflict_retry');
  return phoneView(personal, channel === 'text' ? channel : undefined);
}
