import * as z from 'zod/mini';
import { type EmailAddress, normaliseEmail } from '../shared/domain/email-address.ts';
import type { SuppressionReason } from '../shared/store/suppression-store.ts';

const recipients = z.array(z.object({ emailAddress: z.string() }));

/** `detail` of the events that SES publishes (SES developer guide, "Examples of event data"); other types pass by. */
const detail = z.discriminatedUnion('eventType', [
  z.object({
    eventType: z.literal('Bounce'),
    bounce: z.object({ bounceType: z.string(), bouncedRecipients: recipients, timestamp: z.iso.datetime() }),
  }),
  z.object({
    eventType: z.literal('Complaint'),
    complaint: z.object({
      complainedRecipients: recipients,
      complaintFeedbackType: z.nullish(z.string()),
      timestamp: z.iso.datetime(),
    }),
  }),
]);

/** An address that must get no more mail. */
export interface Feedback {
  readonly address: EmailAddress;
  readonly reason: Exclude<SuppressionReason, 'invalid'>;
  /** Milliseconds. */
  readonly at: number;
}

/** SES reports `jane@example.com` or `Jane <jane@example.com>`. */
function addressOf(recipient: string): EmailAddress | undefined {
  return normaliseEmail(/<([^<>]+)>\s*$/.exec(recipient)?.[1] ?? recipient);
}

function feedback(
  list: z.infer<typeof recipients>,
  reason: Feedback['reason'],
  timestamp: string,
): readonly Feedback[] {
  return list.flatMap(({ emailAddress }) => {
    const address = addressOf(emailAddress);
    return address ? [{ address, reason, at: Date.parse(timestamp) }] : [];
  });
}

/**
 * Which addresses a mail event speaks against: those that bounced for good, and those whose owner complained. A full
 * mailbox passes, and `not-spam` takes a complaint back (RFC 5965 section 7.3).
 *
 * @throws ZodError for an event that is neither bounce nor complaint
 */
export function readFeedback(raw: unknown): readonly Feedback[] {
  const event = detail.parse(raw);
  if (event.eventType === 'Bounce') {
    const { bounceType, bouncedRecipients, timestamp } = event.bounce;
    return bounceType === 'Permanent' ? feedback(bouncedRecipients, 'bounced', timestamp) : [];
  }
  const { complaintFeedbackType, complainedRecipients, timestamp } = event.complaint;
  return complaintFeedbackType === 'not-spam' ? [] : feedback(complainedRecipients, 'complained', timestamp);
}
