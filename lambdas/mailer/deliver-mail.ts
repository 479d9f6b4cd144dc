import { Refusal } from '../shared/domain/refusal.ts';
import type { SendOutcome } from '../shared/mail/send-mail.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { claimMail, releaseMail, settleMail } from '../shared/store/mail-store.ts';
import type { noteText } from '../shared/store/text-store.ts';
import { type Addressed, channelOf, checkLimits, type LimitDeps, messageOf } from './check-limits.ts';

/** What becomes of a mail. `repeated`: another delivery of the event has dealt with it. */
export type Delivered = 'sent' | 'repeated' | 'dropped' | 'rejected' | 'unclear';

export interface DeliveryDeps extends LimitDeps {
  readonly store: LimitDeps['store'] &
    Bound<{
      readonly claimMail: typeof claimMail;
      readonly releaseMail: typeof releaseMail;
      readonly settleMail: typeof settleMail;
      readonly noteText: typeof noteText;
    }>;
  /** Renders and sends once, by whichever channel. */
  readonly send: (addressed: Addressed) => Promise<SendOutcome>;
}

/**
 * Delivers a mail or a text at most once, but for one duplicate where SES took it and its answer got lost (F12).
 * @throws Refusal `unavailable` where it has to be tried again, by the stream (F11)
 */
export async function deliverMail(
  deps: DeliveryDeps,
  eventId: string,
  addressed: Addressed,
  now: number,
): Promise<Delivered> {
  const { store, send, log } = deps;
  const { kind } = messageOf(addressed);
  const channel = channelOf(addressed);
  const key = { eventId, kind };
  const about = { event: eventId, kind, locale: addressed.locale, address: addressed.identHash.slice(0, 16) };

  const claim = await store.claimMail(key, now);
  if (claim.state !== 'claimed') {
    if (claim.state === 'settled') return 'repeated';
    throw new Refusal('unavailable');
  }

  // Only who wrote that the limits let it through may pass them by: a try that died before that has judged nothing (RL9).
  const held = claim.cleared ? undefined : await checkLimits(deps, addressed, now);
  if (held) {
    await store.settleMail(key, 'dropped', now);
    log(held.level, held.line, { ...about, limit: held.limit });
    return 'dropped';
  }

  const sent = await send(addressed);
  if (sent.outcome === 'accepted') {
    log('info', `${channel}.sent`, { ...about, messageId: sent.messageId });
    await Promise.all([
      onItsWay(() => store.settleMail(key, 'sent', now), 'unsettled'),
      onItsWay(() => noteId(sent.messageId), 'unnoted'),
    ]);
    return 'sent';
  }
  if (sent.outcome === 'rejected' || (sent.outcome === 'unclear' && claim.last)) {
    log('error', `${channel}.${sent.outcome}`, { ...about, reason: sent.reason });
    await store.settleMail(key, sent.outcome, now);
    return sent.outcome;
  }
  log('warn', `${channel}.postponed`, { ...about, outcome: sent.outcome, reason: sent.reason });
  await store.releaseMail(key, sent.outcome);
  throw new Refusal('unavailable');

  /** What becomes of a text is reported by its id alone, days later (F13). */
  async function noteId(messageId: string): Promise<void> {
    if (channel === 'text') await store.noteText(messageId, { identHash: addressed.identHash, at: now });
  }

  /** The message is on its way: that a note of it fails must not send it again. */
  async function onItsWay(note: () => Promise<void>, failed: string): Promise<void> {
    try {
      await note();
    } catch {
      log('warn', `${channel}.${failed}`, about);
    }
  }
}
