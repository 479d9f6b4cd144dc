import type { JWK } from 'jose';
import type { ClientSigningAlg } from '../domain/brand.ts';

/** What clients may sign with, assertions and proofs alike: asymmetric algorithms alone (RFC 9449 section 4.2; TK1). */
export const clientSigningAlgs = ['ES256', 'PS256', 'RS256', 'EdDSA', 'Ed25519'] as const satisfies ClientSigningAlg[];

/** Private members of a JWK (RFC 7518 section 6; `k` is a shared secret). */
const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'] as const;

const shapes: {
  readonly [A in ClientSigningAlg]: { readonly kty: string; readonly crv?: string; readonly parts: readonly string[] };
} = {
  ES256: { kty: 'EC', crv: 'P-256', parts: ['x', 'y'] },
  PS256: { kty: 'RSA', parts: ['n', 'e'] },
  RS256: { kty: 'RSA', parts: ['n', 'e'] },
  EdDSA: { kty: 'OKP', crv: 'Ed25519', parts: ['x'] },
  Ed25519: { kty: 'OKP', crv: 'Ed25519', parts: ['x'] },
};

/** The algorithm of that very name. */
export function clientSigningAlg(name: unknown): ClientSigningAlg | undefined {
  return clientSigningAlgs.find((alg) => alg === name);
}

/** The first private member that a JWK has. */
export function privateMemberOf(jwk: object): string | undefined {
  return privateMembers.find((member) => Object.hasOwn(jwk, member));
}

/** The public members of a JWK that fits the algorithm, and nothing else of it; `undefined` where it does not fit. */
export function publicJwk(jwk: object, alg: ClientSigningAlg): JWK | undefined {
  const members = jwk as Readonly<Record<string, unknown>>;
  const { kty, crv, parts } = shapes[alg];
  if (members.kty !== kty || (crv !== undefined && members.crv !== crv)) return undefined;
  const values = parts.map((part) => [part, members[part]] as const);
  if (!values.every(([, value]) => typeof value === 'string' && /^[A-Za-z0-9_-]+$/.test(value))) return undefined;
  return { kty, ...(crv !== undefined && { crv }), ...Object.fromEntries(values) };
}
