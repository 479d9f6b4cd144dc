import { beginOpenFlow, type OpenCaller, type OpenFlowDeps, type WorkShown } from '../shared/domain/begin-open-flow.ts';
import type { Entrance } from '../shared/domain/beginning.ts';
import type { Locale } from '../shared/domain/brand.ts';
import type { EmailAddress } from '../shared/domain/email-address.ts';
import { newEvent } from '../shared/domain/event.ts';
import { Refusal } from '../shared/domain/refusal.ts';

/**
 * Whoever signs in with a leaked password has proven no more than that they know the list: a code goes to the address,
 * and with it a new password is set (ASVS 6.2.10; LOG6). It is counted as any code: what goes beyond the free ones takes
 * work, which is shown with the password.
 * @returns Refusal `password_change_required` with the flow that the code belongs to
 * @throws Refusal `challenge_required`, `too_many_requests`, `unavailable`
 */
export async function askForNewPassword(
  deps: OpenFlowDeps,
  { at, client }: Entrance,
  person: { readonly email: EmailAddress; readonly locale: Locale },
  caller: OpenCaller,
  shown: WorkShown,
  now: number,
): Promise<Refusal> {
  const { email, locale } = person;
  const event = newEvent('recovery.started', { client: client.id, locale }, now, deps.random);
  const start = { purpose: 'recovery', at, clientId: client.id, locale, secrets: { email } } as const;
  const { flow, expires_in } = await beginOpenFlow(deps, start, event, caller, now, { shown });
  return new Refusal('password_change_required', { members: { flow, expires_in } });
}
