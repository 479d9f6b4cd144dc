import type { Brand } from '../shared/domain/brand.ts';
import { newEvent } from '../shared/domain/event.ts';
import type { Random } from '../shared/domain/id.ts';
import { fitsBudget, messageParty, type Party } from '../shared/domain/message-budget.ts';
import type { SmsPolicy } from '../shared/domain/sms-policy.ts';
import type { AddressedMail } from '../shared/mail/mail.ts';
import type { AddressedText } from '../shared/mail/text.ts';
import type { announceSpent } from '../shared/store/alert-store.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { Counter, countMessage, countUp } from '../shared/store/rate-store.ts';
import type { MailLookups } from './decide-mails.ts';

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
  readonly lookups: Pick<MailLookups, 'mailboxHashOf'>;
  readonly log: Log;
}

/** Why a message is not sent, and how loudly that is said. */
export interface Held {
  readonly limit: 'notices' | 'address' | 'number' | 'network' | 'range' | 'unused' | 'budget';
  readonly level: 'warn' | 'error';
  readonly line: 'mail.dropped' | 'text.dropped' | 'mail.held' | 'text.guarded' | 'text.unused';
}

const hour = 3600;
const day = 86_400;
/**
 * Notices of sign-ins that one address gets in an hour, or by text that one number gets: who has had them has been told
 * (LOG5).
 */
const fewNotices = 5;
/** Notices of each other kind: a bound against mistakes of ours, since each is behind a recent sign-in. */
const otherNotices = 30;

/** Texts of a range in a window after which it tells whether their codes are used, and the part that has to be. */
const enoughTexts = 20;
const leastUsed = 0.1;

/** The counter of the range that a number is out of. */
export function rangeCounter({ perPrefix }: SmsPolicy, { rangeHash }: Pick<AddressedText, 'rangeHash'>): Counter {
  return { scope: 'texts-range', hash: rangeHash, limit: perPrefix };
}

/** What is delivered. */
export function messageOf(addressed: Addressed) {
  return 'mail' in addressed ? addressed.mail : addressed.text;
}

/** By which way: what lines of the log begin with. */
export function channelOf(addressed: Addressed): 'mail' | 'text' {
  return 'mail' in addressed ? 'mail' : 'text';
}

/**
 * Notices have counters of their own: else whoever can make us send codes to an address could use up its budget and then
 * change the password unnoticed. Each kind has one, so that a flood of one hides none of another.
 */
function noticeCounter(addressed: Addressed, recipient: string): Counter {
  const { kind } = messageOf(addressed);
  const ofSignIn = kind === 'new-sign-in' || kind === 'sign-in-stopped';
  const hash = `${recipient}.${ofSignIn ? 'sign-in' : kind}`;
  const max = ofSignIn || 'text' in addressed ? fewNotices : otherNotices;
  return { scope: 'notices', hash, limit: { max, window: hour } };
}

type Check = readonly [limit: Held['limit'], counter: Counter];

/** What a mailbox has had, or a number and the network that asked, in the order in which they are counted. */
function ownLimits({ brand, lookups }: LimitDeps, addressed: Addressed, party: Party): readonly Check[] {
  const { limits, authentication } = brand;
  const { sms } = authentication;
  const { identHash, asker } = addressed;
  // One mailbox has many addresses (RL3), and one number.
  const recipient = 'mail' in addressed ? lookups.mailboxHashOf(addressed.to) : identHash;
  // What strangers ask for leaves the owner's own browsers theirs, and who has shown a first proof (RL7).
  const hash = asker ? `${recipient}.${asker}` : recipient;
  if (party === 'notices') return [['notices', noticeCounter(addressed, recipient)]];
  if ('mail' in addressed) {
    return [['address', { scope: 'mail', hash, limit: limits.mailsPerAddress }]];
  }
  if (!sms) return [];
  const { networkHash } = addressed;
  const ofNetwork = networkHash && ({ scope: 'texts-ip', hash: networkHash, limit: sms.perIp } as const);
  return [
    ['number', { scope: 'texts', hash, limit: sms.perNumber }],
    ...(ofNetwork ? ([['network', ofNetwork]] as const) : []),
  ];
}

