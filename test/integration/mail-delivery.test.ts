import { GetCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { markAddress } from '../../lambdas/mail-feedback/mark-address.ts';
import { type DeliveryDeps, deliverMail } from '../../lambdas/mailer/deliver-mail.ts';
import type { EmailAddress } from '../../lambdas/shared/domain/email-address.ts';
import { Refusal } from '../../lambdas/shared/domain/refusal.ts';
import type { AddressedMail, MailKind } from '../../lambdas/shared/mail/mail.ts';
import type { SendOutcome } from '../../lambdas/shared/mail/send-mail.ts';
import { bind } from '../../lambdas/shared/store/bind.ts';
import { recipientOf } from '../../lambdas/shared/store/mail-store.ts';
import { suppress } from '../../lambdas/shared/store/suppression-store.ts';
import type { Tables } from '../../lambdas/shared/store/tables.ts';
import { findOwner } from '../../lambdas/shared/store/user-store.ts';
import { sampleBrands, sampleCode } from '../unit/mail-samples.ts';
import { type DeliveryWorld, outbox, outcomeOf, startDeliveryWorld } from './support/delivery.ts';

/** Delivery of mail against the real store: only SES is played, answer by answer. */
const [northwind] = sampleBrands;
const brand = { ...northwind, limits: { ...northwind.limits, mailsPerAddress: { max: 2, window: 3600 } } };
const now = Date.parse('2026-11-21T14:05:00Z');
const refused: SendOutcome = { outcome: 'refused', reason: 'Throttling' };
const unclear: SendOutcome = { outcome: 'unclear', reason: 'TimeoutError' };
const accepted: SendOutcome = { outcome: 'accepted', messageId: 'm-1' };

let world: DeliveryWorld;
let tables: Tables;
let past: DeliveryWorld['past'];
let store: DeliveryDeps['store'];
let run = 0;
let address = '';
let eventId = '';

beforeAll(async () => {
  world = await startDeliveryWorld();
  ({ tables, past, store } = world);
});

afterAll(() => world.stop());

beforeEach(() => {
  run += 1;
  address = `hash-of-address-${run}`;
  eventId = `evt_${run}`;
});

/** SES that gives these answers and then accepts; `sent` is what it got. Each test has a mailbox of its own. */
function ses(...answers: readonly SendOutcome[]) {
  const { deps, ...others } = outbox(brand, store, ...answers);
  return { deps: { ...deps, lookups: { mailboxHashOf: () => address } }, ...others };
}

function addressed(kind: MailKind = 'verify'): AddressedMail {
  const at = new Date(now);
  const mail =
    kind === 'password-changed'
      ? ({ kind, at } as const)
      : ({ kind: 'verify', code: sampleCode, minutes: 10 } as const);
  return { mail, to: 'anna@example.com', identHash: address, locale: 'en' };
}

const deliver = (deps: DeliveryDeps, id = eventId, at = now) => outcomeOf(deps, id, addressed(), at);

describe('F14: duplicates', () => {
  test('one after another: one mail', async () => {
    const { deps, sent } = ses();
    expect([await deliver(deps), await deliver(deps), await deliver(deps)]).toEqual(['sent', 'repeated', 'repeated']);
    expect(sent).toEqual(['verify anna@example.com 482913']);
  });

  test('twenty at the same time: one mail, and the others come back to find it sent', async () => {
    const { deps, sent } = ses();
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => deliver(deps)));
    expect(outcomes.filter((outcome) => outcome === 'sent')).toHaveLength(1);
    // Who comes while it is being sent is told to come again; who comes later finds it done.
    const others = outcomes.filter((outcome) => outcome !== 'sent');
    expect(others.filter((outcome) => outcome !== 'unavailable' && outcome !== 'repeated')).toEqual([]);
    expect(await deliver(deps)).toBe('repeated');
    expect(sent).toHaveLength(1);
  });

  test('two kinds of one event are two mails', async () => {
    const { deps, sent } = ses();
    await deliver(deps);
    await deliverMail(deps, eventId, addressed('password-changed'), now);
    expect(sent).toHaveLength(2);
  });
});

test('F11: refusals are tried again as often as they come, with the same code, and counted once', async () => {
  const { deps, sent } = ses(refused, refused, refused, refused, refused);
  for (let i = 0; i < 5; i++) expect(await deliver(deps)).toBe('unavailable');
  expect(await deliver(deps)).toBe('sent');
  expect(new Set(sent)).toEqual(new Set(['verify anna@example.com 482913']));
  const counter = { pk: `RATE#mail#${address}#${Math.floor(now / 3_600_000)}`, sk: '#' };
  const { Item } = await past.send(new GetCommand({ TableName: tables.sessions, Key: counter }));
  expect(Item?.n).toBe(1);
});

