import { describe, expect, it } from 'vitest';
import { askDesk, type FaultRule, failing, withFault } from './support/faults.ts';
import { awaitMail, codeOf, mailsTo } from './support/inbox.ts';
import { signIn, signUp, startSignUp } from './support/journeys.ts';
import { operations } from './support/operations.ts';
import { deadLettersOf, published } from './support/stream-records.ts';
import { holdings, readItem } from './support/tables.ts';
import { type BrandId, newVisitor, randomEmail, type Visitor } from './support/visitor.ts';

const quiet = (ms = 600) => new Promise((resolve) => setTimeout(resolve, ms));

const ses = (code: string, status: number, times?: number): FaultRule =>
  failing(code, { service: 'ses', function: 'mailer', status, ...(times !== undefined && { times }) });

function verification(visitor: Visitor, flow: string, code: string) {
  return visitor.post(`/v1/registrations/${flow}/verification`, { code });
}

describe('F11: SES refuses', () => {
  it.each([
    ['Throttling', 400, 'northwind'],
    ['ServiceUnavailable', 503, 'solmar'],
    ['InternalFailure', 500, 'northwind'],
  ] as const)('F11: %s: nobody notices, and the mail comes later', async (code, status, brand) => {
    const visitor = newVisitor(brand);
    const started = await withFault(brand, ses(code, status, 3), async ({ hits }) => {
      const started = await startSignUp(visitor);
      await expect.poll(hits, { timeout: 8_000 }).toBe(3);
      return started;
    });
    const mailed = codeOf(await awaitMail(started.email, 1, brand));
    await quiet();
    expect(await mailsTo(started.email, brand)).toHaveLength(1);
    expect((await verification(visitor, started.flow, mailed)).status).toBe(201);
  });

  it('F11: while sending is paused, known and unknown addresses get one reply', async () => {
    const brand = 'northwind';
    const { email } = await signUp(newVisitor(brand));
    await withFault(brand, ses('AccountSendingPausedException', 400), async () => {
      const ask = async (address: string) => {
        const visitor = newVisitor(brand);
        const answer = await visitor.post('/v1/recoveries', { client_id: visitor.client, email: address });
        return { status: answer.status, names: Object.keys(answer.json), expires: answer.json.expires_in };
      };
      expect(await ask(email)).toEqual(await ask(randomEmail()));
    });
  });

  it('F11: a mail that cannot be sent for half a day is a dead letter; no code is burned', async () => {
    const brand = 'solmar';
    const letters = async () => (await deadLettersOf(brand, 'mailer')).length;
    const before = await letters();
    const visitor = newVisitor(brand);
    const { ask } = await operations.changePassword.prepare(brand);
    const { email, flow } = await withFault(brand, ses('AccountSendingPausedException', 400), async ({ hits }) => {
      expect((await ask()).status).toBe(204);
      const started = await startSignUp(visitor);
      await expect.poll(hits, { timeout: 8_000 }).toBeGreaterThan(2);
      await askDesk(brand, 'POST', 'clock', { advance: 43_201 });
      await expect.poll(letters, { timeout: 8_000 }).toBeGreaterThan(before);
      return started;
    });
    expect((await deadLettersOf(brand, 'mailer')).at(-1)?.body.requestContext.condition).toBe('RecordAgeExceeded');
    expect(await mailsTo(email, brand)).toEqual([]);
    expect(await readItem(brand, 'Sessions', `FLOW#${flow}`)).toMatchObject({ attempts: 0 });
    expect((await signUp(newVisitor(brand), { email })).sub).toMatch(/^usr_/);
  });
});

describe('F12: SES took the mail and its answer was lost', () => {
  it.each([
    [1, 'northwind'],
    [9, 'solmar'],
  ] as const)('F12: %i times: two mails at most, with one code that works', async (times, brand) => {
    const visitor = newVisitor(brand);
    const rule = { kind: 'drop-reply', service: 'ses', function: 'mailer', times };
    const { email, flow } = await withFault(brand, rule, async () => {
      const started = await startSignUp(visitor);
      await awaitMail(started.email, 2, brand);
      await quiet(1_000);
      return started;
    });
    const mails = await mailsTo(email, brand);
    expect(mails).toHaveLength(2);
    expect(new Set(mails.map(codeOf)).size).toBe(1);
    const [newest] = mails;
    expect((await verification(visitor, flow, newest ? codeOf(newest) : '')).status).toBe(201);
  });
});