/** What the recipient has had of its own. */
async function checkRecipient(
  deps: LimitDeps,
  addressed: Addressed,
  party: Party,
  now: number,
): Promise<Held | undefined> {
  for (const [limit, counter] of ownLimits(deps, addressed, party)) {
    const { count, max } = await deps.store.countUp(counter, now);
    if (count > max) return { limit, level: 'warn', line: `${channelOf(addressed)}.dropped` };
  }
  return undefined;
}

/**
 * Who earns on texts owns ranges, and does not type codes in: a range counts the texts that its numbers may get, and is
 * stopped for its window where hardly any code of them was used (RL3). Texts that prove a new number are judged apart, and
 * have half of the range: else whoever asks to prove numbers of others would stop the second factors of their neighbours.
 */
async function checkRange(
  { brand, store }: LimitDeps,
  addressed: Addressed,
  party: Party,
  now: number,
): Promise<Held | undefined> {
  const { sms } = brand.authentication;
  if (!('text' in addressed) || !sms || party === 'notices') return undefined;
  const counter = rangeCounter(sms, addressed);
  const { sent, used } = await store.countMessage(counter, party, now);
  if (!fitsBudget('text', party, sent, counter.limit.max)) {
    return { limit: 'range', level: 'error', line: 'text.guarded' };
  }
  const before = sent[party] - 1;
  const isUnused = before >= enoughTexts && used[party] < before * leastUsed;
  return isUnused ? { limit: 'unused', level: 'error', line: 'text.unused' } : undefined;
}

/** Messages of the whole brand in one window. */
interface Budget {
  readonly channel: 'mail' | 'text';
  readonly scope: 'budget' | 'texts-brand';
  readonly most: number;
  /** Seconds. */
  readonly window: number;
}

/** The breakers of the bill that a message has to pass, the short window first. */
function budgetsOf({ abuse, authentication: { sms } }: Brand, addressed: Addressed): readonly Budget[] {
  if ('mail' in addressed) return [{ channel: 'mail', scope: 'budget', most: abuse.mailsPerHour, window: hour }];
  if (!sms) return [];
  return [
    { channel: 'text', scope: 'texts-brand', most: sms.perHour, window: hour },
    { channel: 'text', scope: 'texts-brand', most: sms.perDay, window: day },
  ];
}

/** Counts a message in a budget and tells whether it fits. Notices always do, and are counted for the alarm alone. */
async function fits({ brand, store, log }: LimitDeps, budget: Budget, party: Party, now: number): Promise<boolean> {
  const { channel, scope, most, window } = budget;
  const counter = { scope, hash: brand.id, limit: { max: most, window } } as const;
  const { sent: counts } = await store.countMessage(counter, party, now);
  if (party === 'notices' && counts.notices === most + 1) log('error', 'notices.many', { channel, window });
  return fitsBudget(channel, party, counts, most);
}

/**
 * The breakers of the bill (RL3). A day counts what its hours let through: else a flood of one hour would burn the day.
 * That a budget is spent is told once in an hour.
 */
async function checkBudgets(
  deps: LimitDeps,
  addressed: Addressed,
  party: Party,
  now: number,
): Promise<Held | undefined> {
  const { brand, store, random } = deps;
  for (const budget of budgetsOf(brand, addressed)) {
    if (await fits(deps, budget, party, now)) continue;
    const { channel } = budget;
    const held = party === 'strangers' ? 'strangers' : 'all';
    const event = newEvent('message_budget.spent', { channel, held }, now, random);
    await store.announceSpent({ channel, held }, event, now);
    return { limit: 'budget', level: 'error', line: channel === 'mail' ? 'mail.held' : 'text.guarded' };
  }
  return undefined;
}

/**
 * Counts a message and judges whether it may go.
 * @returns why not, where it may not
 * @throws Refusal `unavailable`: without its counters nothing is sent (RL9)
 */
export async function checkLimits(deps: LimitDeps, addressed: Addressed, now: number): Promise<Held | undefined> {
  const party = messageParty(messageOf(addressed));
  return (
    (await checkRecipient(deps, addressed, party, now)) ??
    (await checkRange(deps, addressed, party, now)) ??
    checkBudgets(deps, addressed, party, now)
  );
}