describe('F12: the answer got lost', () => {
  test('once: sent again, that is the one duplicate', async () => {
    const { deps, sent } = ses(unclear);
    expect([await deliver(deps), await deliver(deps), await deliver(deps)]).toEqual([
      'unavailable',
      'sent',
      'repeated',
    ]);
    expect(sent).toHaveLength(2);
  });

  test('twice: given up with an error in the log', async () => {
    const { deps, sent, lines } = ses(unclear, unclear);
    expect([await deliver(deps), await deliver(deps), await deliver(deps)]).toEqual([
      'unavailable',
      'unclear',
      'repeated',
    ]);
    expect(sent).toHaveLength(2);
    expect(lines.at(-1)).toContain('"level":"error"');
  });

  test('a refusal in between costs nothing', async () => {
    const { deps, sent } = ses(unclear, refused, refused, accepted);
    for (let i = 0; i < 3; i++) expect(await deliver(deps)).toBe('unavailable');
    expect([await deliver(deps), await deliver(deps)]).toEqual(['sent', 'repeated']);
    expect(sent).toHaveLength(4);
  });

  test('the note that it was sent fails: it counts as sent', async () => {
    const { deps } = ses();
    const forgetful = { ...store, settleMail: () => Promise.reject(new Refusal('unavailable')) };
    expect(await deliver({ ...deps, store: forgetful })).toBe('sent');
  });
});

test('F17: a mailer that was killed holds the mail for ten seconds, then it is sent at most once more', async () => {
  const { deps, sent } = ses();
  await store.claimMail({ eventId, kind: 'verify' }, now);
  expect(await deliver(deps, eventId, now + 9_000)).toBe('unavailable');
  expect(await deliver(deps, eventId, now + 11_000)).toBe('sent');
  expect(sent).toHaveLength(1);
});

test('an address that SES will never take is given up at once', async () => {
  const { deps, sent } = ses({ outcome: 'rejected', reason: 'InvalidParameterValue' });
  expect([await deliver(deps), await deliver(deps)]).toEqual(['rejected', 'repeated']);
  expect(sent).toHaveLength(1);
});

test('LG1: whatever becomes of a mail, no line names address or code', async () => {
  for (const answers of [[], [refused], [unclear, unclear], [{ outcome: 'rejected', reason: 'X' } as const]]) {
    eventId = `${eventId}x`;
    const { deps, lines } = ses(...answers);
    await deliver(deps);
    await deliver(deps);
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.join('\n')).not.toMatch(/anna|example\.com|482913/);
  }
});

describe('F13: feedback marks an address', () => {
  const feedback = { address: 'anna@example.com' as EmailAddress, at: now };
  const owner = 'usr_aaaaaaaaaaaaaaaaaaaaaa';
  const deps = () => ({
    store: bind(tables, { suppress, findOwner }),
    lookup: () => address,
    random: (bytes: number) => Buffer.alloc(bytes, run),
  });
  const marks = async () => {
    const Key = { pk: `SUPPRESS#${address}`, sk: '#' };
    const { Item } = await past.send(new GetCommand({ TableName: tables.directory, Key }));
    return Item;
  };

  test('an address without a mark gets mail, a marked one none', async () => {
    const Item = { pk: `IDENT#${address}`, sk: '#', userId: owner };
    await past.send(new PutCommand({ TableName: tables.directory, Item }));
    expect(await recipientOf(tables, address)).toEqual({ owner, suppressed: false });
    await markAddress(deps(), { ...feedback, reason: 'bounced' });
    expect(await recipientOf(tables, address)).toEqual({ owner, suppressed: true });
    expect(await recipientOf(tables, 'hash-of-nobody')).toEqual({ owner: undefined, suppressed: false });
    expect(await marks()).toMatchObject({ event: { type: 'address.bounced', data: { sub: owner } } });
  });

  test('twice and out of order: the same state, and news once', async () => {
    const bounce = { ...feedback, reason: 'bounced' } as const;
    const complaint = { ...feedback, reason: 'complained', at: now + 1000 } as const;
    const earlier = { ...bounce, at: now - 1000 };
    const news: boolean[] = [];
    for (const each of [complaint, bounce, bounce, earlier, complaint]) {
      news.push((await markAddress(deps(), each)).news);
    }
    expect(news).toEqual([true, true, false, false, false]);
    expect(await marks()).toMatchObject({ bouncedAt: now, complainedAt: now + 1000 });
  });

  test('LG1: the table names no address', async () => {
    await markAddress(deps(), { ...feedback, reason: 'complained' });
    const { Items } = await past.send(new ScanCommand({ TableName: tables.directory }));
    expect(JSON.stringify(Items)).not.toContain('example.com');
  });
});
