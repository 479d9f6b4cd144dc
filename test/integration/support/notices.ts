import { setTimeout as sleep } from 'node:timers/promises';
import { type ReceivedMail, signInNotices } from './inbox.ts';
import type { Member } from './journeys.ts';
import { holdings, partition, readItem } from './tables.ts';
import type { Answer, BrandId, Visitor } from './visitor.ts';

type Headers = Readonly<Record<string, string>>;

export function signInFrom(
  visitor: Visitor,
  { email, password }: Pick<Member, 'email' | 'password'>,
  headers: Headers = {},
): Promise<Answer> {
  const body = { client_id: visitor.client, email, password };
  return visitor.post('/v1/login/password', body, { headers: { 'accept-language': 'en', ...headers } });
}

/** Waits until so many of the account's sign-ins are remembered. */
export async function remembered(brand: BrandId, { sub }: Pick<Member, 'sub'>, count: number): Promise<void> {
  const { identHash } = await holdings(brand, sub);
  for (let tries = 0; tries < 200; tries++) {
    const seen = await readItem(brand, 'Sessions', `SEEN#${identHash}`);
    if (seen && (await partition(brand, 'Sessions', `ACTIVITY#${sub}`)).length >= count) return;
    await sleep(50);
  }
  throw new Error(`fewer than ${count} sign-ins are remembered after 10 seconds`);
}

export async function awaitNotices(
  brand: BrandId,
  { email }: Pick<Member, 'email'>,
  count: number,
): Promise<readonly ReceivedMail[]> {
  for (let tries = 0; tries < 200; tries++) {
    const notices = await signInNotices(email, brand);
    if (notices.length >= count) return notices;
    await sleep(50);
  }
  throw new Error(`fewer than ${count} notices after 10 seconds`);
}

/** The link of “this wasn’t me” in a notice. */
export function notMeLinkOf(mail: ReceivedMail | undefined): string {
  const { pathname, search } = new URL(/https?:\/\/\S+not-me\S+/.exec(mail?.text ?? '')?.[0] ?? '');
  return `${pathname}${search}`;
}
