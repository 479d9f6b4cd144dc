import { describe, expect, it } from 'vitest';
import { callsBehind, eventually, recycle, withFault } from './support/faults.ts';
import { codeOf, mailsTo } from './support/inbox.ts';
import { startSignUp } from './support/journeys.ts';
import { type Operation, operations } from './support/operations.ts';
import { holdings } from './support/tables.ts';
import { newVisitor } from './support/visitor.ts';

/** Milliseconds of a service that hangs, and the gateway's own patience, of which an answer stays well clear. */
const HANGING = 10_000;
const BOUND = 25_000;

const hanging: readonly Operation[] = [
  operations.startRegistration,
  operations.verify,
  operations.passwordSignIn,
  operations.refresh,
  operations.recover,
  operations.giveConsent,
  operations.changePassword,
  operations.userinfo,
  operations.signOutEverywhere,
];

describe.concurrent('F18: a slow service', () => {
  it('F18: tables that hang: every operation ends in time with a 503, and works afterwards', async () => {
    const brand = 'northwind';
    await Promise.all(
      hanging.map(async ({ name, ok, protocol, prepare }) => {
        const { ask } = await prepare(brand);
        const rule = { kind: 'delay', service: 'dynamodb', tagged: true, ms: HANGING };
        await withFault(brand, rule, async ({ headers }) => {
          const started = performance.now();
          const { status, json, ...answer } = await ask(headers);
          expect([name, status]).toEqual([name, 503]);
          expect(protocol ? json.error : json.code).toBe(protocol ? 'temporarily_unavailable' : 'unavailable');
          expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
          expect(performance.now() - started).toBeLessThan(BOUND);
        });
        // Writes that hung may still be carried out: only what these do not touch has to go on as if nothing had been.
        if (name !== operations.verify.name && name !== operations.userinfo.name) return;
        await eventually(async () => ((await ask()).status === ok ? true : undefined), `${name} to work again`);
      }),
    );
  });

  it('F18: tables that are slow but answer: it succeeds', async () => {
    const { ask } = await operations.giveConsent.prepare('solmar');
    const rule = { kind: 'delay', service: 'dynamodb', tagged: true, ms: 1_500 };
    await withFault('solmar', rule, async ({ headers }) => expect((await ask(headers)).status).toBe(200));
  });

  it('F18: a key service that hangs: a cold function ends in time with a 503', async () => {
    const brand = 'solmar';
    const { ask, member } = await operations.passwordSignIn.prepare(brand);
    const rule = { kind: 'delay', service: 'kms', function: 'login', ms: HANGING };
    await withFault(brand, rule, async () => {
      await recycle(brand, 'login');
      const started = performance.now();
      const answer = await ask();
      expect(answer.json).toMatchObject({ status: 503, code: 'unavailable' });
      expect(performance.now() - started).toBeLessThan(BOUND);
      // Three tries for each of two rings, once: nothing waits for them again, the log line neither.
      const tries = (await callsBehind(brand, answer)).filter(({ service }) => service === 'kms');
      expect(tries.length).toBeLessThanOrEqual(6);
    });
    expect((await holdings(brand, member?.sub ?? '')).sessions).toHaveLength(1);
    // A key that was being opened when the service came back may still fail for whoever waits for it.
    await eventually(async () => ((await ask()).status === 200 ? true : undefined), 'the sign-in to work again');
  });

  it('F18: a mail service that hangs: the request does not wait, one code comes, twice at most', async () => {
    const brand = 'solmar';
    const rule = { kind: 'delay', service: 'ses', function: 'mailer', ms: 7_000, times: 1 };
    const email = await withFault(brand, rule, async ({ hits }) => {
      const { email } = await startSignUp(newVisitor(brand));
      expect(await mailsTo(email, brand)).toEqual([]);
      await eventually(async () => ((await hits()) === 1 ? true : undefined), 'the mailer to send');
      return email;
    });
    // The mailer gives up after five seconds and tries once more; the first mail may still go out.
    await eventually(async () => (await mailsTo(email, brand))[0], 'a mail', 20_000);
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    const mails = await mailsTo(email, brand);
    expect([1, 2]).toContain(mails.length);
    expect(new Set(mails.map(codeOf)).size).toBe(1);
  });
});
