import type { Brand } from '../shared/domain/brand.ts';
import { Refusal } from '../shared/domain/refusal.ts';
import type { AddressedMail, MailKind, RenderedMail } from '../shared/mail/mail.ts';
import type { SendMail } from '../shared/mail/send-mail.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { claimMail, releaseMail, settleMail } from '../shared/store/mail-store.ts';
import type { countUp } from '../shared/store/rate-store.ts';

/** What becomes of a mail. `repeated`: another delivery of the event has dealt with it. */
export type Delivered = 'sent' | 'repeated' | 'dropped' | 'rejected' | 'unclear';

export interface DeliveryDeps {
  readonly brand: Brand;
  readonly store: Bound<{
    readonly claimMail: typeof claimMail;
    readonly releaseMail: typeof releaseMail;
    readonly settleMail: typeof settleMail;
    readonly countUp: typeof countUp;
  }>;
  readonly render: (addressed: AddressedMail) => Promise<RenderedMail>;
  readonly send: SendMail;
  readonly log: (level: 'info' | 'warn' | 'error', message: string, fields: Readonly<Record<string, unknown>>) => void;
}

/**
 * Notices of what happened to an account are counted but never dropped: else whoever can make us send codes to an
 * address could use up its budget and then change the password unnoticed.
 */
const neverDropped: ReadonlySet<MailKind> = new Set(['password-changed', 'email-changed', 'email-change-old']);

/**
 * Delivers a mail at most once, but for one duplicate where SES took it and its answer got lost (F12).
 * @throws Refusal `unavailable` where it has to be tried again, by the stream (F11)
 */
export async function deliverMail(
  deps: DeliveryDeps,
  eventId: string,
  addressed: AddressedMail,
  now: number,
): Promise<Delivered> {
  const { brand, store, render, send, log } = deps;
  const { kind } = addressed.mail;
  const key = { eventId, kind };
  const about = { event: eventId, kind, locale: addressed.locale, address: addressed.identHash.slice(0, 16) };

  const claim = await store.claimMail(key, now);
  if (claim.state !== 'claimed') {
    if (claim.state === 'settled') return 'repeated';
    throw new Refusal('unavailable');
  }

  if (claim.first) {
    const counter = { scope: 'mail', hash: addressed.identHash, limit: brand.limits.mailsPerAddress } as const;
    const { count, max } = await store.countUp(counter, now);
    if (count > max && !neverDropped.has(kind)) {
      await store.settleMail(key, 'dropped', now);
      log('warn', 'mail.dropped', { ...about, count });
      return 'dropped';
    }
  }

  const sent = await send(addressed.to, kind, await render(addressed));
  if (sent.outcome === 'accepted') {
    log('info', 'mail.sent', { ...about, messageId: sent.messageId });
    await settleSent();
    return 'sent';
  }
  if (sent.outcome === 'rejected' || (sent.outcome === 'unclear' && claim.last)) {
    log('error', `mail.${sent.outcome}`, { ...about, reason: sent.reason });
    await store.settleMail(key, sent.outcome, now);
    return sent.outcome;
  }
  log('warn', 'mail.postponed', { ...about, outcome: sent.outcome, reason: sent.reason });
  await store.releaseMail(key, sent.outcome);
  throw new Refusal('unavailable');

  /** The mail is on its way: that a note of it fails must not send it again. */
  async function settleSent(): Promise<void> {
    try {
      await store.settleMail(key, 'sent', now);
    } catch {
      log('warn', 'mail.unsettled', about);
    }
  }
}
