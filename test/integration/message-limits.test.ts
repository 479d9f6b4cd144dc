import { setTimeout as sleep } from 'node:timers/promises';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Addressed } from '../../lambdas/mailer/check-limits.ts';
import type { DeliveryDeps } from '../../lambdas/mailer/deliver-mail.ts';
import type { Brand } from '../../lambdas/shared/domain/brand.ts';
import { type PhoneNumber, rangeOf } from '../../lambdas/shared/domain/phone-number.ts';
import { Refusal } from '../../lambdas/shared/domain/refusal.ts';
import type { SmsPolicy } from '../../lambdas/shared/domain/sms-policy.ts';
import type { Mail } from '../../lambdas/shared/mail/mail.ts';
import type { Text } from '../../lambdas/shared/mail/text.ts';
import { countUsed } from '../../lambdas/shared/store/rate-store.ts';
import { sampleBrands, sampleCode, sampleMails } from '../unit/mail-samples.ts';
import { type DeliveryWorld, outbox, outcomeOf, startDeliveryWorld } from './support/delivery.ts';
import { awaitMail, signInNotices } from './support/inbox.ts';
import { signIn, signUp } from './support/journeys.ts';
import { roomyWindow } from './support/rate-windows.ts';
import { newVisitor } from './support/visitor.ts';

/** What may be sent, by mail and by text, against the real store: only the services that send are played. */
const [northwind, solmar] = sampleBrands;
const mailing = {
  ...northwind,
  limits: { ...northwind.limits, mailsPerAddress: { max: 2, window: 3600 } },
  abuse: { ...northwind.abuse, mailsPerHour: 20 },
};
/** The brand that texts, with small numbers and one country's worth of room elsewhere. */
function texting(changes: Partial<SmsPolicy>): Brand {
  const { sms } = solmar.authentication;
  if (!sms) throw new Error('solmar sends no texts');
  const roomy = { max: 10_000, window: 3600 };
  const policy = { ...sms, perNumber: roomy, perPrefix: roomy, ...changes };
  return { ...solmar, authentication: { ...solmar.authentication, sms: policy } };
}
const hour = 3_600_000;

let world: DeliveryWorld;
let now = Date.parse('2026-11-21T14:05:00Z');
let run = 0;

beforeAll(async () => {
  world = await startDeliveryWorld();
});

afterAll(() => world.stop());

// Each test has a day of its own: whatever is counted begins anew.
beforeEach(() => {
  run += 1;
  now += 24 * hour;
});

const many = <T>(count: number, make: (at: number) => T) => Array.from({ length: count }, (_, at) => make(at));
const sentOf = (outcomes: readonly string[]) => outcomes.filter((outcome) => outcome === 'sent').length;

const verify: Mail = { kind: 'verify', code: sampleCode, minutes: 10 };
const signInCode: Mail = { kind: 'sign-in-code', code: sampleCode, minutes: 10 };
const notice = (kind: 'new-sign-in' | 'sign-in-stopped'): Mail => ({
  kind,
  at: new Date(now),
  device: {},
  place: {},
  notMeUrl: 'https://id.example/recover/not-me',
});
const passwordChanged = (): Mail => ({ kind: 'password-changed', at: new Date(now) });

const mailTo = (party: string, mail: Mail): Addressed => ({
  mail,
  to: `${party}@example.com`,
  identHash: `hash-of-${party}-${run}`,
  locale: 'en',
});

/** A text to a number of its own. */
const textTo = (number: string, kind: Text['kind'] = 'text-code', network?: string): Addressed => ({
  text: kind === 'text-recovery' ? { kind, cancelUrl: 'https://id.example/x' } : { kind, code: sampleCode },
  to: number as PhoneNumber,
  identHash: `hash-of-${number}-${run}`,
  rangeHash: `hash-of-${rangeOf(number as PhoneNumber)}-${run}`,
  ...(network && { networkHash: `hash-of-${network}-${run}` }),
  locale: 'es',
});
const numbers = (count: number, kind?: Text['kind']) => many(count, (at) => textTo(`+346${1000 + at}5678`, kind));