/** What SES reports about an address, `seconds` after noon. */
function feedback(kind: 'Bounce' | 'Complaint', address: string, seconds: number) {
  const timestamp = new Date(Date.UTC(2026, 0, 15, 12, 0, seconds)).toISOString();
  const mail = { messageId: `m-${seconds}`, destination: [address], timestamp };
  const recipients = [{ emailAddress: address }];
  const report =
    kind === 'Bounce'
      ? { bounce: { bounceType: 'Permanent', bounceSubType: 'General', bouncedRecipients: recipients, timestamp } }
      : { complaint: { complainedRecipients: recipients, complaintFeedbackType: 'abuse', timestamp } };
  return {
    source: 'aws.ses',
    'detail-type': kind === 'Bounce' ? 'Email Bounced' : 'Email Complaint Received',
    detail: { eventType: kind, ...report, mail: { ...mail, tags: {} } },
  };
}

describe('F13: bounces and complaints', () => {
  /** Events go through the rule of the template, which wants the mail's own configuration set. */
  async function report(brand: BrandId, kind: 'Bounce' | 'Complaint', address: string, seconds: number) {
    const [mail] = await mailsTo(address, brand);
    const event = feedback(kind, address, seconds);
    const tags = { 'ses:configuration-set': [mail?.configuration_set] };
    const detail = { ...event.detail, mail: { ...event.detail.mail, tags } };
    await askDesk(brand, 'POST', 'events', { ...event, detail });
  }

  it.each(['northwind', 'solmar'] as const)(
    'F13: twice and out of order at %s: one state, one event each',
    async (brand) => {
      const { sub, email } = await signUp(newVisitor(brand));
      const { identHash } = await holdings(brand, sub);
      for (const seconds of [5, 5, 3, 5]) await report(brand, 'Bounce', email, seconds);
      for (const seconds of [9, 8, 9]) await report(brand, 'Complaint', email, seconds);
      const mark = await readItem(brand, 'Directory', `SUPPRESS#${identHash}`);
      const noon = Date.UTC(2026, 0, 15, 12);
      expect(mark).toMatchObject({ bouncedAt: noon + 5_000, complainedAt: noon + 9_000 });
      const told = async () => (await published(brand, sub)).filter(({ type }) => type.startsWith('address.'));
      await expect.poll(async () => (await told()).length, { timeout: 5_000 }).toBe(2);
      expect((await told()).map(({ type }) => type)).toEqual(['address.bounced', 'address.complained']);
    },
  );

  it('F13: a marked address gets no storm of mails, and its owner can change it', async () => {
    const brand = 'northwind';
    const { visitor, email, password, sub } = await signUp(newVisitor(brand));
    const inbox = async () => (await mailsTo(email, brand)).length;
    const before = await inbox();
    await report(brand, 'Bounce', email, 1);
    for (let n = 0; n < 2; n++) {
      expect((await visitor.post('/v1/login/code', { client_id: visitor.client, email })).status).toBe(202);
      expect((await visitor.post('/v1/recoveries', { client_id: visitor.client, email })).status).toBe(202);
    }
    const token = (await signIn(visitor, email, password)).json.access_token;
    const next = randomEmail();
    const started = await visitor.post('/v1/account/email', { email: next }, { token });
    const code = codeOf(await awaitMail(next, 1, brand));
    expect((await visitor.post(`/v1/account/email/${started.json.flow}`, { code }, { token })).status).toBe(200);
    await quiet();
    expect(await inbox()).toBe(before);
    await visitor.post('/v1/login/code', { client_id: visitor.client, email: next });
    expect(codeOf(await awaitMail(next, 2, brand))).toMatch(/^\d{6}$/);
    expect((await holdings(brand, sub)).user?.status).toBe('active');
  });

  it('F13: the simulator address: what bounced once is not written to again', async () => {
    const brand = 'solmar';
    const email = `bounce+${randomEmail().split('@')[0]}@simulator.amazonses.com`;
    const visitor = newVisitor(brand);
    const { flow } = await startSignUp(visitor, { email });
    await awaitMail(email, 1, brand);
    const { identHash } = (await readItem(brand, 'Sessions', `FLOW#${flow}`)) ?? {};
    const mark = () => readItem(brand, 'Directory', `SUPPRESS#${identHash}`);
    await expect.poll(mark, { timeout: 5_000 }).toHaveProperty('bouncedAt');
    expect((await visitor.ask('POST', `/v1/registrations/${flow}/resend`)).status).toBe(202);
    await quiet();
    expect(await mailsTo(email, brand)).toHaveLength(1);
  });

  it('F13: feedback that cannot be stored is a dead letter, not a loss', async () => {
    const brand = 'northwind';
    const before = (await deadLettersOf(brand, 'mail-feedback')).length;
    const rule = failing('ThrottlingException', { function: 'mail-feedback', action: 'UpdateItem' });
    const { email } = await signUp(newVisitor(brand));
    await withFault(brand, rule, () => report(brand, 'Bounce', email, 1));
    expect(await deadLettersOf(brand, 'mail-feedback')).toHaveLength(before + 1);
  });
});
