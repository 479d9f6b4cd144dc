import type { Mail, MailKind } from '../mail/mail.ts';
import type { Text } from '../mail/text.ts';

export type Message = Mail | Text;
export type MessageKind = MailKind | Text['kind'];

/**
 * Messages of a window by whom they are for: addresses that nobody has proven, customers who ask for something, and
 * owners who are told what happened to their account.
 */
export interface MessagesOfWindow {
  readonly strangers: number;
  readonly customers: number;
  readonly notices: number;
}

/** Whose budget a message uses. */
export type Party = keyof MessagesOfWindow;

/** Kinds that anybody can have sent to any address or number: what a flood of sign-ups, or of new numbers, would spend. */
const toStrangers: ReadonlySet<MessageKind> = new Set([
  'verify',
  'already-registered',
  'recovery-unknown',
  'email-change-new',
  'text-verify',
]);

/** The part of a window's messages that strangers may use; the rest is kept for who has an account or has proven a number. */
export const strangersShare = { mail: 0.6, text: 0.5 } as const;

/**
 * Whose budget a message uses. What holds no code and answers no request is a notice, so that a new kind is one unless
 * somebody says otherwise (MFA4).
 */
export function messageParty(message: Message): Party {
  if (toStrangers.has(message.kind)) return 'strangers';
  return 'code' in message ? 'customers' : 'notices';
}

/**
 * Whether a message that has just been counted may go. Those to strangers stop first and leave the others their part,
 * however many more of them are asked for; codes of customers stop when all is used up. Notices use nothing up: whoever
 * makes us send them would stop the codes of everybody else (RL3).
 * @param most messages of a window
 */
export function fitsBudget(
  channel: keyof typeof strangersShare,
  party: Party,
  { strangers, customers }: MessagesOfWindow,
  most: number,
): boolean {
  if (party === 'notices') return true;
  const share = Math.floor(most * strangersShare[channel]);
  if (party === 'customers') return customers + Math.min(strangers, share) <= most;
  return strangers <= Math.min(share, most - customers);
}
