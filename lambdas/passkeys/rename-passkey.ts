import type { OwnAccount } from '../shared/domain/own-account.ts';
import { check } from '../shared/domain/refusal.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { namePasskey } from '../shared/store/change-passkeys.ts';
import type { seal } from '../shared/vault/sealed-box.ts';
import { nameKey } from './passkey-view.ts';

export interface RenameDeps {
  readonly seal: typeof seal;
  readonly store: Bound<{ readonly namePasskey: typeof namePasskey }>;
}

/** A hash of a credential id, base64url: nothing else becomes a key. */
const shape = /^[A-Za-z0-9_-]{43}$/;

/** Names a passkey; an empty name gives back that of its make. @throws Refusal `factor_unknown`, `unavailable` */
export async function renamePasskey(
  { seal, store }: RenameDeps,
  own: OwnAccount,
  { id, name }: { readonly id: string; readonly name: string | undefined },
): Promise<void> {
  check(shape.test(id), 'factor_unknown');
  const sealed = name === undefined ? undefined : seal(own.key, name, nameKey(own, id));
  check(await store.namePasskey(own.user.id, id, sealed), 'factor_unknown');
}
