import type { MailKind } from '../mail/mail.ts';

/** Mails of an hour: those to addresses that nobody has proven, and those to customers. */
export interface MailsOfHour {
  readonly strangers: number;
  readonly customers: number;
}

/** Kinds that anybody can have sent to any address: what a flood of sign-ups would spend. */
const toStrangers: ReadonlySet<MailKind> = new Set([
  'verify',
  'already-registered',
  'recovery-unknown',
  'email-change-new',
]);

/** The part of the hour's mails that strangers may use; the rest is kept for who has an account. */
const strangersShare = 0.6;

/** Whose budget a mail uses. */
export function mailParty(kind: MailKind): keyof MailsOfHour {
  return toStrangers.has(kind) ? 'strangers' : 'customers';
}

/**
 * Whether a mail that has just been counted may go. Mails to strangers stop first and leave the others their part,
 * however many more of them are asked for; codes of customers stop when all is used up.
 * @param most mails of an hour
 */
export function fitsBudget(party: keyof MailsOfHour, { strangers, customers }: MailsOfHour, most: number): boolean {
  const share = Math.floor(most * strangersShare);
  if (party === 'customers') return customers + Math.min(strangers, share) <= most;
  return strangers <= Math.min(share, most - customers);
}
