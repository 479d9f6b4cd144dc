import { describe, expect, it } from 'vitest';
import { cloudNow } from './support/cloud-desk.ts';
import { askDesk, failing, withFault } from './support/faults.ts';
import { awaitMail, codeOf, mailsTo } from './support/inbox.ts';
import { refresh, signIn, signUp, startSignUp } from './support/journeys.ts';
import { deadLettersOf, deliver, happenedAgain, published, recordOf } from './support/stream-records.ts';
import { type Item, putItem, readItem } from './support/tables.ts';
import { type BrandId, newVisitor, randomEmail } from './support/visitor.ts';

/** A sign-up whose code was mailed, with its flow item as the stream had it. */
async function mailedFlow(brand: BrandId, email = randomEmail()) {
  const visitor = newVisitor(brand);
  const { flow } = await startSignUp(visitor, { email });
  await awaitMail(email, 1, brand);
  return { visitor, email, flow, item: (await readItem(brand, 'Sessions', `FLOW#${flow}`)) ?? {} };
}

const inbox = async (brand: BrandId, email: string) => (await mailsTo(email, brand)).length;

describe('F14: records that come twice and in another order', () => {
  it('F14: what was sent is not sent again', async () => {
    const brand = 'northwind';
    const flows = await Promise.all([1, 2, 3].map(() => mailedFlow(brand)));
    const records = flows.map(({ item }) => recordOf(item));
    expect(await deliver(brand, 'mailer', [...records, ...records.toReversed()])).toEqual([]);
    expect(await deliver(brand, 'mailer', records.toReversed())).toEqual([]);
    expect(await Promise.all(flows.map(({ email }) => inbox(brand, email)))).toEqual([1, 1, 1]);
  });

  it('F14: an old record after a newer one sends nothing', async () => {
    const brand = 'solmar';
    const { visitor, email, flow, item } = await mailedFlow(brand);
    await visitor.ask('POST', `/v1/registrations/${flow}/resend`);
    await awaitMail(email, 2, brand);
    const renewed = (await readItem(brand, 'Sessions', `FLOW#${flow}`)) ?? {};
    expect(await deliver(brand, 'mailer', [recordOf(renewed, item), recordOf(item)])).toEqual([]);
    expect(await inbox(brand, email)).toBe(2);
  });

  it('F14: one event to several mailers at the same time is one mail', async () => {
    const brand = 'northwind';
    const { email, item } = await mailedFlow(brand);
    const record = recordOf(happenedAgain(item));
    const failures = await Promise.all([1, 2, 3, 4].map(() => deliver(brand, 'mailer', [record])));
    // Who met a mail under way has to look again; the stream does so.
    for (const failed of failures.flat()) expect(failed).toBe(record.dynamodb.SequenceNumber);
    expect(await deliver(brand, 'mailer', [record])).toEqual([]);
    expect(await inbox(brand, email)).toBe(2);
  });

  it('F14: a write without a new event sends and publishes nothing', async () => {
    const brand = 'solmar';
    const { email, item } = await mailedFlow(brand);
    const counted = recordOf({ ...happenedAgain(item), attempts: 1 }, { ...item });
    const same = recordOf({ ...item, attempts: 2 }, item);
    expect(await deliver(brand, 'mailer', [same])).toEqual([]);
    expect(await inbox(brand, email)).toBe(1);
    expect(await deliver(brand, 'mailer', [counted])).toEqual([]);
    expect(await inbox(brand, email)).toBe(2);
  });

  it('F14: an event that is published twice has one id, by which consumers know it', async () => {
    const brand = 'northwind';
    const { sub } = await signUp(newVisitor(brand));
    await expect.poll(async () => (await published(brand, sub)).length, { timeout: 5_000 }).toBe(2);
    const user = (await readItem(brand, 'Directory', `USER#${sub}`)) ?? {};
    expect(await deliver(brand, 'publisher', [recordOf(user), recordOf(user)])).toEqual([]);
    const ids = (await published(brand, sub)).filter(({ type }) => type === 'user.registered').map(({ id }) => id);
    expect([ids.length, new Set(ids).size]).toEqual([3, 1]);
  });
});

