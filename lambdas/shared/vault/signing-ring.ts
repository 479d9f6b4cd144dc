import { type CryptoKey, importJWK, type JWK } from 'jose';
import { Refusal } from '../domain/refusal.ts';
import type { Clock } from '../domain/time.ts';
import { openRing, type VaultAccess } from './ring.ts';

export type SigningAlg = 'ES256' | 'RS256';

/** A signing key's life, in epoch seconds: published at once, signing from `activeFrom`, published until superseded plus the longest token. */
export interface KeyTimes {
  readonly kid: string;
  readonly alg: SigningAlg;
  readonly activeFrom: number;
}

/** The public part of a key that is published no more; only ID tokens that are shown as hints are read by it. */
export type PastKey = KeyTimes & {
  readonly jwk: JWK;
  /** Epoch seconds: when the last session that has an ID token of it is over. */
  readonly until: number;
};

/** Private parts, as the ring item holds them sealed. */
export interface SigningSecrets {
  readonly keys: readonly (KeyTimes & { readonly jwk: JWK })[];
  /** Public parts; absent in a ring of before there were any. */
  readonly past?: readonly PastKey[];
}

export interface SigningKey {
  readonly kid: string;
  readonly alg: SigningAlg;
  readonly key: CryptoKey;
}

export interface SigningRing {
  /** The newest key of the algorithm that is active now. */
  readonly active: (alg: SigningAlg) => SigningKey;
}

/**
 * Opens the signing ring: private keys exist here and nowhere else in plain (TK8).
 * @throws Refusal `unavailable`
 */
export async function openSigningRing(access: VaultAccess, clock: Clock): Promise<SigningRing> {
  const secrets = (await openRing(access, 'signing')) as SigningSecrets;
  const keys = await Promise.all(
    secrets.keys.map(async ({ jwk, ...times }) => ({
      ...times,
      key: (await importJWK(jwk, times.alg)) as CryptoKey,
    })),
  );
  const newestFirst = keys.toSorted((a, b) => b.activeFrom - a.activeFrom);
  return {
    active: (alg) => {
      const now = clock() / 1000;
      const found = newestFirst.find((each) => each.alg === alg && each.activeFrom <= now);
      if (!found) throw new Refusal('unavailable', { retryAfter: 5, cause: new Error(`no active ${alg} key`) });
      return found;
    },
  };
}
