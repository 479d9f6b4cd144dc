import type { Brand, Client } from './brand.ts';
import type { RiskPolicy } from './risk.ts';
import type { SmsPolicy } from './sms-policy.ts';

/**
 * When a second factor is asked for. `optional`: always of those who enrolled one. `risk-based`: of those who enrolled
 * one, when the risk says so. `required`: always, and who has none must enrol one first.
 */
export type SecondFactorPolicy = 'off' | 'optional' | 'risk-based' | 'required';

/** Factors that a person can enrol. */
export type FactorKind = 'totp' | 'passkey' | 'sms';

/** Seconds for which a sign-in counts as its level; afterwards the session counts as `aal1` (SES5). */
export interface LevelLifetime {
  /** Since the proof; at most 86400 (NIST SP 800-63B-4, AAL2). */
  readonly absolute: number;
  /** Without use; at most 3600. */
  readonly idle: number;
}

export interface PasskeyPolicy {
  /** Passkeys of one person; 1 to 20. */
  readonly max: number;
  /** Whether an account may have a passkey and no password. */
  readonly passwordless: boolean;
  /** Further origins of the brand whose pages may use its passkeys (WebAuthn Level 3, related origins). */
  readonly relatedOrigins: readonly string[];
  /** What a signature counter that did not grow means (PK8). */
  readonly signCount: 'flag' | 'refuse';
  /** `direct`: a passkey without an attestation statement is refused (PK7). */
  readonly attestation: 'none' | 'direct';
}

/** How strongly a brand's customers sign in. */
export interface AuthenticationPolicy {
  readonly secondFactor: SecondFactorPolicy;
  /** Factors that the brand offers. */
  readonly factors: readonly FactorKind[];
  readonly passkeys: PasskeyPolicy;
  readonly levels: { readonly aal2: LevelLifetime };
  /** Codes by text; a brand without it sends none. */
  readonly sms?: SmsPolicy;
  /** Whether a mailed sign-in code comes with a link for the browser that asked. */
  readonly mailedLinks: boolean;
  /**
   * Whoever lost every factor may have them removed by a proof of their address, after `delay` seconds in which every
   * channel is told and any of them can stop it. Without it, only a person of the brand can help.
   */
  readonly recovery?: { readonly delay: number };
  readonly risk: RiskPolicy;
}

/** The policy at one client: its own where it has one, the brand's otherwise. */
export function secondFactorPolicy(brand: Brand, client: Client): SecondFactorPolicy {
  return client.secondFactor ?? brand.authentication.secondFactor;
}
