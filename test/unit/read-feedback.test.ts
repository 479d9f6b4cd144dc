import { expect, test } from 'vitest';
import { readFeedback } from '../../lambdas/mail-feedback/read-feedback.ts';

const timestamp = '2026-11-21T14:05:00.000Z';
const at = Date.parse(timestamp);

const bounce = (bounceType: string, ...addresses: readonly string[]) => ({
  eventType: 'Bounce',
  bounce: {
    bounceType,
    bounceSubType: 'General',
    bouncedRecipients: addresses.map((emailAddress) => ({ emailAddress, action: 'failed', status: '5.1.1' })),
    timestamp,
    feedbackId: 'f-1',
  },
  mail: { messageId: 'm-1', destination: addresses },
});

const complaint = (complaintFeedbackType: string | null) => ({
  eventType: 'Complaint',
  complaint: { complainedRecipients: [{ emailAddress: 'anna@example.com' }], timestamp, complaintFeedbackType },
});

test.each([
  [
    'a permanent bounce',
    bounce('Permanent', 'anna@example.com'),
    [{ address: 'anna@example.com', reason: 'bounced', at }],
  ],
  [
    'another spelling',
    bounce('Permanent', 'Anna <Anna@Example.COM>'),
    [{ address: 'anna@example.com', reason: 'bounced', at }],
  ],
  ['a full mailbox', bounce('Transient', 'anna@example.com'), []],
  ['an unclear bounce', bounce('Undetermined', 'anna@example.com'), []],
  ['no address', bounce('Permanent', 'MAILER-DAEMON'), []],
  ['a complaint', complaint('abuse'), [{ address: 'anna@example.com', reason: 'complained', at }]],
  ['a complaint without a type', complaint(null), [{ address: 'anna@example.com', reason: 'complained', at }]],
  ['a complaint taken back', complaint('not-spam'), []],
])('F13: %s', (_, detail, expected) => {
  expect(readFeedback(detail)).toEqual(expected);
});

test('F13: anything else is refused, not guessed at', () => {
  expect(() => readFeedback({ eventType: 'Delivery', delivery: {} })).toThrow();
  expect(() => readFeedback({ eventType: 'Bounce' })).toThrow();
  expect(() => readFeedback(undefined)).toThrow();
});
