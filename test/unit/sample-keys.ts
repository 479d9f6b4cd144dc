import { importJWK } from 'jose';
import { makeSigningKey, publicPart, type SigningSecret } from '../../lambdas/shared/vault/make-signing-key.ts';
import type { PublicKeys } from '../../lambdas/shared/vault/public-keys.ts';
import { type SealingRing, sealingRing } from '../../lambdas/shared/vault/sealing-ring.ts';
import type { SigningAlg, SigningKey, SigningRing } from '../../lambdas/shared/vault/signing-ring.ts';

export const sampleIssuer = 'https://id.northwind.example';

/** A sealing ring with secrets of the test; another `seed` is another brand's. */
export function sampleSealing(seed = 1): SealingRing {
  const secret = (at: number) => Buffer.alloc(32, seed * 16 + at).toString('base64url');
  return sealingRing({ root: secret(1), keks: [{ id: 'k1', key: secret(2) }] });
}

export interface SampleSigning {
  readonly secrets: readonly SigningSecret[];
  readonly ring: SigningRing;
  readonly publicKeys: PublicKeys;
}

/** One key of each algorithm, with the public view of them that the API verifies by. */
export async function sampleSigning(): Promise<SampleSigning> {
  const secrets = await Promise.all((['ES256', 'RS256'] as const).map((alg) => makeSigningKey(alg, 0)));
  const imported = await Promise.all(
    secrets.map(async ({ kid, alg, jwk }) => ({ kid, alg, key: await importJWK(jwk, alg) }) as SigningKey),
  );
  const published = secrets.map(publicPart);
  const verifying = new Map(
    await Promise.all(
      published.map(
        async ({ kid, alg, jwk }) => [kid, { alg, key: (await importJWK(jwk, alg)) as CryptoKey }] as const,
      ),
    ),
  );
  const active = (alg: SigningAlg) => {
    const found = imported.find((each) => each.alg === alg);
    if (!found) throw new Error(`no ${alg} key`);
    return found;
  };
  const find = (kid: string) => verifying.get(kid);
  const keys = published.map(({ kid, alg, jwk }) => ({ ...jwk, kid, alg }));
  const publicKeys = { jwks: { keys }, find, findForHint: async (kid: string) => find(kid) };
  return { secrets, ring: { active }, publicKeys };
}

/** What a promise was rejected with; an error where it was not. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('it was not refused');
}
