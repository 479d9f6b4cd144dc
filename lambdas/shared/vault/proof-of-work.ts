import { createChallenge, verifySolution } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import type { Random } from '../domain/id.ts';
import { type Challenge, type ProofBinding, solvingStep, stepCost, type WorkProof } from '../domain/proof.ts';
import { seconds } from '../domain/time.ts';
import type { SealingRing } from './sealing-ring.ts';

/** Seconds that a challenge may be solved in: the hardest takes a slow phone half a minute. */
const lifetime = 300;

/** No honest proof is longer. */
const longest = 4096;

/** Two keys: one signs what is asked, the other what answers it, so that an answer is checked without searching again. */
const secretsOf = ({ mac }: SealingRing) => ({
  hmacSignatureSecret: mac('proof', 'challenge').toString('hex'),
  hmacKeySignatureSecret: mac('proof', 'solution').toString('hex'),
});

function markOf({ mac }: SealingRing, { purpose, identHash, network }: ProofBinding): string {
  return mac('proof', `${purpose}|${identHash}|${network}`).toString('base64url').slice(0, 22);
}

/** Asks for work (ALTCHA, PBKDF2 with SHA-256). Nothing is stored: the challenge is signed. Costs one step of the search. */
export async function newChallenge(
  ring: SealingRing,
  binding: ProofBinding,
  level: number,
  now: number,
  random: Random,
): Promise<Challenge> {
  const { parameters, signature = '' } = await createChallenge({
    algorithm: 'PBKDF2/SHA-256',
    cost: stepCost,
    counter: solvingStep(level, random),
    deriveKey,
    expiresAt: seconds(now) + lifetime,
    data: { for: markOf(ring, binding), level },
    ...secretsOf(ring),
  });
  return { parameters: { ...parameters }, signature };
}

type Payload = Parameters<typeof verifySolution>[0];

/** Base64 of JSON with the challenge and its solution, as ALTCHA sends it. */
function readPayload(proof: string): Pick<Payload, 'challenge' | 'solution'> | undefined {
  if (proof.length > longest) return undefined;
  try {
    const payload = JSON.parse(Buffer.from(proof, 'base64').toString('utf8')) as Partial<Payload> | null;
    const { challenge, solution } = payload ?? {};
    return challenge?.parameters && solution ? { challenge, solution } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Whether work was done for this very thing. Whoever accepts it has to spend it.
 * @returns nothing for a proof that is forged, edited, unsolved, too old, or of another purpose, account or network
 */
export async function checkProof(
  ring: SealingRing,
  binding: ProofBinding,
  proof: string,
  now: number,
): Promise<WorkProof | undefined> {
  const payload = readPayload(proof);
  if (!payload) return undefined;
  const { data, expiresAt, nonce } = payload.challenge.parameters;
  const { level, for: mark } = data ?? {};
  const timely = typeof expiresAt === 'number' && expiresAt > seconds(now);
  if (!timely || mark !== markOf(ring, binding) || typeof level !== 'number') return undefined;
  try {
    const { verified } = await verifySolution({ ...payload, deriveKey, ...secretsOf(ring) });
    return verified ? { level, id: nonce, until: expiresAt } : undefined;
  } catch {
    // Members of another type than the library reads.
    return undefined;
  }
}
