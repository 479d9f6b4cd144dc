import { z } from 'zod';
import type { DataFolder } from '../../data-folder.ts';
import { refuse } from '../../refusal.ts';

const StoredMail = z.object({
  id: z.string(),
  to: z.array(z.string()),
  from: z.string(),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  /** ISO 8601, virtual time. */
  at: z.string(),
  configuration_set: z.string().optional(),
  tags: z.record(z.string(), z.string()),
  /** A text message: `to` is a phone number, and there is neither subject nor HTML. */
  channel: z.literal('text').optional(),
});

/** A mail that SES accepted, or a text that the SMS service did. */
export type Mail = Readonly<z.infer<typeof StoredMail>>;

export interface MailStore {
  add(mail: Mail): void;
  /** Newest first; `to` compares without regard to case. */
  list(to?: string): readonly Mail[];
  find(id: string): Mail | undefined;
}

/** Every mail of this data folder, old ones included. */
export function openMailStore(folder: DataFolder): MailStore {
  const mails = folder.readJournal('mail').map((entry): Mail => {
    const parsed = StoredMail.safeParse(entry);
    return parsed.success
      ? parsed.data
      : refuse(`${folder.path}/mail.jsonl is damaged: repair it, or start with --fresh.`);
  });
  return {
    add(mail) {
      mails.push(mail);
      folder.append('mail', mail);
    },
    list: (to) => mails.filter((mail) => to === undefined || mail.to.some((address) => isFor(address, to))).reverse(),
    find: (id) => mails.find((mail) => mail.id === id),
  };
}

function isFor(recipient: string, address: string): boolean {
  return addressOf(recipient).toLowerCase() === address.toLowerCase();
}

/** `a@example.com` of `Anna <a@example.com>`. */
export function addressOf(mailbox: string): string {
  return /<([^>]+)>\s*$/.exec(mailbox)?.[1] ?? mailbox.trim();
}

/** `Anna` of `"Anna" <a@example.com>`. */
export function displayNameOf(mailbox: string): string | undefined {
  return /^\s*"?([^"<]*?)"?\s*<[^>]+>\s*$/.exec(mailbox)?.[1] || undefined;
}
