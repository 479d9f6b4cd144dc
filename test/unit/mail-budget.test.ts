import { describe, expect, test } from 'vitest';
import { fitsBudget, mailParty } from '../../lambdas/shared/domain/mail-budget.ts';

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
  ] as const)('%s', (_, party, sent, fits) => {
    expect(fitsBudget(party, sent, 100)).toBe(fits);
  });

  test('never more go than the brand has said, in whatever order they come', () => {
    for (const order of ['sc', 'ssc', 'cs', 'ccs', 's', 'c']) {
      const counts = { strangers: 0, customers: 0 };
      let sent = 0;
      for (let turn = 0; turn < 1000; turn++) {
        const party = order[turn % order.length] === 's' ? 'strangers' : 'customers';
        counts[party]++;
        if (fitsBudget(party, counts, 100)) sent++;
      }
      expect(sent).toBeLessThanOrEqual(100);
      expect(sent).toBeGreaterThanOrEqual(60);
    }
  });

  test('who has an account is a customer', () => {
    expect(mailParty('verify')).toBe('strangers');
    expect(mailParty('recovery-unknown')).toBe('strangers');
    expect(mailParty('sign-in-code')).toBe('customers');
    expect(mailParty('password-changed')).toBe('customers');
  });
});
