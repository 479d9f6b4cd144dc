import type { Brand } from '../shared/domain/brand.ts';
import { newEvent } from '../shared/domain/event.ts';
import type { Random } from '../shared/domain/id.ts';
import { fitsBudget, type MessageKind, messageParty, type Party } from '../shared/domain/message-budget.ts';
import type { AddressedMail } from '../shared/mail/mail.ts';
import type { AddressedText } from '../shared/mail/text.ts';
import type { announceSpent } from '../shared/store/alert-store.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { Counter, countMessage, countUp } from '../shared/store/rate-store.ts';

/** Something to deliver, by mail or by text. */
export type Addressed = AddressedMail | AddressedText;

export type Log = (
  level: 'info' | 'warn' | 'error',
  message: string,
  fields: Readonly<Record<string, unknown>>,
) => void;

export interface LimitDeps {
  readonly brand: Brand;
  readonly random: Random;
  readonly store: Bound<{
    readonly countUp: typeof countUp;
    readonly countMessage: typeof countMessage;
    readonly announceSpent: typeof announceSpent;
  }>;
  readonly log: Log;
}

/** Why a message is not sent, and how loudly that is said. */
export interface Held {
  readonly level: 'warn' | 'error';
  readonly line: 'mail.dropped' | 'mail.held' | 'text.guarded';
}

const hour = 3600;
/** Notices of sign-ins that one address gets in an hour: who has had them has been told (LOG5). */
const signInNotices = 5;
/** Notices of each other kind: a bound against mistakes of ours, since each is behind a recent sign-in. */
const otherNotices = 30;

/** What is delivered. */
export function messageOf(addressed: Addressed) {
  return 'mail' in addressed ? addressed.mail : addressed.text;
}

/**
 * Notices have counters of their own: else whoever can make us send codes to an address could use up its budget and then
 * change the password unnoticed. Each kind has one, so that a flood of one hides none of another.
 */
function noticeCounter(identHash: string, kind: MessageKind): Counter {
  const ofSignIn = kind === 'new-sign-in' || kind === 'sign-in-stopped';
  const hash = `${identHash}.${ofSignIn ? 'sign-in' : kind}`;
  return { scope: 'notices', hash, limit: { max: ofSignIn ? signInNotices : otherNotices, window: hour } };
}

/** What the address, or the number, has had of its own. */
async function checkRecipient({ brand, store }: LimitDeps, addressed: Addressed, party: Party, now: number) {
  const { identHash } = addressed;
  const counter: Counter =
    party === 'notices'
      ? noticeCounter(identHash, messageOf(addressed).kind)
      : { scope: 'mail', hash: identHash, limit: brand.limits.mailsPerAddress };
  const { count, max } = await store.countUp(counter, now);
  return count > max ? ({ level: 'warn', line: 'mail.dropped' } as const) : undefined;
}

/** Tells once in an hour whose messages are held, and by which channel. */
async function announce(
  { store, random }: LimitDeps,
  channel: 'mail' | 'text',
  held: 'strangers' | 'all',
  now: number,
): Promise<void> {
  const event = newEvent('message_budget.spent', { channel, held }, now, random);
  await store.announceSpent({ channel, held }, event, now);
}

/** The breaker of the mail bill. Notices are counted for the alarm alone. */
async function checkMails(deps: LimitDeps, party: Party, now: number): Promise<Held | undefined> {
  const { brand, store, log } = deps;
  const most = brand.abuse.mailsPerHour;
  const counter = { scope: 'budget', hash: brand.id, limit: { max: most, window: hour } } as const;
  const counts = await store.countMessage(counter, party, now);
  if (party === 'notices' && counts.notices === most + 1) log('error', 'notices.many', { count: counts.notices });
  if (fitsBudget(party, counts, most)) return undefined;
  await announce(deps, 'mail', party === 'strangers' ? 'strangers' : 'all', now);
  return { level: 'error', line: 'mail.held' };
}

/** What a text costs is counted for the whole brand, so that nobody runs up a bill (RL3). */
async function checkTexts(deps: LimitDeps, now: number): Promise<Held | undefined> {
  const { id, authentication } = deps.brand;
  const { sms } = authentication;
  if (!sms) return undefined;
  const counters = [
    { scope: 'texts-brand', hash: id, limit: { max: sms.perHour, window: hour } },
    { scope: 'texts-brand', hash: id, limit: { max: sms.perDay, window: 86_400 } },
  ] as const;
  const spent = await Promise.all(counters.map((each) => deps.store.countUp(each, now)));
  if (spent.every(({ count, max }) => count <= max)) return undefined;
  await announce(deps, 'text', 'all', now);
  return { level: 'error', line: 'text.guarded' };
}

/**
 * Counts a message and judges whether it may go.
 * @returns why not, where it may not
 * @throws Refusal `unavailable`: without its counters nothing is sent (RL9)
 */
export async function checkLimits(deps: LimitDeps, addressed: Addressed, now: number): Promise<Held | undefined> {
  const party = messageParty(messageOf(addressed));
  const held = await checkRecipient(deps, addressed, party, now);
  if (held) return held;
  return 'mail' in addressed ? checkMails(deps, party, now) : checkTexts(deps, now);
}
