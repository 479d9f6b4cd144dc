import type { BatchGetCommandOutput } from '@aws-sdk/lib-dynamodb';
import type { UserId } from '../domain/id.ts';
import { Refusal } from '../domain/refusal.ts';
import { seconds } from '../domain/time.ts';
import { absent, any, atMost, below } from './clauses.ts';
import { type Item, updateWhere } from './conditional-write.ts';
import { storeFailure } from './store-failure.ts';
import { only, type Tables } from './tables.ts';

/** What is known of an address that is about to get mail, or of a number that is about to get a text. */
export interface Recipient {
  /** Whose account it belongs to, if any. */
  readonly owner: UserId | undefined;
  /** Mail to it bounced for good, its owner complained, or the number was none and nobody has proven it since (F13). */
  readonly suppressed: boolean;
}

/** Whether a mark stands: the proof of a number lifts what was said of texts that were sent to it before. */
function isSuppressed(mark: Item | undefined, provenAt = 0): boolean {
  if (mark === undefined) return false;
  const { bouncedAt = 0, complainedAt = 0, invalidAt = 0 } = mark;
  return Math.max(bouncedAt, complainedAt, invalidAt) > provenAt;
}

/** Calls to get all keys of a batch; DynamoDB may answer with a part of them (F9). */
const batchCalls = 5;

/**
 * Reads owner and suppression of an address in one call, strongly consistent.
 * @throws Refusal `unavailable`
 */
export async function recipientOf(tables: Tables, identHash: string): Promise<Recipient> {
  const ident = `IDENT#${identHash}`;
  const suppress = `SUPPRESS#${identHash}`;
  let found: Item | undefined;
  let mark: Item | undefined;
  let asked: NonNullable<BatchGetCommandOutput['UnprocessedKeys']> = {
    [tables.directory]: {
      Keys: [
        { pk: ident, sk: only },
        { pk: suppress, sk: only },
      ],
      ConsistentRead: true,
    },
  };
  for (let call = 0; call < batchCalls && Object.keys(asked).length > 0; call++) {
    try {
      const reply = await tables.client.call('BatchGetItem', { RequestItems: asked });
      for (const item of reply.Responses?.[tables.directory] ?? []) {
        if (item.pk === ident) found = item;
        if (item.pk === suppress) mark = item;
      }
      asked = reply.UnprocessedKeys ?? {};
    } catch (error) {
      throw storeFailure(error);
    }
  }
  if (Object.keys(asked).length > 0) throw new Refusal('unavailable');
  return { owner: found?.userId, suppressed: isSuppressed(mark, found?.provenAt) };
}

/** One mail that one event asks for. */
export interface MailKey {
  readonly eventId: string;
  readonly kind: string;
}

const keyOf = ({ eventId, kind }: MailKey) => ({ pk: `MAIL#${eventId}`, sk: kind });

/** Milliseconds for which a mail belongs to the sender that claimed it; longer than the longest send. */
const lease = 10_000;
/** Sends of one mail that may have arrived: the second is the one duplicate that a lost reply may cost (F12). */
const maxSends = 2;
/** Seconds; a stream keeps its records for one day. */
const remembered = 2 * 86_400;

/**
 * `settled`: sent or given up, nothing is left to do. `busy`: somebody is sending it. `cleared`: an earlier try was
 * allowed to send it, and has been counted.
 */
export type MailClaim =
  | { readonly state: 'claimed'; readonly cleared: boolean; readonly last: boolean }
  | { readonly state: 'settled' | 'busy' };

/*
 * The life of a MAIL# item; only `settledAt` is for ever.
 *
 *   (none) --claim--> busy, sends 1 --accepted--------------------------> settled
 *                      | ^   |  \--refused: sends 0, free--> claim again
 *                      | |   \--unclear: free--> claim: busy, sends 2 --accepted or unclear--> settled
 *                      \-+-- crash: busy until the lease ends, then as unclear
 */

/**
 * Claims a mail before it is sent: of all deliveries of an event, in whatever order, one sends it (F14).
 * @throws Refusal `unavailable`
 */
export async function claimMail(tables: Tables, mail: MailKey, now: number): Promise<MailClaim> {
  const outcome = await updateWhere(
    tables,
    tables.sessions,
    keyOf(mail),
    { set: { busyUntil: now + lease, ttl: seconds(now) + remembered }, add: { sends: 1 } },
    [
      absent('settledAt'),
      any(absent('busyUntil'), atMost('busyUntil', now)),
      any(absent('sends'), below('sends', maxSends)),
    ],
  );
  if (outcome.done) {
    const { cleared, sends } = outcome.item;
    return { state: 'claimed', cleared: cleared === true, last: sends >= maxSends };
  }
  const { settledAt, busyUntil } = outcome.item ?? {};
  return { state: settledAt === undefined && busyUntil > now ? 'busy' : 'settled' };
}

/**
 * Gives a claimed mail back, which its limits have let through. `refused`: it was certainly not sent, so the try does not
 * count (F11).
 * @throws Refusal `unavailable`
 */
export async function releaseMail(tables: Tables, mail: MailKey, why: 'refused' | 'unclear'): Promise<void> {
  const change = { set: { busyUntil: 0, cleared: true }, add: { sends: why === 'refused' ? -1 : 0 } };
  await updateWhere(tables, tables.sessions, keyOf(mail), change, []);
}

/** Closes a mail for good. @throws Refusal `unavailable` */
export async function settleMail(
  tables: Tables,
  mail: MailKey,
  outcome: 'sent' | 'dropped' | 'rejected' | 'unclear',
  now: number,
): Promise<void> {
  await updateWhere(tables, tables.sessions, keyOf(mail), { set: { settledAt: now, outcome } }, []);
}
