import { type CryptoKey, importJWK, type JWK } from 'jose';
import { Refusal } from '../domain/refusal.ts';
import { read } from '../store/read.ts';
import type { Tables } from '../store/tables.ts';
import { ringKey } from './ring.ts';
import type { KeyTimes } from './signing-ring.ts';

/** The `KEYRING#public` item: what the JWKS shows. */
export interface PublishedKeys {
  readonly keys: readonly (KeyTimes & { readonly jwk: JWK })[];
}

export interface PublicKeys {
  readonly jwks: { readonly keys: readonly JWK[] };
  /** By `kid`; the algorithm comes from the key, never from the token (TK1). */
  readonly find: (kid: string) => { readonly alg: string; readonly key: CryptoKey } | undefined;
}

/**
 * Reads the published keys: next, active and retired (DESIGN section 4).
 * @throws Refusal `unavailable`
 */
export async function readPublicKeys(tables: Tables): Promise<PublicKeys> {
  const item = await read(tables, tables.vault, ringKey('public'));
  if (!item) throw new Refusal('unavailable', { retryAfter: 5, cause: new Error('no published keys yet') });
  const { keys } = item as unknown as PublishedKeys;
  const imported = await Promise.all(
    keys.map(async ({ kid, alg, jwk }) => [kid, { alg, key: (await importJWK(jwk, alg)) as CryptoKey }] as const),
  );
  const byKid = new Map(imported);
  return {
    jwks: { keys: keys.map(({ kid, alg, jwk }) => ({ ...jwk, kid, alg, use: 'sig' })) },
    find: (kid) => byKid.get(kid),
  };
}
