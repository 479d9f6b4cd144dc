import type { Brand } from '../shared/domain/brand.ts';
import { newEvent } from '../shared/domain/event.ts';
import type { Random } from '../shared/domain/id.ts';
import type { OwnAccount } from '../shared/domain/own-account.ts';
import { checkRecentAtLevel } from '../shared/domain/recent-sign-in.ts';
import { check } from '../shared/domain/refusal.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { findCredentials } from '../shared/store/credential-store.ts';
import type { fileCodeChannel } from '../shared/store/phone-store.ts';
import { type PhoneView, phoneView } from './phone-view.ts';

export interface ChooseChannelDeps {
  readonly brand: Brand;
  readonly random: Random;
  readonly store: Bound<{
    readonly findCredentials: typeof findCredentials;
    readonly fileCodeChannel: typeof fileCodeChannel;
  }>;
}

/**
 * Chooses how sign-in codes travel, among the channels that the person has proven: where they go decides who can sign in,
 * hence on a recent sign-in at the level of the account, and the person is told by mail (EM1, MFA4).
 * @throws Refusal `recent_authentication_required`; `factor_unknown` where no number is proven or the brand lets none sign
 * in; `conflict_retry`, `unavailable`
 */
export async function chooseChannel(
  { brand, random, store }: ChooseChannelDeps,
  own: OwnAccount,
  channel: 'mail' | 'text',
  now: number,
): Promise<PhoneView> {
  const { user, personal, by } = own;
  checkRecentAtLevel(brand, own, await store.findCredentials(user.identHash), now);
  const offered = personal.phone !== undefined && brand.authentication.sms?.firstFactor === true;
  check(channel === 'mail' || offered, 'factor_unknown');
  const codeChannel = channel === 'text' ? channel : undefined;
  if (codeChannel !== user.codeChannel) {
    const event = newEvent('code_channel.changed', { sub: user.id, channel }, now, random);
    const setting = codeChannel ? { set: { codeChannel } } : { remove: ['codeChannel'] as const };
    const along = { ...setting, version: user.version };
    const filed = await store.fileCodeChannel(channel, { user, by, event, endsOthers: false, along }, now);
    check(filed, 'conflict_retry');
  }
  return phoneView(personal, codeChannel);
}
