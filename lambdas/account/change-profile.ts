import type { Brand } from '../shared/domain/brand.ts';
import { newEvent } from '../shared/domain/event.ts';
import type { Random } from '../shared/domain/id.ts';
import type { OwnAccount } from '../shared/domain/own-account.ts';
import { check } from '../shared/domain/refusal.ts';
import { type Profile, userItemKey } from '../shared/domain/user.ts';
import { wishedLocale } from '../shared/messages/negotiate-locale.ts';
import type { Bound } from '../shared/store/bind.ts';
import type { changeUser } from '../shared/store/user-store.ts';
import type { seal } from '../shared/vault/sealed-box.ts';
import { type AccountView, accountView } from './account-view.ts';

interface Deps {
  readonly brand: Brand;
  readonly random: Random;
  readonly seal: typeof seal;
  readonly store: Bound<{ readonly changeUser: typeof changeUser }>;
}

type ProfileChange = { readonly [K in keyof Profile]?: Profile[K] | null };

/** `null` removes, absence leaves. */
function merge(profile: Profile, change: ProfileChange): Profile {
  const merged = Object.entries({ ...profile, ...change }).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(merged);
}

/**
 * Changes what a person says of himself. The write names the version that was read, so that no rival change is lost.
 * @throws Refusal `token_invalid`, `field_invalid` (a locale that is not offered), `conflict_retry`, `unavailable`
 */
export async function changeProfile(
  deps: Deps,
  own: OwnAccount,
  input: { readonly profile?: ProfileChange | undefined; readonly locale?: string | undefined },
  now: number,
): Promise<AccountView> {
  const { brand, random, store } = deps;
  const { user, personal, key, by } = own;
  const profile = merge(personal.profile, input.profile ?? {});
  const locale =
    input.locale === undefined ? user.locale : wishedLocale(brand.locales.offered, { requested: input.locale });
  check(locale !== undefined, 'field_invalid', { errors: [{ field: 'locale', rule: 'not_allowed' }] });
  const changed = { ...personal, profile };
  const fields = [...Object.keys(input.profile ?? {}), ...(input.locale === undefined ? [] : ['locale'])];
  const event = newEvent('user.updated', { sub: user.id, fields }, now, random);
  const set = { sealed: deps.seal(key, changed, userItemKey(user.id)), locale, updatedAt: now, event };
  check(await store.changeUser(user.id, { set }, by.session, user.version), 'conflict_retry');
  return accountView({ ...user, locale, updatedAt: now }, changed);
}
