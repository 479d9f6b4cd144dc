import type { OwnAccount } from '../shared/domain/own-account.ts';
import { newChallenge } from '../shared/domain/passkey-challenge.ts';
import { type CreationOptions, creationOptions } from '../shared/domain/passkey-options.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { listPasskeys } from '../shared/store/passkey-store.ts';
import { checkRoom, enrolmentChallenge, type OwnPasskeysDeps, ownCredentials } from './own-passkeys.ts';

export interface StartEnrolmentDeps extends Omit<OwnPasskeysDeps, 'store'> {
  readonly store: OwnPasskeysDeps['store'] & Bound<{ readonly listPasskeys: typeof listPasskeys }>;
}

/**
 * What a browser needs to make a passkey of this person. Nothing is written.
 * @throws Refusal `not_found`, `recent_authentication_required`, `passkey_limit`, `unavailable`
 */
export async function startEnrolment(deps: StartEnrolmentDeps, own: OwnAccount, now: number): Promise<CreationOptions> {
  const { brand, rp, random, sealing, store } = deps;
  const { user, personal } = own;
  const [{ hasPassword, enrolled }, passkeys] = await Promise.all([
    ownCredentials(deps, own, now),
    store.listPasskeys(user.id),
  ]);
  checkRoom(deps, enrolled);
  const challenge = newChallenge(sealing.mac, random, enrolmentChallenge(own), now);
  const { email, profile } = personal;
  const owner = { id: user.id, email, name: profile.name, passkeys, alone: !hasPassword };
  return creationOptions(rp, brand.authentication.passkeys, owner, challenge);
}