let events = 0;
/** Delivers one message of an event of its own. */
const deliver = (deps: DeliveryDeps, addressed: Addressed, at = now) =>
  outcomeOf(deps, `evt_limits_${++events}`, addressed, at);

async function deliverAll(deps: DeliveryDeps, messages: readonly Addressed[], at = now): Promise<readonly string[]> {
  const outcomes: string[] = [];
  for (const each of messages) outcomes.push(await deliver(deps, each, at));
  return outcomes;
}

describe('the breaker of the bill', () => {
  test('a flood of sign-ups holds mails to strangers, no code of a customer and no notice; an event says so once', async () => {
    const { deps, sent, lines } = outbox(mailing, world.store);
    const flood = await Promise.all(many(50, (at) => deliver(deps, mailTo(`stranger-${at}`, verify))));
    expect(sentOf(flood)).toBe(12);
    expect(flood.filter((outcome) => outcome === 'dropped')).toHaveLength(38);
    const customers = await Promise.all(many(10, (at) => deliver(deps, mailTo(`customer-${at}`, signInCode))));
    expect(sentOf(customers)).toBe(8);
    expect(await deliver(deps, mailTo('anna', passwordChanged()))).toBe('sent');
    expect(sent).toHaveLength(21);
    expect(lines.filter((line) => line.includes('"mail.held"'))).toHaveLength(40);
    const { Items = [] } = await world.past.send(new ScanCommand({ TableName: world.tables.sessions }));
    const told = Items.filter(({ pk }) => pk === 'ALERT#budget').map(({ event }) => event.data);
    expect(told).toHaveLength(2);
    expect(told).toContainEqual({ channel: 'mail', held: 'strangers' });
    expect(told).toContainEqual({ channel: 'mail', held: 'all' });
  });

  test('RL3: notices use up nobody’s budget: who signs in again and again stops no code of another', async () => {
    const { deps, lines } = outbox(mailing, world.store);
    const told = await deliverAll(
      deps,
      many(100, (at) => mailTo(`account-${at}`, notice('new-sign-in'))),
    );
    expect(sentOf(told)).toBe(100);
    expect(
      sentOf(
        await deliverAll(
          deps,
          many(20, (at) => mailTo(`customer-${at}`, signInCode)),
        ),
      ),
    ).toBe(20);
    expect(lines.filter((line) => line.includes('"notices.many"'))).toHaveLength(1);
  });
});

