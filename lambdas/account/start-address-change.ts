import { beginFlow, type FlowDeps } from '../shared/domain/begin-flow.ts';
import type { Brand } from '../shared/domain/brand.ts';
import type { FlowStarted } from '../shared/domain/code-flow.ts';
import type { EmailAddress } from '../shared/domain/email-address.ts';
import { newEvent } from '../shared/domain/event.ts';
import type { OwnAccount } from '../shared/domain/own-account.ts';
import { checkLevel, checkRecent } from '../shared/domain/recent-sign-in.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { findCredentials } from '../shared/store/credential-store.ts';
import { type PasswordProofDeps, verifyCurrentPassword } from './verify-current-password.ts';

export interface StartDeps extends Omit<PasswordProofDeps, 'store'>, Omit<FlowDeps, 'store' | 'brand'> {
  readonly brand: Brand;
  readonly store: PasswordProofDeps['store'] &
    FlowDeps['store'] &
    Bound<{ readonly findCredentials: typeof findCredentials }>;
}

/**
 * Asks to move the account to another address, on a recent sign-in or the current password, in a session that proved the
 * second factor where there is one (EM1). Whether the address is
 * taken is not asked here; nothing about the account changes until the new address is proven (EM2).
 * @throws Refusal `recent_authentication_required`, `credentials_invalid`, `too_many_requests`, `unavailable`
 */
export async function startAddressChange(
  deps: StartDeps,
  own: OwnAccount,
  input: { readonly email: EmailAddress; readonly current_password?: string | undefined },
  ip: string,
  now: number,
): Promise<FlowStarted> {
  const { user, personal, by, clientId, authTime } = own;
  checkLevel(deps.brand, own, await deps.store.findCredentials(user.identHash));
  if (input.current_password !== undefined) {
    await verifyCurrentPassword(deps, user, input.current_password, now);
  } else {
    checkRecent(deps.brand, authTime, now);
  }
  const event = newEvent('email_change.started', { sub: user.id }, now, deps.random);
  const secrets = { email: input.email, oldEmail: personal.email };
  const start = {
    purpose: 'email-change',
    at: by.at,
    clientId,
    locale: user.locale,
    userId: user.id,
    secrets,
  } as const;
  return beginFlow(deps, start, event, ip, now);
}
