import { describe, expect, test } from 'vitest';
import { fitsBudget, type MessageKind, messageParty, type Party } from '../../lambdas/shared/domain/message-budget.ts';
import { sampleMails, sampleTexts } from './mail-samples.ts';

describe('the mails of an hour', () => {
  test.each([
    ['the first to a stranger', 'strangers', { strangers: 1, customers: 0 }, true],
    ['the last of the strangers’ part', 'strangers', { strangers: 60, customers: 0 }, true],
    ['one more', 'strangers', { strangers: 61, customers: 0 }, false],
    ['a customer’s, whatever was asked for strangers', 'customers', { strangers: 90_000, customers: 1 }, true],
    ['the last of a customer', 'customers', { strangers: 90_000, customers: 40 }, true],
    ['one more', 'customers', { strangers: 90_000, customers: 41 }, false],
    ['customers may use what strangers leave', 'customers', { strangers: 5, customers: 95 }, true],
    ['and no more', 'customers', { strangers: 5, customers: 96 }, false],
    ['strangers wait where customers have used it', 'strangers', { strangers: 6, customers: 95 }, false],
    ['a notice always', 'notices', { strangers: 90_000, customers: 90_000 }, true],
  ] as const)('%s', (_, party, sent, fits) => {
    expect(fitsBudget('mail', party, { ...sent, notices: 90_000 }, 100)).toBe(fits);
  });

  test('never more codes go than the brand has said, in whatever order they come', () => {
    const [s, c, n] = ['strangers', 'customers', 'notices'] as const;
    const orders: readonly (readonly Party[])[] = [
      [s, c],
      [s, s, c],
      [c, s],
      [c, c, s],
      [s],
      [c],
      [n, s, c],
      [n, n, c],
    ];
    for (const order of orders) {
      const counts = { strangers: 0, customers: 0, notices: 0 };
      let sent = 0;
      for (let turn = 0; turn < 1000; turn++) {
        const party = order[turn % order.length] ?? n;
        counts[party]++;
        if (fitsBudget('mail', party, counts, 100) && party !== 'notices') sent++;
      }
      expect(sent).toBeLessThanOrEqual(100);
      expect(sent).toBeGreaterThanOrEqual(60);
    }
  });
});

/** Every kind there is: one that is missing does not compile. */
const parties: { readonly [K in MessageKind]: Party } = {
  verify: 'strangers',
  'already-registered': 'strangers',
  'recovery-unknown': 'strangers',
  'email-change-new': 'strangers',
  'sign-in-code': 'customers',
  recovery: 'customers',
  'factor-recovery': 'customers',
  'password-changed': 'notices',
  'email-changed': 'notices',
  'email-change-old': 'notices',
  'new-sign-in': 'notices',
  'sign-in-stopped': 'notices',
  'factor-added': 'notices',
  'factor-removed': 'notices',
  'recovery-codes-made': 'notices',
  'recovery-code-used': 'notices',
  'factor-recovery-waiting': 'notices',
  'factor-recovery-stopped': 'notices',
  'factors-recovered': 'notices',
  'text-code': 'customers',
  'text-verify': 'strangers',
  'code-channel-changed': 'notices',
  'text-recovery': 'notices',
};

test('MFA4: what holds no code and answers no request is a notice, whatever its kind', () => {
  const judged = Object.fromEntries(
    [...sampleMails, ...sampleTexts].map((message) => [message.kind, messageParty(message)]),
  );
  expect(judged).toEqual(parties);
});
