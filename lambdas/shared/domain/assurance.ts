/**
 * How people prove who they are, and what that is worth. The only place where `acr` and `amr` are made, so that they
 * tell the truth (MFA9).
 */

/** One proof that was given. `passkey-uv`: the authenticator verified its user; `passkey`: presence alone. */
export type Method =
  | 'password'
  | 'mailed-code'
  | 'mailed-link'
  | 'sms'
  | 'totp'
  | 'recovery-code'
  | 'passkey'
  | 'passkey-uv';

/** Levels of assurance, weakest first: one factor, two factors, phishing-resistant (NIST SP 800-63B-4; OIDC EAP `phr`). */
export const acrValues = ['aal1', 'aal2', 'phr'] as const;
export type Acr = (typeof acrValues)[number];

/** Authentication method references (RFC 8176 section 2). */
export const amrValues = ['pwd', 'otp', 'sms', 'pop', 'user', 'mfa'] as const;
export type Amr = (typeof amrValues)[number];

const references: { readonly [M in Method]: readonly Amr[] } = {
  password: ['pwd'],
  'mailed-code': ['otp'],
  'mailed-link': ['otp'],
  sms: ['sms'],
  totp: ['otp'],
  'recovery-code': ['otp'],
  passkey: ['pop', 'user'],
  'passkey-uv': ['pop', 'user'],
};

/** What a person has and shows by itself. Mail is none of these: it never counts as an authenticator (MFA8). */
const possessions: readonly Method[] = ['sms', 'totp', 'recovery-code', 'passkey'];

export interface Assurance {
  readonly acr: Acr;
  readonly amr: readonly Amr[];
}

function levelOf(methods: readonly Method[]): Acr {
  const known = methods.includes('password');
  if (methods.includes('passkey-uv') || (known && methods.includes('passkey'))) return 'phr';
  return known && methods.some((method) => possessions.includes(method)) ? 'aal2' : 'aal1';
}

/** What the proofs given in one sign-in are worth together. */
export function assuranceOf(methods: readonly Method[]): Assurance {
  const acr = levelOf(methods);
  const shown = methods.flatMap((method) => references[method]);
  return { acr, amr: [...new Set<Amr>([...shown, ...(acr === 'aal1' ? [] : (['mfa'] as const))])] };
}

/** Whether a level is at least the wanted one. */
export function reaches(acr: Acr, wanted: Acr): boolean {
  return acrValues.indexOf(acr) >= acrValues.indexOf(wanted);
}

/** Whether the text names a level. */
export function isAcr(text: string): text is Acr {
  return acrValues.some((value) => value === text);
}
