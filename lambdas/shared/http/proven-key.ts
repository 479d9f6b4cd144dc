import type { Client } from '../domain/brand.ts';
import { check, Refusal } from '../domain/refusal.ts';
import { seconds } from '../domain/time.ts';
import { dpopNonces } from '../oidc/dpop-nonce.ts';
import { DpopRefusal, type ProofExpectations, type ProvenKey, proofAge, verifyDpopProof } from '../oidc/dpop-proof.ts';
import { demand, OAuthRefusal } from '../oidc/oauth-refusal.ts';
import { spendOnce } from '../store/jti-store.ts';
import type { Request } from './request.ts';
import type { Runtime } from './runtime.ts';

async function provenBy(runtime: Runtime, proof: string, expected: ProofExpectations): Promise<ProvenKey> {
  const { now } = expected;
  const { jkt, jti } = await verifyDpopProof(proof, expected);
  // A proof from the future stays good until its own time and age have passed.
  const until = seconds(now) + 2 * proofAge;
  return { jkt, spend: () => spendOnce(runtime.tables, { kind: 'dpop', of: jkt, jti, until }, now) };
}

function requestOf(
  runtime: Runtime,
  { routeKey, rawPath }: Request,
): Pick<ProofExpectations, 'method' | 'url' | 'now'> {
  const [method = ''] = routeKey.split(' ');
  return { method, url: `${runtime.issuer}${rawPath}`, now: runtime.clock() };
}

/**
 * The key that a request to a protocol endpoint proves (RFC 9449 section 5), where its client uses DPoP; what others
 * send is not looked at. The nonce keeps proofs from being made ahead of their time.
 * @throws OAuthRefusal `invalid_dpop_proof`, `use_dpop_nonce` with the nonce in `DPoP-Nonce`
 */
export async function provenKey(runtime: Runtime, request: Request, client: Client): Promise<ProvenKey | undefined> {
  const proof = request.headers.dpop;
  if (client.dpop === undefined || proof === undefined) return undefined;
  const expected = requestOf(runtime, request);
  const nonces = dpopNonces(await runtime.sealing(), expected.now);
  try {
    return await provenBy(runtime, proof, { ...expected, nonces });
  } catch (error) {
    if (!(error instanceof DpopRefusal)) throw error;
    throw new OAuthRefusal(error.error, error.description, undefined, { 'dpop-nonce': nonces[0] });
  }
}

/** The same at the token endpoint, where some clients get nothing without a proof. @throws OAuthRefusal */
export async function requiredKey(runtime: Runtime, request: Request, client: Client): Promise<ProvenKey | undefined> {
  const key = await provenKey(runtime, request, client);
  demand(key !== undefined || client.dpop !== 'required', 'invalid_dpop_proof', 'this client must send a DPoP proof');
  return key;
}

/** Gives a client that proved a key the nonce for its next proof (RFC 9449 section 8.2). */
export async function nextNonce(
  runtime: Runtime,
  key: ProvenKey | undefined,
): Promise<Readonly<Record<string, string>>> {
  return key ? { 'dpop-nonce': dpopNonces(await runtime.sealing(), runtime.clock())[0] } : {};
}

/**
 * Holds a request of our own API to the key that its access token is bound to (RFC 9449 section 7). No nonce is asked
 * for: `ath` ties the proof to a token that lives for minutes. One write.
 * @throws Refusal `dpop_proof_invalid`, `unavailable`
 */
export async function provePossession(runtime: Runtime, request: Request, token: string, jkt: string): Promise<void> {
  const expected = { ...requestOf(runtime, request), accessToken: token };
  try {
    const key = await provenBy(runtime, request.headers.dpop ?? '', expected);
    check(key.jkt === jkt && (await key.spend()), 'dpop_proof_invalid');
  } catch (error) {
    throw error instanceof DpopRefusal ? new Refusal('dpop_proof_invalid') : error;
  }
}