describe('F15: a batch with a record that cannot be dealt with', () => {
  const poisons: readonly (readonly [string, (item: Item) => Item])[] = [
    ['has an event of no catalogue', (item) => ({ ...item, event: { ...item.event, type: 'user.exploded' } })],
    ['is sealed under another key', (item) => ({ ...item, pk: 'FLOW#flw_00000000000000000000000000', identHash: 'x' })],
    ['has an event without data', (item) => ({ ...item, event: { id: 'evt_x', type: 'registration.started' } })],
  ];

  it.each(poisons)('F15: mailer: the fourth of ten %s: it alone fails', async (_, spoil) => {
    const brand = 'solmar';
    const { email, item } = await mailedFlow(brand);
    const records = Array.from({ length: 10 }, (_, n) => {
      const again = happenedAgain(item);
      return recordOf(n === 3 ? spoil(again) : again);
    });
    expect(await deliver(brand, 'mailer', records)).toEqual([records[3]?.dynamodb.SequenceNumber]);
    expect(await inbox(brand, email)).toBe(10);
  });

  it('F15: publisher: what does not fit the schema of its event alone fails', async () => {
    const brand = 'northwind';
    const { sub } = await signUp(newVisitor(brand));
    await expect.poll(async () => (await published(brand, sub)).length, { timeout: 5_000 }).toBe(2);
    const user = (await readItem(brand, 'Directory', `USER#${sub}`)) ?? {};
    const data = { sub, client: 'Anna Example <anna@example.com>', locale: 'en' };
    const records = Array.from({ length: 10 }, (_, n) => {
      const again = happenedAgain(user);
      return recordOf(n === 3 ? { ...again, event: { ...again.event, data } } : again);
    });
    expect(await deliver(brand, 'publisher', records)).toEqual([records[3]?.dynamodb.SequenceNumber]);
    expect(await published(brand, sub)).toHaveLength(2 + 9);
    expect(JSON.stringify(await askDesk(brand, 'GET', 'events'))).not.toContain('anna@example.com');
  });

  it('F15, F16: mailer: what was tried for five minutes is a dead letter of place and key, and holds nothing up', async () => {
    const brand = 'solmar';
    const { email, item } = await mailedFlow(brand);
    const before = (await deadLettersOf(brand, 'mailer')).length;
    const old = Math.floor((await cloudNow(brand)) / 1000) - 301;
    const poison = recordOf({ ...happenedAgain(item), event: { id: 'evt_x', type: 'user.exploded' } });
    const aged = { ...poison, dynamodb: { ...poison.dynamodb, ApproximateCreationDateTime: old } };
    const batch = [aged, recordOf(happenedAgain(item))];
    const failure = failing('ServiceUnavailable', { service: 'sqs', function: 'mailer', status: 503 });
    await withFault(brand, failure, async () => {
      expect(await deliver(brand, 'mailer', batch)).toEqual([poison.dynamodb.SequenceNumber]);
    });
    expect(await deliver(brand, 'mailer', batch)).toEqual([]);
    expect(await inbox(brand, email)).toBe(2);
    const letters = (await deadLettersOf(brand, 'mailer')).slice(before).map(({ body }) => body);
    expect(letters).toMatchObject([
      {
        requestContext: { condition: 'Unprocessable' },
        DDBStreamBatchInfo: { startSequenceNumber: poison.dynamodb.SequenceNumber },
      },
    ]);
    expect(JSON.stringify(letters)).not.toContain(String(item.sealed));
  });

  it('F15: in the stream: poison ends as a dead letter of each consumer, and who comes after it is served', async () => {
    const brand = 'solmar';
    const letters = async () =>
      [await deadLettersOf(brand, 'mailer'), await deadLettersOf(brand, 'publisher')].map(({ length }) => length);
    const refusals = async () => {
      const lines: readonly { readonly line: string }[] = await askDesk(brand, 'GET', 'logs');
      return lines.filter(({ line }) => line.includes('record.unreadable')).length;
    };
    const before = { letters: await letters(), refusals: await refusals() };
    const { item } = await mailedFlow(brand);
    const event = { id: 'evt_poison', type: 'user.exploded' };
    await putItem(brand, 'Sessions', { ...item, pk: `${String(item.pk)}poison`, event });
    await expect.poll(refusals, { timeout: 10_000 }).toBeGreaterThanOrEqual(before.refusals + 4);
    // The mailer tries for five minutes, the publisher until a record is too old.
    await askDesk(brand, 'POST', 'clock', { advance: 301 });
    await expect.poll(async () => (await letters())[0], { timeout: 10_000 }).toBe((before.letters[0] ?? 0) + 1);
    await askDesk(brand, 'POST', 'clock', { advance: 43_201 });
    await expect.poll(letters, { timeout: 10_000 }).toEqual(before.letters.map((count) => count + 1));
    const members = await Promise.all(Array.from({ length: 6 }, () => signUp(newVisitor(brand))));
    for (const { sub } of members) {
      await expect.poll(async () => (await published(brand, sub)).length, { timeout: 5_000 }).toBe(2);
    }
  });
});

describe('F16: a stream consumer that is down', () => {
  const down = (name: string) => ({
    kind: 'error',
    service: 'lambda',
    action: 'Invoke',
    function: name,
    error: { code: 'TooManyRequestsException', status: 429 },
  });

  it('F16: mailer: sign-in goes on, and mails come in their order afterwards', async () => {
    const brand = 'northwind';
    const member = await signUp(newVisitor(brand));
    const visitor = newVisitor(brand);
    const email = randomEmail();
    const flow = await withFault(brand, down('mailer'), async () => {
      const started = await startSignUp(visitor, { email });
      for (let n = 0; n < 2; n++) await visitor.ask('POST', `/v1/registrations/${started.flow}/resend`);
      expect((await signIn(newVisitor(brand), member.email, member.password)).status).toBe(200);
      expect((await refresh(member.visitor, member.tokens.refresh_token)).status).toBe(200);
      await new Promise((resolve) => setTimeout(resolve, 500));
      expect(await inbox(brand, email)).toBe(0);
      return started.flow;
    });
    const code = codeOf(await awaitMail(email, 3, brand));
    const mails = await mailsTo(email, brand);
    expect(mails.map(({ at }) => at)).toEqual(
      mails
        .map(({ at }) => at)
        .toSorted()
        .toReversed(),
    );
    expect((await visitor.post(`/v1/registrations/${flow}/verification`, { code })).status).toBe(201);
  });

  it('F16: publisher: what happened is on the bus in its order afterwards', async () => {
    const brand = 'solmar';
    const sub = await withFault(brand, down('publisher'), async () => {
      const { visitor, sub, email, tokens } = await signUp(newVisitor(brand));
      const token = tokens.access_token;
      for (const nickname of ['one', 'two']) {
        const { status } = await visitor.ask('PATCH', '/v1/account', { token, json: { profile: { nickname } } });
        expect([email, status]).toEqual([email, 200]);
      }
      expect(await published(brand, sub)).toEqual([]);
      return sub;
    });
    await expect.poll(async () => (await published(brand, sub)).length, { timeout: 8_000 }).toBe(4);
    const ofUser = (await published(brand, sub)).map(({ type }) => type).filter((type) => type !== 'user.signed_in');
    expect(ofUser).toEqual(['user.registered', 'user.updated', 'user.updated']);
  });
});
