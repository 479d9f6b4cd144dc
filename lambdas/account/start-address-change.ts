import { beginFlow, type FlowDeps } from '../shared/domain/begin-flow.ts';
import type { Brand } from '../shared/domain/brand.ts';
import type { FlowStarted } from '../shared/domain/code-flow.ts';
import type { EmailAddress } from '../shared/domain/email-address.ts';
import { newEvent } from '../shared/domain/event.ts';
import { check } from '../shared/domain/refusal.ts';
import { seconds } from '../shared/domain/time.ts';
import type { Bearer } from '../shared/oidc/access-token.ts';
import { type OwnAccountDeps, ownAccount } from './own-account.ts';
import { type PasswordProofDeps, verifyCurrentPassword } from './verify-current-password.ts';

interface Deps
  extends Omit<OwnAccountDeps, 'store'>,
    Omit<PasswordProofDeps, 'store'>,
    Omit<FlowDeps, 'store' | 'brand'> {
  readonly brand: Brand;
  readonly store: OwnAccountDeps['store'] & PasswordProofDeps['store'] & FlowDeps['store'];
}

/**
 * Asks to move the account to another address, on a recent sign-in or the current password (EM1). Whether the address is
 * taken is not asked here; nothing about the account changes until the new address is proven (EM2).
 * @throws Refusal `token_invalid`, `recent_authentication_required`, `credentials_invalid`, `too_many_requests`, `unavailable`
 */
export async function startAddressChange(
  deps: Deps,
  bearer: Bearer,
  input: { readonly email: EmailAddress; readonly current_password?: string | undefined },
  ip: string,
  now: number,
): Promise<FlowStarted> {
  const { brand, random } = deps;
  const { user, personal } = await ownAccount(deps, bearer, now);
  if (input.current_password !== undefined) {
    await verifyCurrentPassword(deps, user, input.current_password, now);
  } else {
    const recent = seconds(now) - bearer.authTime <= brand.lifetimes.recentAuthentication;
    check(recent, 'recent_authentication_required');
  }
  const event = newEvent('email_change.started', { sub: user.id }, now, random);
  const secrets = { email: input.email, oldEmail: personal.email };
  const start = {
    purpose: 'email-change',
    clientId: bearer.clientId,
    locale: user.locale,
    userId: user.id,
    secrets,
  } as const;
  return beginFlow(deps, start, event, ip, now);
}
