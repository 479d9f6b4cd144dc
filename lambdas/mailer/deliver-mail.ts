import type { Brand } from '../shared/domain/brand.ts';
import { newEvent } from '../shared/domain/event.ts';
import type { Random } from '../shared/domain/id.ts';
import { fitsBudget, mailParty } from '../shared/domain/mail-budget.ts';
import { Refusal } from '../shared/domain/refusal.ts';
import type { AddressedMail, MailKind } from '../shared/mail/mail.ts';
import type { SendOutcome } from '../shared/mail/send-mail.ts';
import type { AddressedText, Text } from '../shared/mail/text.ts';
import type { announceSpent } from '../shared/store/alert-store.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { claimMail, releaseMail, settleMail } from '../shared/store/mail-store.ts';
import type { Counter, countUp } from '../shared/store/rate-store.ts';

/** Something to deliver, by mail or by text. */
export type Addressed = AddressedMail | AddressedText;

/** What becomes of a mail. `repeated`: another delivery of the event has dealt with it. */
export type Delivered = 'sent' | 'repeated' | 'dropped' | 'rejected' | 'unclear';

export interface DeliveryDeps {
  readonly brand: Brand;
  readonly random: Random;
  readonly store: Bound<{
    readonly claimMail: typeof claimMail;
    readonly releaseMail: typeof releaseMail;
    readonly settleMail: typeof settleMail;
    readonly countUp: typeof countUp;
    readonly announceSpent: typeof announceSpent;
  }>;
  /** Renders and sends once, by whichever channel. */
  readonly send: (addressed: Addressed) => Promise<SendOutcome>;
  readonly log: (level: 'info' | 'warn' | 'error', message: string, fields: Readonly<Record<string, unknown>>) => void;
}

/**
 * Notices of what happened to an account are counted but never dropped: else whoever can make us send codes to an
 * address could use up its budget and then change the password unnoticed.
 */
const neverDropped: ReadonlySet<MailKind | Text['kind']> = new Set([
  'password-changed',
  'email-changed',
  'email-change-old',
  'code-channel-changed',
  'new-sign-in',
  'sign-in-stopped',
  'factor-recovery-waiting',
  'factor-recovery-stopped',
  'factors-recovered',
  'text-recovery',
]);

/** What is delivered, as its own kind. */
function kindOf(addressed: Addressed): MailKind | Text['kind'] {
  return 'mail' in addressed ? addressed.mail.kind : addressed.text.kind;
}

/** What a text costs is counted for the whole brand, so that nobody runs up a bill (RL3). */
function spending({ id, authentication: { sms } }: Brand, addressed: Addressed): readonly Counter[] {
  if ('mail' in addressed || !sms) return [];
  return [
    { scope: 'texts-brand', hash: id, limit: { max: sms.perHour, window: 3600 } },
    { scope: 'texts-brand', hash: id, limit: { max: sms.perDay, window: 86_400 } },
  ];
}

/** Tells once in an hour whose messages are held, and by which channel. */
async function announce(
  { store, random }: DeliveryDeps,
  channel: 'mail' | 'text',
  held: 'strangers' | 'all',
  now: number,
): Promise<void> {
  const event = newEvent('message_budget.spent', { channel, held }, now, random);
  await store.announceSpent({ channel, held }, event, now);
}

/** Whether the hour has a mail left for this one; notices of what happened to an account go whatever it has. */
async function isAffordable(deps: DeliveryDeps, addressed: Addressed, now: number): Promise<boolean> {
  if (!('mail' in addressed)) return true;
  const { brand, store } = deps;
  const { kind } = addressed.mail;
  const most = brand.abuse.mailsPerHour;
  const party = mailParty(kind);
  const counter = { scope: 'budget', hash: brand.id, limit: { max: most, window: 3600 } } as const;
  const { count, proven = 0 } = await store.countUp(counter, now, party === 'customers');
  if (neverDropped.has(kind) || fitsBudget(party, { strangers: count, customers: proven }, most)) return true;
  await announce(deps, 'mail', party === 'strangers' ? 'strangers' : 'all', now);
  return false;
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
  const { brand, store, send, log } = deps;
  const kind = kindOf(addressed);
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
    const spent = await Promise.all(spending(brand, addressed).map((each) => store.countUp(each, now)));
    if (spent.some((each) => each.count > each.max)) {
      await store.settleMail(key, 'dropped', now);
      log('error', 'text.guarded', about);
      await announce(deps, 'text', 'all', now);
      return 'dropped';
    }
    if (!(await isAffordable(deps, addressed, now))) {
      await store.settleMail(key, 'dropped', now);
      log('error', 'mail.held', about);
      return 'dropped';
    }
  }

  const sent = await send(addressed);
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