describe('the breaker of texts', () => {
  test('RL3: what the hour holds back uses nothing of the day', async () => {
    const { deps, sent } = outbox(texting({ perHour: 20, perDay: 50 }), world.store);
    const eachHour: number[] = [];
    for (let at = 0; at < 3; at++) {
      eachHour.push(sentOf(await deliverAll(deps, numbers(60), now - (14 - at) * hour)));
    }
    expect(eachHour).toEqual([20, 20, 10]);
    expect(sent).toHaveLength(50);
  });

  test('RL3: texts that prove a new number have half of it, and second factors the rest', async () => {
    const { deps, lines } = outbox(texting({ perHour: 20, perDay: 100 }), world.store);
    expect(sentOf(await deliverAll(deps, numbers(30, 'text-verify')))).toBe(10);
    expect(sentOf(await deliverAll(deps, numbers(30)))).toBe(10);
    expect(lines.filter((line) => line.includes('"text.guarded"'))).toHaveLength(40);
    const { Items = [] } = await world.past.send(new ScanCommand({ TableName: world.tables.sessions }));
    const told = Items.filter(({ sk, pk }) => pk === 'ALERT#budget' && String(sk).startsWith('text#'));
    expect(new Set(told.map(({ event }) => event.data.held))).toEqual(new Set(['strangers', 'all']));
  });

  test('RL3: one number gets so many, one range and one network too, whichever way they were asked for', async () => {
    const three = { max: 3, window: 3600 };
    const five = { max: 5, window: 3600 };
    const { deps, lines } = outbox(texting({ perNumber: three, perPrefix: five, perIp: three }), world.store);
    expect(
      sentOf(
        await deliverAll(
          deps,
          many(6, () => textTo('+5511987651234')),
        ),
      ),
    ).toBe(3);
    // São Paulo has one area code and a hundred million numbers: a range is ten thousand of them.
    expect(
      sentOf(
        await deliverAll(
          deps,
          many(6, (at) => textTo(`+551198765${2000 + at}`)),
        ),
      ),
    ).toBe(2);
    expect(await deliver(deps, textTo('+5511987661234'))).toBe('sent');
    const ofNetwork = (at: number) => textTo(`+34612${345_678 + at * 10_000}`, 'text-code', '198.51.100.7');
    expect(sentOf(await deliverAll(deps, many(6, ofNetwork)))).toBe(3);
    expect(lines.filter((line) => line.includes('"limit":"range"'))).toHaveLength(4);
  });

  test('RL3: a range whose codes nobody uses is stopped for the window; a tenth that is used keeps it open', async () => {
    const { deps, lines } = outbox(texting({}), world.store);
    const inRange = (range: string, count: number) => many(count, (at) => textTo(`+55119${range}${1000 + at}`));
    expect(sentOf(await deliverAll(deps, inRange('8765', 25)))).toBe(20);
    expect(lines.filter((line) => line.includes('"text.unused"'))).toHaveLength(5);
    expect(await deliver(deps, textTo('+5511987661234'))).toBe('sent');
    expect(await deliver(deps, textTo('+5511987651234'), now + hour)).toBe('sent');

    const used = inRange('4444', 30);
    const counter = {
      scope: 'texts-range',
      hash: `hash-of-+551194444-${run}`,
      limit: { max: 9, window: 3600 },
    } as const;
    expect(sentOf(await deliverAll(deps, used.slice(0, 19)))).toBe(19);
    await Promise.all(many(2, () => countUsed(world.tables, counter, 'customers', now)));
    // Two of nineteen, of twenty; two of twenty-one are fewer than a tenth.
    expect(sentOf(await deliverAll(deps, used.slice(19)))).toBe(2);
    const notice = textTo('+5511944441000', 'text-recovery');
    expect(await deliver(deps, notice)).toBe('sent');
    // Whoever asks to prove numbers of others stops that, and no second factor of their neighbours.
    const proofs = many(25, (at) => textTo(`+551195555${1000 + at}`, 'text-verify'));
    expect(sentOf(await deliverAll(deps, proofs))).toBe(20);
    expect(await deliver(deps, textTo('+5511955551000'))).toBe('sent');
  });

  test('a notice goes by text when nothing else does any more, so many times an hour', async () => {
    const { deps } = outbox(texting({ perHour: 1, perDay: 1, perNumber: { max: 1, window: 3600 } }), world.store);
    expect(sentOf(await deliverAll(deps, numbers(3)))).toBe(1);
    const notices = many(8, () => textTo('+34612341000', 'text-recovery'));
    expect(sentOf(await deliverAll(deps, notices))).toBe(5);
  });
});

