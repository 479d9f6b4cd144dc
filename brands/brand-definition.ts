import type { AbusePolicy } from '../lambdas/shared/domain/abuse-policy.ts';
import type { Brand, Client, ClientKey, Limits, PasswordPolicy, Purpose } from '../lambdas/shared/domain/brand.ts';
import type { PurposeId } from './purpose-catalogue.ts';
import type { Region } from './regions.ts';

/** The two stages of a brand. They differ in removal policy, alarms and capacity guards (`lib/stage-policy.ts`). */
export const stageNames = ['dev', 'prod'] as const;
export type StageName = (typeof stageNames)[number];

/** The password policy, and the reason for being weaker than the standard where it is. */
interface PasswordRules extends PasswordPolicy {
  /**
   * Needed where `minLength` is below 15, the length that NIST SP 800-63B-4 (3.1.1.2) and ASVS 5.0 (6.2.1) ask of a
   * password that is the only factor. The sentence is for the auditor; it never leaves this repository.
   */
  readonly singleFactorReason?: string;
}

/** A host name of the brand's own for the API, which is then also the issuer, and the zone that it is registered in. */
export interface StageDomain {
  /** `id.example.com`: inside `hostedZoneName`. */
  readonly name: string;
  /** Route 53 id of the public zone: `Z…`. */
  readonly hostedZoneId: string;
  /** `example.com`. DKIM and MAIL FROM records go there too if the sender's domain is inside it. */
  readonly hostedZoneName: string;
}

/** Where a client may be found: redirects after sign-in and sign-out, what they lead to, origins of its browser code. */
export type ClientAddresses = Partial<
  Pick<Client, 'redirectUris' | 'postLogoutRedirectUris' | 'origins' | 'onwardOrigins'>
>;

/** What a client has in one stage beside its own: addresses, and keys that are good there alone. */
export interface StageClient extends ClientAddresses {
  readonly jwks?: { readonly keys: readonly ClientKey[] };
}

/** Where one stage of a brand lives, and in what it differs from the brand. */
export interface BrandStage {
  /** Region that takes every write (CHECKS F26: one-time codes and rotations are unsafe with two). */
  readonly region: Region;
  /** Regions with a copy of Directory and Vault; only in prod. */
  readonly replicas: readonly Region[];
  /** Twelve digits; the account of the caller's credentials where there is none. */
  readonly account?: string;
  readonly domain?: StageDomain;
  /**
   * What is in front of the gateway; nothing where it is left out. With `cloudfront` its viewer headers are believed, the
   * address of the client among them: the gateway must then not be reachable around it (CHECKS INF5).
   */
  readonly edge?: 'none' | 'cloudfront';
  /** The mail address that alarms go to; nobody is told of any where it is left out. It has to confirm once. */
  readonly alarmsTo?: string;
  /** An SES identity exists once per account and region: stages that share both need a sender each. */
  readonly sender?: { readonly domain: string; readonly from: string };
  readonly limits?: Partial<Limits>;
  /** Parts of the abuse policy, each as a whole. */
  readonly abuse?: Partial<AbusePolicy>;
  /** By client id. */
  readonly clients?: { readonly [clientId: string]: StageClient };
}

/** Everything that one file in `brands/` says: what functions see of the brand, and where it is deployed. */
export interface BrandDefinition extends Omit<Brand, 'passwords' | 'purposes'> {
  readonly passwords: PasswordRules;
  readonly purposes: readonly (Purpose & { readonly id: PurposeId })[];
  readonly stages: { readonly [S in StageName]: BrandStage };
}
