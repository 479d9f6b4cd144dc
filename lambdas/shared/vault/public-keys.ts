import { type CryptoKey, importJWK, type JWK } from 'jose';
import { Refusal } from '../domain/refusal.ts';
import { read } from '../store/read.ts';
import type { Tables } from '../store/tables.ts';
import { ringKey } from './ring.ts';
import type { KeyTimes, PastKey } from './signing-ring.ts';

/** The `KEYRING#public` item: what the JWKS shows, and what hints are read by besides. */
export interface PublishedKeys {
  readonly keys: readonly (KeyTimes & { readonly jwk: JWK })[];
  readonly past?: readonly PastKey[];
}

/** A key that signatures are checked with; the algorithm comes from it, never from the token (TK1). */
export interface VerifyingKey {
  readonly alg: string;
  readonly key: CryptoKey;
}

export interface PublicKeys {
  readonly jwks: { readonly keys: readonly JWK[] };
  /** By `kid`. */
  readonly find: (kid: string) => VerifyingKey | undefined;
  /** The same, past keys too: for what is no credential, the hint of who had a session (TK6). */
  readonly findForHint: (kid: string) => Promise<VerifyingKey | undefined>;
}

async function verifying({ alg, jwk }: PublishedKeys['keys'][number]): Promise<VerifyingKey> {
  return { alg, key: (await importJWK(jwk, alg)) as CryptoKey };
}

/**
 * Reads the published keys: next, active and retired (DESIGN section 4).
 * @throws Refusal `unavailable`
 */
export async function readPublicKeys(tables: Tables): Promise<PublicKeys> {
  const item = await read(tables, tables.vault, ringKey('public'));
  if (!item) throw new Refusal('unavailable', { retryAfter: 5, cause: new Error('no published keys yet') });
  const { keys, past = [] } = item as unknown as PublishedKeys;
  const byKid = new Map(await Promise.all(keys.map(async (key) => [key.kid, await verifying(key)] as const)));
  return {
    jwks: { keys: keys.map(({ kid, alg, jwk }) => ({ ...jwk, kid, alg, use: 'sig' })) },
    find: (kid) => byKid.get(kid),
    findForHint: async (kid) => {
      const key = past.find((each) => each.kid === kid);
      return byKid.get(kid) ?? (key && (await verifying(key)));
    },
  };
}
