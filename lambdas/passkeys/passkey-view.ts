import { factorItemKey } from '../shared/domain/factors.ts';
import type { OpenedPerson } from '../shared/domain/opened-person.ts';
import { type Passkey, type RelyingParty, userHandle } from '../shared/domain/passkey.ts';
import { passkeyProvider } from '../shared/domain/passkey-provider.ts';
import { iso } from '../shared/domain/time.ts';
import type { open } from '../shared/vault/sealed-box.ts';

/** A passkey as its owner sees it. */
export interface PasskeyView {
  /** By which it is named in a request. */
  readonly id: string;
  /** As the person named it. */
  readonly name?: string;
  /** Of a well-known make. */
  readonly provider?: string;
  /** It may be on several of the person's devices; otherwise it is bound to one. */
  readonly synced: boolean;
  /** ISO 8601 in UTC, as is the next. */
  readonly added_at: string;
  readonly last_used_at?: string;
  /** Its counter once did not grow: there may be a copy of it. */
  readonly suspect?: true;
}

/** What `PublicKeyCredential.signalAllAcceptedCredentials()` takes: the person's passkeys that are alive. */
export interface AcceptedCredentials {
  readonly rpId: string;
  readonly userId: string;
  readonly allAcceptedCredentialIds: readonly string[];
}

/** What a person has of passkeys. */
export interface PasskeysView {
  readonly passkeys: readonly PasskeyView[];
  readonly accepted: AcceptedCredentials;
}

/** The key under which the name of a passkey is sealed. */
export const nameKey = ({ user }: Pick<OpenedPerson, 'user'>, hash: string): string =>
  factorItemKey(user.id, `passkey#${hash}`);

function view(opening: typeof open, person: OpenedPerson, passkey: Passkey): PasskeyView {
  const { hash, sealedName, aaguid, synced, addedAt, lastUsedAt, suspectedAt } = passkey;
  const provider = passkeyProvider(aaguid);
  return {
    id: hash,
    ...(sealedName !== undefined && { name: String(opening(person.key, sealedName, nameKey(person, hash))) }),
    ...(provider !== undefined && { provider }),
    synced,
    added_at: iso(addedAt),
    ...(lastUsedAt !== undefined && { last_used_at: iso(lastUsedAt) }),
    ...(suspectedAt !== undefined && { suspect: true }),
  };
}

/** Shows a person's passkeys, and what their browser is told of them. */
export function passkeysView(
  opening: typeof open,
  rp: RelyingParty,
  person: OpenedPerson,
  passkeys: readonly Passkey[],
): PasskeysView {
  return {
    passkeys: passkeys.map((passkey) => view(opening, person, passkey)),
    accepted: {
      rpId: rp.id,
      userId: userHandle(person.user.id),
      allAcceptedCredentialIds: passkeys.map(({ credentialId }) => credentialId),
    },
  };
}
