import type { AbusePolicy } from './abuse-policy.ts';

/**
 * What a brand is, as its functions see it: the typed content of one file in `brands/`, packed as `brand.json` beside
 * each of its functions. All durations are seconds.
 */

import type { BrandTexts } from '../messages/brand-texts.ts';
import type { AuthenticationPolicy, SecondFactorPolicy } from './authentication-policy.ts';

/** Locales that Latchkey ships texts for (DESIGN section 5). `ar` is right-to-left. */
export type Locale = 'en' | 'de' | 'fr' | 'es' | 'it' | 'pt-BR' | 'ja' | 'ar';

/** A text in each locale that the brand offers; the default locale's is always there. */
export type LocalisedText = { readonly [L in Locale]?: string };

export interface Look {
  /** CSS colours as `#rrggbb`. `accent` carries `onAccent` text at 4.5:1 or better (WCAG 1.4.3). */
  readonly accent: string;
  readonly onAccent: string;
  readonly background: string;
  readonly text: string;
  /** CSS font stack of fonts that a system has; no web font is fetched. */
  readonly font: string;
  /** Corner radius in CSS pixels. */
  readonly radius: number;
  /** https URL of a logo, shown in mails and pages; the name in words where there is none. */
  readonly logo?: string;
}

export interface Sender {
  /** Domain verified with SES; `from` is inside it. */
  readonly domain: string;
  /** `no-reply@mail.example.com`. */
  readonly from: string;
  readonly name: string;
  readonly replyTo?: string;
  /** What the owner of an address without an account reads when somebody asks to recover it. */
  readonly recoveryForUnknownAddress: 'explain' | 'silent';
}

export interface PasswordPolicy {
  /** Code points. NIST SP 800-63B-4: 15 where the password is the only factor, 8 beside a second one. */
  readonly minLength: number;
  /** Code points; at least 64. */
  readonly maxLength: number;
  /** Words that may not be the whole password: product and company names. */
  readonly forbidden: readonly string[];
  readonly breaches: BreachPolicy;
}

/** Where a password is looked for among those that leaked; the offline list is always asked when one is chosen. */
export interface BreachPolicy {
  /** Whether Have I Been Pwned is asked too, by k-anonymity: five of forty digits of a hash leave the house. */
  readonly ask: boolean;
  /** What a sign-in looks at; a password that it finds there has to be changed before anybody is let in (ASVS 6.2.10). */
  readonly atSignIn: 'nothing' | 'list' | 'all';
}

/** Seconds. */
export interface Lifetimes {
  /** A mailed code; at most 600 (ASVS 6.5.5). */
  readonly code: number;
  /** A sign-up, sign-in or recovery in progress, over all its codes. */
  readonly flow: number;
  /** A recovery code; at most 86400 by mail (REC7). */
  readonly recoveryCode: number;
  readonly accessToken: number;
  readonly idToken: number;
  /** A refresh token that is not used dies after this. */
  readonly refreshIdle: number;
  /** A session dies after this whatever its use (RT3; AAL1: at most 30 days). */
  readonly refreshAbsolute: number;
  /** After a rotation the old token still yields the same successor for so long; 0 = never (RT2). At most 60. */
  readonly refreshGrace: number;
  /** How recent a sign-in a sensitive change asks for (EM1). */
  readonly recentAuthentication: number;
  /** How long a device is remembered as its owner's (RL7). */
  readonly rememberedDevice: number;
  /** A signing key signs for so long; it is published for at least one token lifetime longer. */
  readonly signingKey: number;
}

/** At most `max` in each `window` of seconds. */
export interface Limit {
  readonly max: number;
  readonly window: number;
  /** So many of them without a proof of work, where one is taken; all where it is left out. */
  readonly free?: number;
}

export interface Limits {
  /** Password tries on one account from devices that it does not know. */
  readonly passwordPerAccount: Limit;
  /** Password tries on one account from one remembered device. */
  readonly passwordPerDevice: Limit;
  /** Password and code tries from one client IP (IPv6: one /64). */
  readonly triesPerIp: Limit;
  /**
   * Codes asked for one address, first and resent, all purposes. Who asks in a browser that the owner has signed in at has
   * the free ones for itself.
   */
  readonly codesPerAddress: Limit;
  /** Flows started and codes resent from one client IP. */
  readonly startsPerIp: Limit;
  /** Codes that one signed-in person asks for to prove another address or a number. */
  readonly startsPerAccount: Limit;
  /** Codes and answers mailed to one address, and as many again to its remembered browsers; the mailer holds it. */
  readonly mailsPerAddress: Limit;
  /** Wrong tries that burn one code; at most 5 (VC5). */
  readonly triesPerCode: number;
  /** Failed client authentications from one client IP. */
  readonly clientSecretsPerIp: Limit;
}

