import { setTimeout as sleep } from 'node:timers/promises';
import type { MailKind } from '../../../lambdas/shared/mail/mail.ts';
import { type BrandId, originOf } from './visitor.ts';

export interface ReceivedMail {
  readonly id: string;
  readonly to: string;
  readonly from: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly at: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly configuration_set?: string;
}

async function everyMailTo(email: string, brand: BrandId): Promise<readonly ReceivedMail[]> {
  const response = await fetch(`${originOf(brand)}/_local/mail?to=${encodeURIComponent(email)}`);
  return (await response.json()) as readonly ReceivedMail[];
}

/** Notices of sign-ins come whenever a visitor is new somewhere; who does not ask for them does not see them. */
const isSignInNotice = ({ tags }: ReceivedMail) => tags?.kind === 'new-sign-in' || tags?.kind === 'sign-in-stopped';

/** Mails to an address, newest first, but for notices of sign-ins. */
export async function mailsTo(email: string, brand: BrandId = 'northwind'): Promise<readonly ReceivedMail[]> {
  return (await everyMailTo(email, brand)).filter((mail) => !isSignInNotice(mail));
}

/** Notices of sign-ins to an address, newest first. */
export async function signInNotices(email: string, brand: BrandId): Promise<readonly ReceivedMail[]> {
  return (await everyMailTo(email, brand)).filter(isSignInNotice);
}

/** Waits until an address has `count` mails, of a kind where it is given, and returns the newest of them. */
export async function awaitMail(
  email: string,
  count = 1,
  brand: BrandId = 'northwind',
  kind?: MailKind,
): Promise<ReceivedMail> {
  for (let tries = 0; tries < 200; tries++) {
    const mails = await mailsTo(email, brand);
    const [newest, ...older] = mails.filter(({ tags }) => kind === undefined || tags?.kind === kind);
    if (newest && older.length + 1 >= count) return newest;
    await sleep(50);
  }
  throw new Error(`fewer than ${count} mails to ${email} after 10 seconds`);
}

/** Mails of one kind to an address, newest first. */
export async function mailsOfKind(kind: string, email: string, brand: BrandId): Promise<readonly ReceivedMail[]> {
  return (await mailsTo(email, brand)).filter(({ tags }) => tags?.kind === kind);
}

/** Waits until an address has `count` mails of a kind, whatever else arrives meanwhile, and returns the newest. */
export async function awaitMailOfKind(
  kind: string,
  email: string,
  count: number,
  brand: BrandId,
): Promise<ReceivedMail> {
  for (let tries = 0; tries < 200; tries++) {
    const [newest, ...older] = await mailsOfKind(kind, email, brand);
    if (newest && older.length + 1 >= count) return newest;
    await sleep(50);
  }
  throw new Error(`fewer than ${count} mails "${kind}" to ${email} after 10 seconds`);
}

/** The six digits of a mail. */
export function codeOf(mail: ReceivedMail): string {
  const code = /\b\d{6}\b/.exec(mail.text)?.[0];
  if (!code) throw new Error(`no code in the mail "${mail.subject}"`);
  return code;
}

/** A code that is certainly another one. */
export function wrongCode(code: string): string {
  return String((Number(code) + 1) % 1_000_000).padStart(6, '0');
}
