import { newEvent } from '../shared/domain/event.ts';
import type { OwnAccount } from '../shared/domain/own-account.ts';
import { challengeIn, challengeUntil } from '../shared/domain/passkey-challenge.ts';
import { check, Refusal } from '../shared/domain/refusal.ts';
import { type Attestation, verifyAttestation } from '../shared/domain/verify-passkey.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { addPasskey } from '../shared/store/change-passkeys.ts';
import type { spendOnce } from '../shared/store/jti-store.ts';
import type { seal } from '../shared/vault/sealed-box.ts';
import { checkRoom, enrolmentChallenge, type OwnPasskeysDeps, ownCredentials } from './own-passkeys.ts';
import { nameKey } from './passkey-view.ts';

export interface EnrolDeps extends Omit<OwnPasskeysDeps, 'store'> {
  readonly seal: typeof seal;
  readonly store: OwnPasskeysDeps['store'] &
    Bound<{ readonly spendOnce: typeof spendOnce; readonly addPasskey: typeof addPasskey }>;
}

/** A passkey that a browser has made. */
export interface NewPasskey {
  readonly credential: Attestation;
  readonly name: string | undefined;
  /** Every other session ends (SES4). */
  readonly endsOthers: boolean;
}

/**
 * Enrols a passkey: its challenge was made for this session and is spent before anything is judged (PK1); the person is
 * told by mail (MFA4). Two waves.
 * @throws Refusal `passkey_invalid`, `passkey_taken`, `passkey_limit`, `conflict_retry`, `not_found`,
 * `recent_authentication_required`, `unavailable`
 */
export async function enrolPasskey(
  deps: EnrolDeps,
  own: OwnAccount,
  { credential, name, endsOthers }: NewPasskey,
  now: number,
): Promise<void> {
  const { brand, rp, random, sealing, seal, store } = deps;
  const { user, by, key } = own;
  const use = enrolmentChallenge(own);
  const challenge = challengeIn(credential.response.clientDataJSON);
  const until = challengeUntil(sealing.mac, challenge, use, now);
  check(until !== undefined, 'passkey_invalid');
  const [{ hasPassword, enrolled }, fresh] = await Promise.all([
    ownCredentials(deps, own, now),
    store.spendOnce({ kind: 'passkey', of: use.of, jti: challenge, until }, now),
  ]);
  check(fresh, 'passkey_invalid');
  checkRoom(deps, enrolled);

  const { attestation } = brand.authentication.passkeys;
  const userVerification = hasPassword ? 'preferred' : 'required';
  const made = await verifyAttestation(rp, credential, { challenge, attestation, userVerification }, now);
  const sealedName = name === undefined ? {} : { sealedName: seal(key, name, nameKey(own, made.hash)) };
  const event = newEvent('factor.added', { sub: user.id, factor: 'passkey' }, now, random);
  const change = { user, by, event, endsOthers };
  const summary = { add: { passkeys: 1 }, seen: enrolled };
  const outcome = await store.addPasskey({ ...made, ...sealedName }, change, summary, now);
  if (outcome === 'taken') throw new Refusal('passkey_taken');
  check(outcome === 'added', 'conflict_retry');
}
