import { describe, expect, test } from 'vitest';
import { normaliseEmail } from '../../lambdas/shared/domain/email-address.ts';
import { mailboxOf } from '../../lambdas/shared/domain/mailbox.ts';

describe('RL3: the mailbox that an address ends up in, for counters', () => {
  test.each([
    ['ann@example.com', 'ann@example.com'],
    ['ann+1@example.com', 'ann@example.com'],
    ['ann+1+2@example.com', 'ann@example.com'],
    ['a.nn@example.com', 'a.nn@example.com'],
    ['a.n.n@gmail.com', 'ann@gmail.com'],
    ['a.nn+shop@googlemail.com', 'ann@gmail.com'],
    ['a.nn@mail.gmail.com', 'a.nn@mail.gmail.com'],
    ['+1@example.com', '+1@example.com'],
  ])('%s: %s', (address, mailbox) => {
    expect(mailboxOf(address)).toBe(mailbox);
    expect(mailboxOf(mailbox)).toBe(mailbox);
  });

  test('REG7: identity knows nothing of it', () => {
    expect(normaliseEmail('A.nn+1@gmail.com')).toBe('a.nn+1@gmail.com');
  });
});