/** What a customer may agree to. A new `version` asks again. */
export interface Purpose {
  readonly id: string;
  readonly version: string;
  /** A required purpose (terms) cannot be refused or withdrawn while the account lasts; until it is granted it stands as
   * unanswered, and who shows pages must ask. An optional one never is a condition (GDPR 7(4)). */
  readonly required: boolean;
  readonly text: LocalisedText;
}

export type GrantType =
  | 'authorization_code'
  | 'refresh_token'
  | 'client_credentials'
  | 'urn:ietf:params:oauth:grant-type:device_code'
  | 'urn:ietf:params:oauth:grant-type:token-exchange';

/** Algorithms by which a client may sign (RFC 7518, RFC 8037, RFC 9864): asymmetric ones alone. */
export type ClientSigningAlg = 'ES256' | 'PS256' | 'RS256' | 'EdDSA' | 'Ed25519';

/** A public key of a client, as a JWK (RFC 7517). It verifies nothing but its own `alg`. */
export interface ClientKey {
  readonly kid: string;
  readonly alg: ClientSigningAlg;
  readonly kty: 'EC' | 'RSA' | 'OKP';
  readonly crv?: string;
  readonly x?: string;
  readonly y?: string;
  readonly n?: string;
  readonly e?: string;
}

export interface Client {
  readonly id: string;
  readonly name: string;
  /** It registered itself (RFC 7591): nobody has looked at it, and its name is its own word. */
  readonly selfRegistered?: boolean;
  /** A first-party application may use the JSON journeys under /v1. */
  readonly firstParty: boolean;
  /** Its own word on second factors; the brand's where it has none. */
  readonly secondFactor?: SecondFactorPolicy;
  /** `none`: a public client; the others hold a secret (RFC 6749 section 2.3.1) or a private key (RFC 7523). */
  readonly authentication: 'none' | 'client_secret_basic' | 'client_secret_post' | 'private_key_jwt';
  /** The public keys of a `private_key_jwt` client: two or more while one replaces another. */
  readonly jwks?: { readonly keys: readonly ClientKey[] };
  /** Its authorization requests come by `/oauth2/par` or not at all (RFC 9126 section 6). */
  readonly requirePushedRequests?: boolean;
  /** Its tokens are bound to a key where it proves one, or always (RFC 9449); without it proofs are not looked at. */
  readonly dpop?: 'optional' | 'required';
  readonly redirectUris: readonly string[];
  /** Exact origins that may call the API from a browser. */
  readonly origins: readonly string[];
  readonly grants: readonly GrantType[];
  /** Scopes that it may ask for; the default where it asks for none. */
  readonly scopes: readonly string[];
  /** Resource indicator of the API that its access tokens are for; `aud` names it beside the issuer (RFC 9068). */
  readonly audience: string;
  readonly idTokenAlg: 'ES256' | 'RS256';
  /** UserInfo comes as a JWT, signed so (OIDC Core section 5.3.2); as JSON where it is left out. */
  readonly userinfoAlg?: 'ES256' | 'RS256';
  /** A confidential client that cannot do PKCE (RFC 9700 section 2.1.1); every other client must. */
  readonly pkceExempt?: boolean;
  /** Where a signed-out browser may be sent (OIDC RP-Initiated Logout section 3.1). */
  readonly postLogoutRedirectUris?: readonly string[];
  /** Where its callbacks send the browser next, if that is another origin than those of its own addresses. */
  readonly onwardOrigins?: readonly string[];
  /** What it may exchange tokens of persons for (RFC 8693); needs the grant. */
  readonly exchange?: {
    /** Resource indicators of the APIs behind it; the first is meant where it names none. */
    readonly audiences: readonly string[];
  };
  /** https URL that is told of the end of a session (OIDC Back-Channel Logout section 2.2). */
  readonly backchannelLogoutUri?: string;
}

/** What applications may have that register themselves (RFC 7591), behind a token that an operator hands out. */
export interface DynamicRegistration {
  /** Scopes that they may ask for. */
  readonly scopes: readonly string[];
  /** Resource indicator of the API that their access tokens are for. */
  readonly audience: string;
}

export interface Brand {
  readonly id: string;
  readonly name: string;
  readonly look: Look;
  readonly sender: Sender;
  readonly locales: { readonly default: Locale; readonly offered: readonly Locale[] };
  readonly passwords: PasswordPolicy;
  readonly lifetimes: Lifetimes;
  readonly limits: Limits;
  readonly abuse: AbusePolicy;
  readonly authentication: AuthenticationPolicy;
  readonly purposes: readonly Purpose[];
  readonly clients: readonly Client[];
  /** What it says in its own words, by locale, catalogue and message id. */
  readonly texts?: BrandTexts;
  /** Off where it is left out. */
  readonly dynamicRegistration?: DynamicRegistration;
}
