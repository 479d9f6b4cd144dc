import { beginFlow, type FlowDeps } from '../shared/domain/begin-flow.ts';
import type { Entrance } from '../shared/domain/beginning.ts';
import type { Locale } from '../shared/domain/brand.ts';
import type { EmailAddress } from '../shared/domain/email-address.ts';
import { newEvent } from '../shared/domain/event.ts';
import { Refusal } from '../shared/domain/refusal.ts';

/**
 * Whoever signs in with a leaked password has proven no more than that they know the list: a code goes to the address,
 * and with it a new password is set (ASVS 6.2.10; LOG6).
 * @returns Refusal `password_change_required` with the flow that the code belongs to
 * @throws Refusal `too_many_requests`, `unavailable`
 */
export async function askForNewPassword(
  deps: FlowDeps,
  { at, client }: Entrance,
  person: { readonly email: EmailAddress; readonly locale: Locale; readonly ip: string },
  now: number,
): Promise<Refusal> {
  const { email, locale, ip } = person;
  const event = newEvent('recovery.started', { client: client.id, locale }, now, deps.random);
  const start = { purpose: 'recovery', at, clientId: client.id, locale, secrets: { email } } as const;
  const { flow, expires_in } = await beginFlow(deps, start, event, ip, now);
  return new Refusal('password_change_required', { members: { flow, expires_in } });
}