describe('what one address gets in an hour', () => {
  test('a budget of codes and answers; notices of what happened have one of their own', async () => {
    const { deps } = outbox(mailing, world.store);
    const codes = many(4, () => mailTo('anna', verify));
    expect(await deliverAll(deps, codes)).toEqual(['sent', 'sent', 'dropped', 'dropped']);
    expect(await deliver(deps, mailTo('anna', passwordChanged()))).toBe('sent');
    expect(await deliver(deps, mailTo('anna', verify), now + hour)).toBe('sent');
  });

  test('RL9: where the note of a drop fails, the limits hold for the repeat as well, and so does the breaker', async () => {
    const { deps, sent } = outbox(mailing, world.store);
    await deliverAll(
      deps,
      many(2, () => mailTo('anna', verify)),
    );
    let failures = 0;
    const settleMail: DeliveryDeps['store']['settleMail'] = async (...given) => {
      if (failures++ === 0) throw new Refusal('unavailable');
      return world.store.settleMail(...given);
    };
    const flaky = { ...deps, store: { ...deps.store, settleMail } };
    const again = `evt_again_${run}`;
    const lateEnough = now + 11_000;
    expect(await outcomeOf(flaky, again, mailTo('anna', verify), now)).toBe('unavailable');
    expect(await outcomeOf(flaky, again, mailTo('anna', verify), lateEnough)).toBe('dropped');
    expect(sent).toHaveLength(2);
    // A mailer that died after its claim has judged nothing.
    const killed = { eventId: `evt_killed_${run}`, kind: 'verify' };
    await world.store.claimMail(killed, now);
    expect(await outcomeOf(deps, killed.eventId, mailTo('anna', verify), lateEnough)).toBe('dropped');
    const broke = { ...deps, brand: { ...mailing, abuse: { ...mailing.abuse, mailsPerHour: 1 } } };
    await world.store.claimMail({ ...killed, eventId: `evt_broke_${run}` }, now);
    expect(await outcomeOf(broke, `evt_broke_${run}`, mailTo('bob', verify), lateEnough)).toBe('dropped');
  });

  test('RL3: five notices of sign-ins, then the owner has been told; others go on, and are bounded too', async () => {
    const { deps } = outbox(mailing, world.store);
    const signIns = many(10, (at) => mailTo('anna', notice(at % 2 === 0 ? 'new-sign-in' : 'sign-in-stopped')));
    expect(sentOf(await deliverAll(deps, signIns))).toBe(5);
    expect(await deliver(deps, mailTo('anna', signInCode))).toBe('sent');
    expect(
      sentOf(
        await deliverAll(
          deps,
          many(40, () => mailTo('anna', passwordChanged())),
        ),
      ),
    ).toBe(30);
    expect(await deliver(deps, mailTo('anna', { kind: 'factor-removed', at: new Date(now), factor: 'totp' }))).toBe(
      'sent',
    );
    expect(await deliver(deps, mailTo('bob', notice('new-sign-in')))).toBe('sent');
    expect(await deliver(deps, mailTo('anna', notice('new-sign-in')), now + hour)).toBe('sent');
  });

  test('MFA4: every kind that is no code and no plain answer goes out, whatever the address has had', async () => {
    const { deps } = outbox({ ...mailing, abuse: { ...mailing.abuse, mailsPerHour: 1 } }, world.store);
    await deliverAll(
      deps,
      many(3, () => mailTo('anna', signInCode)),
    );
    const outcomes = new Map<string, string>();
    for (const mail of sampleMails) outcomes.set(mail.kind, await deliver(deps, mailTo('anna', mail)));
    const dropped = [...outcomes].filter(([, outcome]) => outcome === 'dropped').map(([kind]) => kind);
    expect(dropped.toSorted()).toEqual(
      [
        'already-registered',
        'email-change-new',
        'factor-recovery',
        'recovery',
        'recovery-unknown',
        'sign-in-code',
        'verify',
      ].toSorted(),
    );
    expect([...outcomes.values()].filter((outcome) => outcome === 'sent')).toHaveLength(outcomes.size - 7);
  });
});

test('RL3: one account is signed in to again and again: five notices, and the code of another comes', async () => {
  const [victim, other] = [await signUp(), await signUp()];
  await roomyWindow('northwind', { window: 3600 });
  for (let turn = 0; turn < 9; turn++) {
    const agent = `Mozilla/5.0 (device ${turn}) Browser`;
    const headers = { 'user-agent': agent };
    const from = newVisitor();
    const body = { client_id: from.client, email: victim.email, password: victim.password };
    expect((await from.post('/v1/login/password', body, { headers })).status).toBe(200);
  }
  await other.visitor.post('/v1/login/code', { client_id: other.visitor.client, email: other.email });
  expect((await awaitMail(other.email, 2)).tags?.kind).toBe('sign-in-code');
  const notices = async () => (await signInNotices(victim.email, 'northwind')).length;
  await expect.poll(notices, { timeout: 10_000 }).toBe(5);
  await sleep(300);
  expect(await notices()).toBe(5);
  expect((await signIn(victim.visitor, victim.email, victim.password)).status).toBe(200);
});
