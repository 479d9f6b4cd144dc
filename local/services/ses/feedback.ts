import { randomUUID } from 'node:crypto';
import type { BusEvent } from '../events/event-bus.ts';
import { addressOf, type Mail } from './mail-store.ts';

/** What SES tells the default bus about a mail; `kind` is the event type of a configuration set's destination. */
export interface Feedback {
  readonly kind: 'BOUNCE' | 'COMPLAINT';
  readonly event: Pick<BusEvent, 'source' | 'detail-type' | 'detail' | 'resources'>;
}

/**
 * Bounces and complaints as the mailbox simulator makes them: recipients `bounce@`, `bounce+anything@`, `complaint@`, …
 * of a domain that ends in `simulator.amazonses.com`.
 * https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
 */
export function feedbackOf(mail: Mail, configurationSetArn: string): readonly Feedback[] {
  return mail.to.flatMap((recipient): readonly Feedback[] => {
    const address = addressOf(recipient);
    const [, kind] = /^(bounce|complaint)(?:\+[^@]*)?@(?:[\w.-]+\.)?simulator\.amazonses\.com$/i.exec(address) ?? [];
    if (kind === undefined) return [];
    const common = { source: 'aws.ses', resources: [configurationSetArn] };
    return kind.toLowerCase() === 'bounce'
      ? [{ kind: 'BOUNCE', event: { ...common, 'detail-type': 'Email Bounced', detail: bounce(mail, address) } }]
      : [
          {
            kind: 'COMPLAINT',
            event: { ...common, 'detail-type': 'Email Complaint Received', detail: complaint(mail, address) },
          },
        ];
  });
}

function bounce(mail: Mail, address: string): object {
  return {
    eventType: 'Bounce',
    bounce: {
      feedbackId: randomUUID(),
      bounceType: 'Permanent',
      bounceSubType: 'General',
      bouncedRecipients: [
        {
          emailAddress: address,
          action: 'failed',
          status: '5.1.1',
          diagnosticCode: 'smtp; 550 5.1.1 user unknown',
        },
      ],
      timestamp: mail.at,
      reportingMTA: 'dns; simulator.amazonses.com',
    },
    mail: describe(mail),
  };
}

function complaint(mail: Mail, address: string): object {
  return {
    eventType: 'Complaint',
    complaint: {
      feedbackId: randomUUID(),
      complaintSubType: null,
      complainedRecipients: [{ emailAddress: address }],
      timestamp: mail.at,
      complaintFeedbackType: 'abuse',
      userAgent: 'Amazon SES Mailbox Simulator',
    },
    mail: describe(mail),
  };
}

function describe(mail: Mail): object {
  const own = Object.entries(mail.tags).map(([name, value]) => [name, [value]]);
  return {
    timestamp: mail.at,
    source: mail.from,
    sendingAccountId: '000000000000',
    messageId: mail.id,
    destination: mail.to.map(addressOf),
    headersTruncated: false,
    headers: [
      { name: 'From', value: mail.from },
      { name: 'To', value: mail.to.join(', ') },
      { name: 'Subject', value: mail.subject },
    ],
    commonHeaders: { from: [mail.from], to: mail.to, messageId: mail.id, subject: mail.subject },
    tags: {
      'ses:configuration-set': mail.configuration_set === undefined ? [] : [mail.configuration_set],
      'ses:source-ip': ['127.0.0.1'],
      'ses:from-domain': [addressOf(mail.from).split('@')[1] ?? ''],
      ...Object.fromEntries(own),
    },
  };
}
