import type { FactorKind } from '../shared/domain/authentication-policy.ts';
import { recoveryPlaces } from '../shared/domain/recovery-codes.ts';
import { iso } from '../shared/domain/time.ts';

/** A factor as its owner sees it. */
export interface AuthenticatorView {
  readonly id: string;
  /** Path at which it is removed, by DELETE: each kind has a place of its own. */
  readonly href: string;
  readonly type: FactorKind;
  /** ISO 8601 in UTC. */
  readonly added_at: string;
}

/** What a person has enrolled. */
export interface AuthenticatorsView {
  readonly authenticators: readonly AuthenticatorView[];
  /** Recovery codes that are left. */
  readonly recovery_codes: number;
}

/** What is stored of a factor, as far as every kind has it. */
export interface StoredFactor {
  readonly sk?: unknown;
  readonly state?: unknown;
  /** Milliseconds. */
  readonly addedAt?: unknown;
  readonly [attribute: string]: unknown;
}

type Show = (factor: StoredFactor) => Omit<AuthenticatorView, 'added_at'> | undefined;

const places = '/v1/account/authenticators';

/** How each kind is shown, by the beginning of its sort key; whoever adds a kind adds its line. */
const shown: Readonly<Record<string, Show>> = {
  passkey: ({ sk }) => {
    const id = String(sk).slice('passkey#'.length);
    return { id, href: `${places}/passkeys/${id}`, type: 'passkey' };
  },
  phone: ({ state }) => (state === 'active' ? { id: 'phone', href: '/v1/account/phone', type: 'sms' } : undefined),
  totp: ({ state }) => (state === 'active' ? { id: 'totp', href: `${places}/totp`, type: 'totp' } : undefined),
};

/** Shows what is stored of a person's factors. */
export function authenticatorsView(stored: readonly StoredFactor[]): AuthenticatorsView {
  const authenticators = stored.flatMap((factor) => {
    const [kind = ''] = String(factor.sk).split('#');
    const view = shown[kind]?.(factor);
    return view ? [{ ...view, added_at: iso(Number(factor.addedAt)) }] : [];
  });
  const codes = stored.find(({ sk }) => sk === 'recovery') ?? {};
  return { authenticators, recovery_codes: recoveryPlaces().filter((place) => place in codes).length };
}
